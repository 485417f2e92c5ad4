// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/sockdiag.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace Quay::Test {

/// The kernel's answers, with faults put in.
class FaultyTransport : public DiagTransport
{
public:
    /// What becomes of one datagram: changed in place, or replaced by an error.
    using Fault = std::function<std::optional<Error>(std::vector<std::byte> &datagram)>;

    FaultyTransport(std::unique_ptr<DiagTransport> kernel, Fault fault)
        : m_kernel(std::move(kernel))
        , m_fault(std::move(fault))
    {
    }

    Result<> send(std::span<const std::byte> request) override { return m_kernel->send(request); }

    Result<std::span<const std::byte>> receive() override
    {
        const auto datagram = m_kernel->receive();
        if (!datagram) {
            return datagram;
        }
        m_datagram.assign(datagram->begin(), datagram->end());
        if (auto error = m_fault(m_datagram)) {
            return std::unexpected(*std::move(error));
        }
        return m_datagram;
    }

private:
    std::unique_ptr<DiagTransport> m_kernel;
    Fault m_fault;
    std::vector<std::byte> m_datagram;
};

/// A sandbox that refuses every request.
class RefusingTransport : public DiagTransport
{
public:
    explicit RefusingTransport(Error error)
        : m_error(std::move(error))
    {
    }

    Result<> send(std::span<const std::byte> /*request*/) override { return std::unexpected(m_error); }
    Result<std::span<const std::byte>> receive() override { return std::unexpected(m_error); }

private:
    Error m_error;
};

} // namespace Quay::Test
