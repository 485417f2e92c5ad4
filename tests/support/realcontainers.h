// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "tests/support/enclosure.h"

#include <cstdint>
#include <string>
#include <vector>

namespace Quay::Test {

enum class ContainerEngine
{
    Docker,
    Podman,
};

/// How a server is run in a container.
struct ContainerOptions
{
    std::string name;
    std::uint16_t port = 0; ///< Of the machine.
    bool isPublished = false; ///< It has a network of its own, and somebody holds the port for it; else the machine's.
};

/**
 * Docker or Podman, as root has it, with storage of its own and an API that can be asked. Its containers have a bridge:
 * only for a test that has left the machine's network.
 */
class RealContainers
{
public:
    /// @p directory: an empty one, for its files. Errors: Unsupported, with what is missing as subject; Io.
    [[nodiscard]] static Result<RealContainers> start(ContainerEngine engine, const std::string &directory);

    /// Starts a testserver that is started again whenever it ends, and returns once it listens. Errors: Io.
    [[nodiscard]] Result<> run(const ContainerOptions &options) const;
    /// The socket of its API.
    [[nodiscard]] const std::string &socket() const noexcept { return m_socket; }

private:
    RealContainers(Enclosure enclosure, std::vector<std::string> client, std::string socket);
    [[nodiscard]] Result<> ask(std::vector<std::string> words) const;
    [[nodiscard]] Result<> importImage(const std::string &directory) const;

    Enclosure m_enclosure;
    std::vector<std::string> m_client; ///< How its command line begins.
    std::string m_socket;
};

} // namespace Quay::Test
