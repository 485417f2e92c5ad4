// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace Quay {

/// What kind of server a process is, by the rules file.
struct ServerKind
{
    std::string id; ///< `vite`, `nextjs`, `postgresql`: stable, for JSON.
    std::string name; ///< `Vite`, `Next.js`, `PostgreSQL`: a proper name, not translated.
    bool speaksHttp = false; ///< Whether opening it in a browser makes sense.
    bool isDevelopment = false; ///< A development server, as opposed to a database or a service.
    bool isContainerProxy = false; ///< Holds ports for containers only: to free one, its container is to be stopped.
    std::optional<int> stopSignal = std::nullopt; ///< What it wants to be asked to end with, where that is not SIGTERM.

    bool operator==(const ServerKind &) const = default;
};

/// What a program is when it stands above a server in its chain of parents.
enum class LauncherKind
{
    None, ///< Nothing that explains anything: a wrapper, a build tool.
    Init,
    ServiceManager, ///< systemd of the system or of a user
    Timer, ///< cron, anacron, at, a systemd timer
    ContainerRuntime,
    DesktopSession,
    Terminal,
    Multiplexer, ///< tmux, screen, zellij
    Ssh,
    Ide,
    CodingAgent,
    Shell,
    ProcessManager, ///< pm2, nodemon, supervisord, foreman ...: brings back what ends
    PackageScript, ///< npm run, yarn, make ...
};

/// The facts that rules look at. Raw bytes.
struct ProcessFacts
{
    std::string_view name; ///< comm
    const std::vector<std::string> *arguments = nullptr; ///< null: unknown
    std::string_view executable; ///< path, empty when hidden
};

/**
 * The rules that give servers and launchers their names: resources/kinds.json, described by kinds.schema.json.
 *
 * Among the rules that fit a process the first of the file wins.
 *
 * Threads: immutable after load; share it freely. Copies share the rules.
 */
class KindRules
{
public:
    /// Errors: Malformed, with the line and what is wrong there as subject.
    [[nodiscard]] static Result<KindRules> fromJson(std::string_view json);
    /// The rules that were built in from resources/kinds.json, read at the first call. Threads: any.
    [[nodiscard]] static const KindRules &builtIn();

    [[nodiscard]] std::optional<ServerKind> serverKind(const ProcessFacts &facts) const;
    [[nodiscard]] LauncherKind launcherKind(const ProcessFacts &facts) const;
    /// The proper name of a launcher (`VS Code`, `Claude Code`, `tmux`), empty when the rules have none.
    [[nodiscard]] std::string launcherName(const ProcessFacts &facts) const;

private:
    struct Data;
    class Loader;
    explicit KindRules(std::shared_ptr<const Data> data);

    std::shared_ptr<const Data> m_data; ///< never null
};

} // namespace Quay
