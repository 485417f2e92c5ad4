// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demoserver.h"

#include "core/base/uniquefd.h"
#include "core/kernel/ipaddress.h"
#include "core/kernel/parentdeath.h"
#include "core/kernel/socketaddress.h"

#include <QCoreApplication>
#include <QTextStream>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace Quay {

namespace {

constexpr std::uint16_t FirstPort = 3000;
constexpr std::uint16_t LastPort = 3999;
constexpr IpAddress LoopbackV4{.family = IpFamily::V4, .bytes = {127, 0, 0, 1}};
constexpr IpAddress LoopbackV6{.family = IpFamily::V6, .bytes = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}};
constexpr int WorkerCount = 3;
constexpr int Backlog = 16;
/// Connections that `stuck` leaves waiting.
constexpr int StuckConnections = 3;
constexpr int RequestTimeoutMs = 1000;

struct DemoText
{
    Q_DECLARE_TR_FUNCTIONS(DemoServer)
};

const sockaddr *nameOf(const SocketAddress &address)
{
    return reinterpret_cast<const sockaddr *>(&address.storage);
}

std::optional<UniqueFd> bindTo(const IpEndpoint &endpoint, int type)
{
    const auto address = socketAddressFor(endpoint);
    UniqueFd fd(::socket(address.storage.ss_family, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!fd || ::bind(fd.get(), nameOf(address), address.length) != 0) {
        return std::nullopt;
    }
    if (type == SOCK_STREAM && ::listen(fd.get(), Backlog) != 0) {
        return std::nullopt;
    }
    return fd;
}

struct BoundPort
{
    std::uint16_t port = 0;
    UniqueFd v4;
    UniqueFd v6; ///< Only where asked for.
};

/// The first port from FirstPort on that is free on all the families asked for.
std::optional<BoundPort> bindFreePort(int type, bool withV6)
{
    for (std::uint16_t port = FirstPort; port <= LastPort; ++port) {
        auto v4 = bindTo({.address = LoopbackV4, .port = port}, type);
        if (!v4) {
            continue;
        }
        auto v6 = withV6 ? bindTo({.address = LoopbackV6, .port = port}, type) : std::optional<UniqueFd>(UniqueFd());
        if (v6) {
            return BoundPort{.port = port, .v4 = std::move(*v4), .v6 = std::move(*v6)};
        }
    }
    return std::nullopt;
}

/// Whether standard input was closed: the window is gone.
bool isOver(const pollfd &input)
{
    return (input.revents & (POLLHUP | POLLERR | POLLIN | POLLNVAL)) != 0;
}

void answer(int client, std::string_view body)
{
    pollfd request{.fd = client, .events = POLLIN, .revents = 0};
    std::array<char, 4096> ignored{};
    if (::poll(&request, 1, RequestTimeoutMs) > 0) {
        [[maybe_unused]] const auto read = ::recv(client, ignored.data(), ignored.size(), MSG_DONTWAIT);
    }
    const std::string reply = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n"
                              "Content-Length: "
        + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
    [[maybe_unused]] const auto sent = ::send(client, reply.data(), reply.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
}

/// Answers until the window is gone. A listener of -1 only waits for that.
int serve(int listener, const QString &title)
{
    const std::string page = demoServerPage(title).toStdString();
    std::array<pollfd, 2> fds = {
        {{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0}, {.fd = listener, .events = POLLIN, .revents = 0}}};
    while (::poll(fds.data(), fds.size(), -1) >= 0 && !isOver(fds[0])) {
        if (fds[1].revents == 0) {
            continue;
        }
        const UniqueFd client(::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC));
        if (client) {
            answer(client.get(), page);
        }
    }
    return EXIT_SUCCESS;
}

/// Reads and forgets datagrams until the window is gone.
int serveDatagrams(int socket)
{
    std::array<pollfd, 2> fds = {
        {{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0}, {.fd = socket, .events = POLLIN, .revents = 0}}};
    std::array<char, 2048> ignored{};
    while (::poll(fds.data(), fds.size(), -1) >= 0 && !isOver(fds[0])) {
        [[maybe_unused]] const auto read = ::recv(socket, ignored.data(), ignored.size(), MSG_DONTWAIT);
    }
    return EXIT_SUCCESS;
}

/// Forks; true in the child, which ends with this process.
bool forkChild()
{
    const bool isChild = ::fork() == 0;
    if (isChild && !endWithParent()) {
        ::_exit(EXIT_FAILURE);
    }
    return isChild;
}

int runPool(BoundPort bound, const QString &title)
{
    for (int worker = 0; worker < WorkerCount; ++worker) {
        if (forkChild()) {
            return serve(bound.v4.get(), title);
        }
    }
    return serve(-1, title);
}

int runSplit(BoundPort bound, const QString &title)
{
    // Two that have nothing to do with each other: a process and its child would be one server, and so would two of the
    // same name in one unit, which is what a desktop starts the window in.
    if (forkChild()) {
        bound.v4.reset();
        if (!setProcessName("demo-split-v6")) {
            return EXIT_FAILURE;
        }
        return serve(bound.v6.get(), DemoText::tr("%1, over IPv6", "demonstration server").arg(title));
    }
    if (forkChild()) {
        bound.v6.reset();
        if (!setProcessName("demo-split-v4")) {
            return EXIT_FAILURE;
        }
        return serve(bound.v4.get(), DemoText::tr("%1, over IPv4", "demonstration server").arg(title));
    }
    bound.v4.reset();
    bound.v6.reset();
    return serve(-1, title);
}

int runStuck(const BoundPort &bound, const QString &title)
{
    const auto address = socketAddressFor({.address = LoopbackV4, .port = bound.port});
    std::vector<UniqueFd> waiting;
    for (int i = 0; i < StuckConnections; ++i) {
        UniqueFd client(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
        // Not waited for: loopback finishes it by itself.
        std::ignore = ::connect(client.get(), nameOf(address), address.length);
        waiting.push_back(std::move(client));
    }
    return serve(-1, title);
}

} // namespace

QString demoServerPage(const QString &title)
{
    const QString text = DemoText::tr("A demonstration server of Quaymaster, process %1.").arg(::getpid());
    return QStringLiteral("<!doctype html><title>Quaymaster</title><h1>%1</h1><p>%2</p>\n")
        .arg(title.toHtmlEscaped(), text.toHtmlEscaped());
}

int runDemoServer(std::string_view name)
{
    const std::string shownName = "demo-" + std::string(name);
    if (!std::ranges::contains(DemoServerNames, name) || !endWithParent() || !setProcessName(shownName.c_str())) {
        return EXIT_FAILURE;
    }
    const bool isUdp = name == "metrics";
    auto bound = bindFreePort(isUdp ? SOCK_DGRAM : SOCK_STREAM, name == "split");
    if (!bound) {
        QTextStream(stderr) << "quaymaster: "
                            << DemoText::tr("No port from %1 to %2 is free for the demonstration server %3.")
                                   .arg(FirstPort)
                                   .arg(LastPort)
                                   .arg(QString::fromStdString(shownName))
                            << '\n';
        return EXIT_FAILURE;
    }
    if (isUdp) {
        return serveDatagrams(bound->v4.get());
    }
    const auto title = QString::fromLatin1(name);
    if (name == "pool") {
        return runPool(std::move(*bound), title);
    }
    if (name == "split") {
        return runSplit(std::move(*bound), title);
    }
    if (name == "stuck") {
        return runStuck(*bound, title);
    }
    return serve(bound->v4.get(), title);
}

} // namespace Quay
