// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/uniquefd.h"

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace Quay::Test {

/// How a FakeContainerApi answers.
struct FakeAnswer
{
    int status = 200;
    std::string body = {};
    std::string raw = {}; ///< Instead of both: all the bytes that are sent.
    bool isSilent = false; ///< Nothing is ever sent.
    std::function<void()> before = {}; ///< What happens first, on the thread of FakeContainerApi.
};

/// Answers on a Unix socket as Docker and Podman do, as far as Quaymaster asks: one question after the other, on a
/// thread of its own.
class FakeContainerApi
{
public:
    /// @p answers: by method and path, `GET /containers/json`; whatever else is asked for is not found.
    FakeContainerApi(std::string path, std::map<std::string, FakeAnswer> answers);
    FakeContainerApi(const FakeContainerApi &) = delete;
    FakeContainerApi &operator=(const FakeContainerApi &) = delete;
    ~FakeContainerApi();

    [[nodiscard]] const std::string &path() const noexcept { return m_path; }
    /// As `POST /containers/4711/stop?t=5`, in order.
    [[nodiscard]] std::vector<std::string> questions() const;

private:
    void serve(const std::stop_token &stop);
    void answer(int connection, const std::stop_token &stop);

    std::string m_path;
    std::map<std::string, FakeAnswer> m_answers;
    UniqueFd m_listener;
    mutable std::mutex m_mutex;
    std::vector<std::string> m_questions; ///< Guarded by m_mutex.
    std::jthread m_thread; ///< Ends before all else.
};

} // namespace Quay::Test
