// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/agent/agent.h"
#include "app/agent/busdoor.h"
#include "app/shared/localenote.h"
#include "core/base/safetext.h"
#include "core/base/standardstreams.h"
#include "core/service/agentclient.h"
#include "core/service/agentplaces.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QThread>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

namespace {

constexpr int WrongUsage = 2;

int complain(const Quay::Error &error)
{
    // Read by whoever looks into the log: not translated.
    std::fprintf(stderr, "quaymaster-agent: cannot begin: %s: %s\n", Quay::safeText(error.subject).c_str(),
                 std::strerror(error.sysErrno));
    return EXIT_FAILURE;
}

/// For programs that look for it on the session bus. Without one everybody comes through the socket.
std::unique_ptr<Quay::BusDoor> openDoor()
{
    if (qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS")) {
        return nullptr;
    }
    const auto places = Quay::agentPlaces();
    auto client = places ? Quay::AgentClient::connect(*places) : std::unexpected(places.error());
    if (!client) {
        return nullptr;
    }
    auto door = std::make_unique<Quay::BusDoor>(*std::move(client), QDBusConnection::sessionBus());
    return door->open() ? std::move(door) : nullptr;
}

} // namespace

int main(int argc, char **argv)
{
    Quay::openClosedStreams();
    const std::string_view argument = argc == 2 ? argv[1] : "";
    if (argument == "--version") {
        std::puts("quaymaster-agent " QUAY_VERSION);
        return EXIT_SUCCESS;
    }
    if (argument != "--headless") {
        std::fputs("Usage: quaymaster-agent --headless | --version\n", stderr);
        return WrongUsage;
    }
    auto interrupts = Quay::Interrupts::takeOver(); // before there are other threads
    if (!interrupts) {
        return complain(interrupts.error());
    }
    Quay::silenceLocaleNote();
    QCoreApplication application(argc, argv);
    auto agent = Quay::Agent::open(*std::move(interrupts));
    if (!agent) {
        return complain(agent.error());
    }
    if (*agent == nullptr) {
        return EXIT_SUCCESS; // another one is there
    }
    const std::unique_ptr<QThread> keeper(QThread::create([&agent] { (*agent)->run(); }));
    keeper->setObjectName(QStringLiteral("servers"));
    QObject::connect(keeper.get(), &QThread::finished, &application, &QCoreApplication::quit);
    keeper->start();
    const auto door = openDoor();
    const int code = QCoreApplication::exec();
    keeper->wait();
    return code;
}
