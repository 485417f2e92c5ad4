// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/realcontainers.h"

#include "tests/support/childprocess.h"
#include "tests/support/clientsocket.h"
#include "tests/support/testserver.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <iterator>
#include <system_error>
#include <thread>
#include <utility>

namespace Quay::Test {

namespace {

using namespace std::chrono_literals;

constexpr const char *Image = "quaymaster-test";
constexpr auto LongEnough = 30s;

// Both are run with the directory as $0. There is no firewall to be set up in the network of a test, and no controller
// that could limit anything in its cgroups.

constexpr const char *BootDocker = R"(
PATH="$PATH:/usr/sbin:/sbin"
dockerd --iptables=false --ip6tables=false --storage-driver vfs --data-root "$0/data" --exec-root "$0/exec" \
    --pidfile "$0/pid" --host "unix://$0/api.sock" >"$0/log" 2>&1 &
wait
)";

constexpr const char *BootPodman = R"(
printf '%s\n' '[containers]' pids_limit=0 '[network]' 'firewall_driver="none"' >"$0/containers.conf"
mkdir "$0/tmp"
HOME="$0" CONTAINERS_CONF="$0/containers.conf" podman --root "$0/root" --runroot "$0/run" --tmpdir "$0/tmp" \
    --storage-driver vfs --cgroup-manager cgroupfs --events-backend none \
    system service --time=0 "unix://$0/api.sock" >"$0/log" 2>&1 &
wait
)";

bool isInstalled(const std::vector<std::string> &command)
{
    const auto tried = runSilently(command);
    return tried && tried->waitStatus == 0;
}

template<typename Condition>
Result<> waitUntil(const Condition &condition, const std::string &subject)
{
    const auto deadline = std::chrono::steady_clock::now() + LongEnough;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) {
            return fail(ErrorCode::Io, subject, ETIMEDOUT);
        }
        std::this_thread::sleep_for(5ms);
    }
    return {};
}

} // namespace

RealContainers::RealContainers(Enclosure enclosure, std::vector<std::string> client, std::string socket)
    : m_enclosure(std::move(enclosure))
    , m_client(std::move(client))
    , m_socket(std::move(socket))
{
}

Result<RealContainers> RealContainers::start(ContainerEngine engine, const std::string &directory)
{
    const bool isDocker = engine == ContainerEngine::Docker;
    const std::string program = isDocker ? "docker" : "podman";
    if (!isInstalled({program, "--version"}) || (isDocker && !isInstalled({"dockerd", "--version"}))) {
        return fail(ErrorCode::Unsupported, program);
    }
    auto enclosure = Enclosure::start({"sh", "-c", isDocker ? BootDocker : BootPodman, directory});
    if (!enclosure) {
        return std::unexpected(enclosure.error());
    }
    const std::string socket = directory + "/api.sock";
    std::vector<std::string> client = isDocker
        ? std::vector<std::string>{program, "--config", directory + "/client", "--host", "unix://" + socket}
        : std::vector<std::string>{program, "--remote", "--url", "unix://" + socket};
    RealContainers containers(*std::move(enclosure), std::move(client), socket);
    const auto isReady = [&containers] { return containers.ask({"version"}).has_value(); };
    return waitUntil(isReady, program).and_then([&] { return containers.importImage(directory); }).transform([&] {
        return std::move(containers);
    });
}

/// What is in it is mounted: programs of the machine.
Result<> RealContainers::importImage(const std::string &directory) const
{
    const std::filesystem::path root = directory + "/image";
    std::error_code error;
    std::filesystem::create_directories(root / "usr", error);
    for (const char *const name : {"bin", "lib", "lib64"}) {
        std::filesystem::create_directory_symlink(std::filesystem::path("usr") / name, root / name, error);
    }
    const std::string archive = directory + "/image.tar";
    const auto packed = runSilently({"tar", "--create", "--file", archive, "--directory", root.string(), "."});
    if (!packed || packed->waitStatus != 0) {
        return fail(ErrorCode::Io, "tar");
    }
    return ask({"import", archive, Image});
}

Result<> RealContainers::run(const ContainerOptions &options) const
{
    const std::string port = std::to_string(options.port);
    const std::string server = programPath("testserver");
    std::vector<std::string> words{"run",    "--detach", "--name",       options.name, "--restart",
                                   "always", "--volume", "/usr:/usr:ro", "--volume",   server + ":/testserver:ro"};
    std::vector<std::string> network{"--network", "host"};
    if (options.isPublished) {
        network = {"--publish", "127.0.0.1:" + port + ':' + port};
    }
    std::ranges::move(network, std::back_inserter(words));
    for (const auto &word : {std::string(Image), std::string("/testserver"), std::string("listen"),
                             std::string("--port"), port, std::string("--address"), std::string("0.0.0.0")}) {
        words.push_back(word);
    }
    return ask(std::move(words)).and_then([&] {
        return waitUntil([&options] { return static_cast<bool>(connectTo(options.port)); }, "port " + port);
    });
}

Result<> RealContainers::ask(std::vector<std::string> words) const
{
    words.insert(words.begin(), m_client.begin(), m_client.end());
    const auto asked = runSilently(words);
    if (!asked) {
        return std::unexpected(asked.error());
    }
    return asked->waitStatus == 0 ? Result<>() : fail(ErrorCode::Io, words[m_client.size()]);
}

} // namespace Quay::Test
