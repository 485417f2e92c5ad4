// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <array>
#include <string_view>

namespace Quay {

/// The demonstration servers there are: `shop` and `api` answer HTTP, `pool` does with three workers, `split` with
/// another process on ::1 than on 127.0.0.1, `stuck` never accepts, `metrics` is UDP.
inline constexpr std::array<std::string_view, 6> DemoServerNames = {"shop", "api", "pool", "split", "stuck", "metrics"};

/// The page that a demonstration server answers with. @p title: which one it is.
[[nodiscard]] QString demoServerPage(const QString &title);

/**
 * Is the demonstration server @p name, in this process: returns when it has to end, with the exit code.
 *
 * It listens on the first free port from 3000 on, of the loopback addresses only, and ends when standard input is
 * closed or the process that started it is gone.
 *
 * Threads: the main thread, before there is any other: it forks. No event loop.
 */
[[nodiscard]] int runDemoServer(std::string_view name);

} // namespace Quay
