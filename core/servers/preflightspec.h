// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/ipaddress.h"
#include "core/kernel/socketrecord.h"
#include "core/probes/httprequester.h"
#include "core/servers/servercommand.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace Quay {

/// What it means when a check fails.
enum class Severity : std::uint8_t
{
    Warning, ///< Is said.
    Critical, ///< Blocks the start.
};

/// A variable is set in the environment that the server is started with.
struct VariableCheck
{
    std::string variable;
    bool mayBeEmpty = false;
    std::string pattern; ///< Its whole value has to match; empty: any value will do.

    bool operator==(const VariableCheck &) const = default;
};

/// A file is there and can be read.
struct FileCheck
{
    std::string path; ///< Absolute.

    bool operator==(const FileCheck &) const = default;
};

struct DirectoryCheck
{
    std::string path; ///< Absolute.

    bool operator==(const DirectoryCheck &) const = default;
};

/// A program is there: in PATH, or at a path.
struct ProgramCheck
{
    std::string program;

    bool operator==(const ProgramCheck &) const = default;
};

/// A program has a version that will do.
struct VersionCheck
{
    std::string tool; ///< `python`
    std::string requirement; ///< `>= 3.13.8`, as versionRequirementFromText() reads it; empty when a file says it.
    std::string file; ///< `.nvmrc`, `.python-version`, `.tool-versions`: absolute; empty when there is a requirement.
    ServerCommand ask; ///< Prints the version; empty: what is usual for the tool.

    bool operator==(const VersionCheck &) const = default;
};

/// A command ends with 0: a module can be imported, a package is installed.
struct CommandCheck
{
    ServerCommand command;

    bool operator==(const CommandCheck &) const = default;
};

/// A port can be had.
struct PortCheck
{
    std::uint16_t port = 0;
    Protocol protocol = Protocol::Tcp;
    std::optional<IpAddress> address; ///< Nothing: every address of the machine.

    bool operator==(const PortCheck &) const = default;
};

/// Something accepts connections.
struct TcpCheck
{
    std::string host;
    std::uint16_t port = 0;

    bool operator==(const TcpCheck &) const = default;
};

/// A web server answers below 400. 401 and 403 say that a key is wrong, 429 that too much was asked for.
struct HttpCheck
{
    HttpRequest request;

    bool operator==(const HttpCheck &) const = default;
};

/// There is room on the file system of a directory.
struct DiskCheck
{
    std::string directory; ///< Absolute.
    std::uint64_t freeBytes = 0; ///< At least.

    bool operator==(const DiskCheck &) const = default;
};

using CheckSubject = std::variant<VariableCheck, FileCheck, DirectoryCheck, ProgramCheck, VersionCheck, CommandCheck,
                                  PortCheck, TcpCheck, HttpCheck, DiskCheck>;

/// What has to hold before a server is started.
struct PreflightCheck
{
    std::string name; ///< Chosen by the user; may be empty.
    CheckSubject subject;
    Severity severity = Severity::Critical;
    std::chrono::milliseconds timeout{10'000};

    bool operator==(const PreflightCheck &) const = default;
};

} // namespace Quay
