// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/targets/serveroptions.h"

#include "tests/targets/lifeline.h"

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace Quay::Test {

namespace {

std::optional<Misbehaviour> misbehaviourFrom(const std::string &word)
{
    static const std::map<std::string_view, Misbehaviour> Words{
        {"deaf", Misbehaviour::Deaf},         {"stopped", Misbehaviour::Stopped},
        {"family", Misbehaviour::Family},     {"heir", Misbehaviour::Heir},
        {"deafheir", Misbehaviour::DeafHeir}, {"escape", Misbehaviour::Escape},
        {"turncoat", Misbehaviour::Turncoat}, {"changeling", Misbehaviour::Changeling},
        {"undead", Misbehaviour::Undead},     {"relay", Misbehaviour::Relay},
        {"yielding", Misbehaviour::Yielding},
    };
    const auto found = Words.find(word);
    return found == Words.end() ? std::nullopt : std::optional(found->second);
}

ServerMode modeFrom(const std::string &word)
{
    static const std::map<std::string_view, ServerMode> Modes{
        {"listen", ServerMode::Listen},         {"prefork", ServerMode::Prefork}, {"reuseport", ServerMode::ReusePort},
        {"handover", ServerMode::HandOver},     {"inherit", ServerMode::Inherit}, {"exec", ServerMode::Exec},
        {"latelisten", ServerMode::LateListen}, {"daemon", ServerMode::Daemon},   {"hold", ServerMode::Hold},
        {"actor", ServerMode::Actor},           {"passon", ServerMode::PassOn},   {"revive", ServerMode::Revive},
    };
    const auto mode = Modes.find(word);
    if (mode == Modes.end()) {
        errno = EINVAL;
        die("mode " + word);
    }
    return mode->second;
}

/// Whether @p word was an option without a value.
bool applySwitch(ServerOptions &options, std::string_view word)
{
    if (word == "--udp") {
        options.socket.isUdp = true;
    } else if (word == "--dual") {
        options.socket.isDualStack = true;
    } else if (word == "--no-accept") {
        options.accepts = false;
    } else if (word == "--undumpable") {
        options.isDumpable = false;
    } else if (word == "--busy") {
        options.isBusy = true;
    } else if (word == "--delete-executable") {
        options.deletesExecutable = true;
    } else if (word == "--delete-directory") {
        options.deletesDirectory = true;
    } else {
        return false;
    }
    return true;
}

void applyValue(ServerOptions &options, const std::string &word, const char *value)
{
    if (word == "--address") {
        options.socket.address = value;
    } else if (word == "--port") {
        options.socket.port = static_cast<std::uint16_t>(std::atoi(value));
    } else if (word == "--backlog") {
        options.socket.backlog = std::atoi(value);
    } else if (word == "--workers") {
        options.workers = static_cast<unsigned>(std::atoi(value));
    } else if (word == "--megabytes") {
        options.megabytes = static_cast<std::size_t>(std::atoi(value));
    } else if (word == "--uid") {
        options.uid = static_cast<uid_t>(std::atoi(value));
    } else if (word == "--title") {
        options.title = value;
    } else if (word == "--say") {
        options.firstWords = value;
    } else if (word == "--cgroup") {
        options.cgroup = value;
    } else if (word == "--heir-cgroup") {
        options.heirCgroup = value;
    } else if (word == "--heir-uid") {
        options.heirUid = static_cast<uid_t>(std::atoi(value));
    } else if (word != "--ignored") { // padding for long command lines
        errno = EINVAL;
        die("option " + word);
    }
}

} // namespace

ServerOptions parseServerOptions(int argc, char **argv)
{
    ServerOptions options;
    int index = 1;
    if (index < argc && argv[index][0] != '-') {
        const auto misbehaviour = misbehaviourFrom(argv[index]);
        options.misbehaviour = misbehaviour.value_or(options.misbehaviour);
        options.mode = misbehaviour ? ServerMode::Misbehave : modeFrom(argv[index]);
        ++index;
    }
    for (; index < argc; ++index) {
        const std::string word = argv[index];
        if (applySwitch(options, word)) {
            continue;
        }
        if (index + 1 >= argc) {
            errno = EINVAL;
            die("value of " + word);
        }
        applyValue(options, word, argv[++index]);
    }
    options.socket.sharesPort = options.mode == ServerMode::ReusePort;
    return options;
}

} // namespace Quay::Test
