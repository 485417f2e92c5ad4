// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/portmodel.h"
#include "app/models/portmodelroles.h"
#include "app/window/endings.h"
#include "app/window/mainwindow.h"
#include "app/window/portspage.h"
#include "app/window/portview.h"
#include "core/control/ending.h"
#include "core/kernel/descriptorlimit.h"
#include "core/ports/listener.h"
#include "tests/bench/heartbeat.h"
#include "tests/bench/realwindow.h"
#include "tests/bench/report.h"
#include "tests/bench/windowbenches.h"
#include "tests/support/testserver.h"

#include <QAction>
#include <QModelIndex>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <format>
#include <string>
#include <tuple>

namespace Quay::Test {

namespace {

constexpr std::chrono::seconds Patience{60};
constexpr int TurnsToPaint = 200; ///< Of the event loop.

/// Where the port is in the list, once all who hold it are known; invalid before.
QModelIndex rowOf(const MainWindow &window, const TestServer &server)
{
    const auto *const model = window.portsPage()->view()->model();
    for (int row = 0; row < model->rowCount(); ++row) {
        const QModelIndex index = model->index(row, PortModelColumn::Port);
        const auto listener = index.data(PortModelRole::Listener).value<ListenerPtr>();
        if (listener->socket.localPort == server.port() && listener->owners.size() == server.pids().size()) {
            return index;
        }
    }
    return {};
}

bool isOver(const Endings &endings)
{
    return !endings.all().empty() && endings.all().front().isOver();
}

/// Everybody who was to end has, and the port is free.
bool hasSucceeded(const WindowEnding &ending, std::size_t count)
{
    return !ending.failure && isSuccess(*ending.report) && ending.report->targets.size() == count;
}

} // namespace

Result<> stallsWhileEnding(const WindowBenchSettings &settings, Report &report)
{
    const QTemporaryDir record;
    ::setenv("XDG_STATE_HOME", record.path().toLocal8Bit().constData(), 1); // what is ended here is not the user's
    const auto count = static_cast<std::size_t>(settings.endings);
    std::ignore = raiseDescriptorLimit(); // a handle of each, beside those of the window
    const auto server = TestServer::start({"prefork", "--workers", std::to_string(count - 1)});
    if (!server) {
        return std::unexpected(server.error());
    }
    RealWindow real;
    MainWindow &window = real.window();
    auto prepared = real.show().and_then(
        [&] { return waitUntil([&] { return rowOf(window, *server).isValid(); }, "all who hold the port"); });
    if (!prepared) {
        return prepared;
    }
    window.portsPage()->view()->setCurrentIndex(rowOf(window, *server));
    auto *const endings = window.findChild<Endings *>();

    Heartbeat heartbeat;
    const auto isShown = [endings, turns = 0]() mutable { return !endings->all().empty() && ++turns > TurnsToPaint; };
    QTimer::singleShot(0, window.findChild<QAction *>(QStringLiteral("stop")), &QAction::trigger);
    if (!heartbeat.until(isShown, Patience)) {
        return fail(ErrorCode::Invalid, "there was no plan");
    }
    reportStall(report, std::format("a plan of {} processes", count), heartbeat);
    endings->agree(endings->all().front().id);
    if (!heartbeat.until([endings] { return isOver(*endings); }, Patience)
        || !hasSucceeded(endings->all().front(), count)) {
        return fail(ErrorCode::Invalid, "not everybody has ended");
    }
    reportStall(report, std::format("{} processes end", count), heartbeat);
    return {};
}

} // namespace Quay::Test
