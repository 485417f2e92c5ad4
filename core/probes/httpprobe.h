// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/probes/hostresolver.h"
#include "core/probes/httprequester.h"
#include "core/probes/httptarget.h"
#include "core/probes/waitprobe.h"

#include <chrono>
#include <memory>

namespace Quay {

class ModuleLoader;

/// A requester of the module `quay-http`, which @p loader loads and which must outlive it. Errors: as
/// ModuleLoader::load().
[[nodiscard]] Result<std::unique_ptr<HttpRequester>> createHttpRequester(ModuleLoader &loader);

/// Whether that would give one. Loads the module; a requester has a thread besides.
[[nodiscard]] bool canRequestHttp(ModuleLoader &loader);

/// Whether a web server answers below 400.
class HttpProbe : public WaitProbe
{
public:
    HttpProbe(HttpTarget target, std::unique_ptr<HttpRequester> requester);

    [[nodiscard]] bool isLocal() const override { return false; }
    [[nodiscard]] std::optional<Attempt> begin(std::chrono::milliseconds limit) override;
    [[nodiscard]] pollfd awaited() const override;
    [[nodiscard]] std::optional<Attempt> proceed() override;
    [[nodiscard]] Attempt giveUp() override;

    /// What the last attempt was answered with.
    [[nodiscard]] const HttpAnswer &answer() const noexcept { return m_answer; }

private:
    [[nodiscard]] std::optional<Attempt> takeHost();

    HttpTarget m_target;
    std::unique_ptr<HttpRequester> m_requester;
    /// Looks the name up first: Qt Network would hold up the end of the program until its own look-up is over.
    std::unique_ptr<HostResolver> m_resolver;
    std::chrono::milliseconds m_limit{};
    HttpAnswer m_answer;
};

} // namespace Quay
