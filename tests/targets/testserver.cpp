// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A server for tests to look at: see serveroptions.h for what it can be.
//
// Once it is as it was asked to be, it says `READY port=PORT fd=FD pids=PID,PID...`: the processes that hold its
// sockets. It ends, with all of them, when its standard input is closed.
#include "tests/targets/actor.h"
#include "tests/targets/descriptorpassing.h"
#include "tests/targets/lifeline.h"
#include "tests/targets/misbehaviour.h"
#include "tests/targets/serveroptions.h"
#include "tests/targets/serversocket.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <grp.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace Quay::Test {

namespace {

/// Set in the environment of the copy that deletes itself.
constexpr const char *DoomedDirectory = "TESTSERVER_DOOMED_DIRECTORY";

std::string makeDirectory()
{
    std::string path = "/tmp/testserver-XXXXXX";
    if (::mkdtemp(path.data()) == nullptr) {
        die("mkdtemp");
    }
    return path;
}

/// Goes on as a copy of the program which then removes its file.
void deleteExecutable(char **argv)
{
    if (const char *directory = std::getenv(DoomedDirectory); directory != nullptr) {
        ::unlink((std::string(directory) + "/testserver").c_str());
        ::rmdir(directory);
        return;
    }
    const std::string directory = makeDirectory();
    const std::string copy = directory + "/testserver";
    {
        const std::ifstream from("/proc/self/exe", std::ios::binary);
        std::ofstream to(copy, std::ios::binary);
        to << from.rdbuf();
    }
    ::chmod(copy.c_str(), 0700);
    ::setenv(DoomedDirectory, directory.c_str(), 1);
    ::execv(copy.c_str(), argv);
    die("exec " + copy);
}

void deleteDirectory()
{
    const std::string directory = makeDirectory();
    if (::chdir(directory.c_str()) != 0 || ::rmdir(directory.c_str()) != 0) {
        die("rmdir");
    }
}

void becomeUser(uid_t uid, bool isDumpable)
{
    if (::setgroups(0, nullptr) != 0 || ::setgid(uid) != 0 || ::setuid(uid) != 0) {
        die("setuid");
    }
    // Becoming somebody else closes a process to that user too, until it executes a program. Most servers do.
    ::prctl(PR_SET_DUMPABLE, isDumpable ? 1 : 0);
}

/// Writes @p title over the arguments, as nginx and postgres do.
void setTitle(const std::string &title, std::span<char *> arguments)
{
    char *end = arguments.back() + std::strlen(arguments.back());
    const std::span area(arguments.front(), end);
    std::ranges::fill(area, '\0');
    std::copy_n(title.begin(), std::min(title.size(), area.size()), area.begin());
    ::prctl(PR_SET_NAME, title.c_str());
}

[[noreturn]] void compute()
{
    for (volatile unsigned number = 0;;) {
        number = number + 1;
    }
}

void joinCgroup(const std::string &directory)
{
    std::ofstream procs(directory + "/cgroup.procs");
    procs << "0" << std::flush;
    if (!procs) {
        die("cgroup " + directory);
    }
}

[[nodiscard]] std::string readyLine(int socket, const std::vector<pid_t> &pids)
{
    std::string line = "READY port=" + std::to_string(localPort(socket)) + " fd=" + std::to_string(socket) + " pids=";
    for (const pid_t pid : pids) {
        line += std::to_string(pid) + (pid == pids.back() ? "" : ",");
    }
    return line;
}

void sayReady(int socket, const std::vector<pid_t> &pids)
{
    say(readyLine(socket, pids));
}

/// Forks a process that runs @p work, which says when it is ready through the descriptor it is given.
template<typename Work>
pid_t forkReady(Work work)
{
    std::array<int, 2> ready{};
    if (::pipe2(ready.data(), O_CLOEXEC) != 0) {
        die("pipe");
    }
    const pid_t child = forkWithParent();
    if (child < 0) {
        die("fork");
    }
    if (child == 0) {
        ::close(ready[0]);
        work(ready[1]);
        ::_exit(0);
    }
    ::close(ready[1]);
    char byte = 0;
    if (::read(ready[0], &byte, 1) != 1) {
        die("child");
    }
    ::close(ready[0]);
    return child;
}

void signalReady(int pipe)
{
    if (::write(pipe, "r", 1) != 1) {
        die("ready");
    }
    ::close(pipe);
}

class Server
{
public:
    explicit Server(ServerOptions options)
        : m_options(std::move(options))
    {
    }

    [[noreturn]] void run()
    {
        switch (m_options.mode) {
        case ServerMode::Listen:
            listen();
        case ServerMode::Prefork:
            prefork();
        case ServerMode::ReusePort:
            reusePort();
        case ServerMode::HandOver:
            handOver();
        case ServerMode::Inherit:
            inherit();
        case ServerMode::PassOn:
            passOn();
        case ServerMode::Exec:
            exec();
        case ServerMode::LateListen:
            lateListen();
        case ServerMode::Daemon:
            daemon();
        case ServerMode::Hold:
            holdOnly();
        case ServerMode::Actor:
            runActor();
        case ServerMode::Misbehave:
            misbehaveAsAsked();
        case ServerMode::Revive:
            reviveServer();
        }
        die("mode");
    }

private:
    [[noreturn]] void holdOnly() const
    {
        if (!m_options.firstWords.empty()) {
            say(m_options.firstWords);
        }
        holdUntilLifelineCloses();
    }

    [[noreturn]] void hold(int socket) const { holdUntilLifelineCloses(accepts() ? socket : -1); }
    [[nodiscard]] bool accepts() const { return m_options.accepts && !m_options.socket.isUdp; }

    [[noreturn]] void listen()
    {
        const int socket = openServerSocket(m_options.socket);
        sayReady(socket, {::getpid()});
        hold(socket);
    }

    [[noreturn]] void prefork()
    {
        const int socket = openServerSocket(m_options.socket);
        std::vector<pid_t> pids{::getpid()};
        for (unsigned worker = 0; worker < m_options.workers; ++worker) {
            pids.push_back(forkReady([this, socket](int ready) {
                signalReady(ready);
                hold(socket);
            }));
        }
        sayReady(socket, pids);
        holdUntilLifelineCloses();
    }

    [[noreturn]] void reusePort()
    {
        const int socket = openServerSocket(m_options.socket);
        m_options.socket.port = localPort(socket);
        std::vector<pid_t> pids{::getpid()};
        for (unsigned worker = 0; worker < m_options.workers; ++worker) {
            pids.push_back(forkReady([this, socket](int ready) {
                ::close(socket);
                const int own = openServerSocket(m_options.socket);
                signalReady(ready);
                hold(own);
            }));
        }
        sayReady(socket, pids);
        hold(socket);
    }

    [[noreturn]] void handOver()
    {
        const Mailbox mailbox;
        std::array<int, 2> go{};
        if (::pipe2(go.data(), O_CLOEXEC) != 0) {
            die("pipe");
        }
        const pid_t heir = forkWithParent();
        if (heir == 0) {
            const int socket = mailbox.receive();
            char byte = 0;
            ::close(go[1]);
            static_cast<void>(::read(go[0], &byte, 1) < 0); // until the giver has closed its own
            sayReady(socket, {::getpid()});
            hold(socket);
        }
        const int socket = openServerSocket(m_options.socket);
        sendDescriptor(mailbox.name(), socket);
        ::close(socket);
        ::close(go[1]);
        holdUntilLifelineCloses();
    }

    [[noreturn]] void inherit()
    {
        const int socket = openServerSocket(m_options.socket);
        const pid_t heir = forkReady([this, socket](int ready) {
            signalReady(ready);
            hold(socket);
        });
        const std::string ready = readyLine(socket, {heir});
        ::close(socket);
        say(ready);
        holdUntilLifelineCloses();
    }

    [[noreturn]] void passOn()
    {
        const int socket = openServerSocket(m_options.socket);
        const pid_t heir = forkReady([this, socket](int ready) {
            if (!m_options.heirCgroup.empty()) {
                joinCgroup(m_options.heirCgroup);
            }
            if (m_options.heirUid) {
                becomeUser(*m_options.heirUid, true);
            }
            signalReady(ready);
            hold(socket);
        });
        sayReady(socket, {::getpid(), heir});
        holdUntilLifelineCloses();
    }

    [[noreturn]] void exec()
    {
        const int socket = openServerSocket(m_options.socket);
        ::fcntl(socket, F_SETFD, 0);
        const std::string ready = readyLine(socket, {::getpid()});
        ::execl("/proc/self/exe", "testserver-executed", "hold", "--say", ready.c_str(), nullptr);
        die("exec");
    }

    [[noreturn]] void lateListen()
    {
        const int socket = openBoundSocket(m_options.socket);
        const pid_t child = forkReady([this, socket](int ready) {
            if (::listen(socket, m_options.socket.backlog) != 0) {
                die("listen");
            }
            signalReady(ready);
            hold(socket);
        });
        sayReady(socket, {::getpid(), child});
        holdUntilLifelineCloses();
    }

    [[noreturn]] void daemon()
    {
        // Not forkWithParent(): outliving its parents is the point. The lifeline still ends it.
        if (::fork() != 0) {
            ::_exit(0);
        }
        ::setsid();
        if (::fork() != 0) {
            ::_exit(0);
        }
        listen();
    }

    [[noreturn]] void misbehaveAsAsked() const
    {
        const int socket = openServerSocket(m_options.socket);
        misbehave(m_options.misbehaviour, socket, [socket](const std::vector<pid_t> &pids) { sayReady(socket, pids); });
    }

    [[noreturn]] void reviveServer()
    {
        const int first = openServerSocket(m_options.socket); // the port stays the same
        m_options.socket.port = localPort(first);
        ::close(first);
        revive([this] { listen(); });
    }

    ServerOptions m_options;
};

} // namespace

} // namespace Quay::Test

int main(int argc, char **argv)
{
    using namespace Quay::Test;

    ServerOptions options = parseServerOptions(argc, argv);
    if (!options.cgroup.empty()) {
        joinCgroup(options.cgroup);
    }
    if (options.deletesExecutable) {
        deleteExecutable(argv);
    }
    if (options.deletesDirectory) {
        deleteDirectory();
    }
    if (options.uid) {
        becomeUser(*options.uid, options.isDumpable);
    }
    if (!options.title.empty()) {
        setTitle(options.title, {argv, static_cast<std::size_t>(argc)});
    }
    const std::string memory(options.megabytes << 20U, 'x');
    if (options.isBusy) {
        std::thread(compute).detach();
    }
    Server(std::move(options)).run();
}
