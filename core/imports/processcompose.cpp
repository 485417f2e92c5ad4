// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imports/processcompose.h"

#include "core/base/number.h"
#include "core/base/signalname.h"
#include "core/imports/composeparts.h"
#include "core/imports/foreignmap.h"
#include "core/servers/configpath.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace Quay {

namespace {

constexpr std::array NeedConditions{
    Word{.word = "process_started", .value = NeedState::Started},
    Word{.word = "process_healthy", .value = NeedState::Ready},
    Word{.word = "process_log_ready", .value = NeedState::Ready},
    Word{.word = "process_completed", .value = NeedState::ExitedOk},
    Word{.word = "process_completed_successfully", .value = NeedState::ExitedOk},
};

/// What holds for all processes of a file.
struct Common
{
    std::string directory;
    std::vector<std::string> shell;
    VariableMap environment;
};

/// A `$$` of a command is a `$` for the shell.
std::string shellLine(std::string_view text)
{
    std::string line;
    for (std::size_t i = 0; i < text.size(); ++i) {
        line += text[i];
        i += text.substr(i).starts_with("$$") ? 1 : 0;
    }
    return line;
}

class ProcessImport
{
public:
    ProcessImport(ForeignMap &process, const Common &common, LossList &losses)
        : m_process(process)
        , m_common(common)
        , m_losses(losses)
    {
    }

    [[nodiscard]] ServerSpec run(const std::string &name)
    {
        m_server.name = allowedServerName(name);
        m_server.description = m_process.text("description").value_or(std::string());
        readCommand();
        const auto directory = m_process.text("working_dir");
        m_server.directory =
            directory ? resolvedPath(ourReferences(*directory), m_common.directory, {}) : m_common.directory;
        m_server.environment = m_common.environment;
        for (const auto &[variable, value] : m_process.variables("environment")) {
            m_server.environment.insert_or_assign(variable, ourReferences(value));
        }
        for (const auto &file : m_process.texts("env_file")) {
            m_server.envFiles.push_back({.path = resolvedPath(ourReferences(file), m_common.directory, {})});
        }
        for (const auto &group : m_process.texts("namespace")) {
            m_server.groups.push_back(allowedServerName(group));
        }
        m_server.startsWithAll =
            !m_process.flag("disabled").value_or(false) && !m_process.flag("is_foreground").value_or(false);
        m_server.hasTerminal = m_process.flag("is_tty").value_or(false);
        (void)m_process.flag("is_daemon"); // what daemonises stays ours in any case
        readNeeds();
        readProbes();
        readRestart();
        readStop();
        readWatch();
        m_process.tellRest();
        return std::move(m_server);
    }

private:
    void readCommand()
    {
        for (const auto &argument : m_process.texts("entrypoint")) {
            m_server.command.arguments.push_back(ourReferences(argument));
        }
        if (const auto command = m_process.text("command")) {
            m_server.command = commandFor(*command);
        }
        if (m_server.command.isEmpty()) {
            m_process.lose(LossReason::NotUnderstood, "command");
        }
        for (const std::string_view key : {"command", "environment", "working_dir"}) {
            const YamlNode *const value = m_process.take(key);
            if (value != nullptr && value->text.contains("{{")) {
                m_process.lose(LossReason::Template, key);
            }
        }
    }

    [[nodiscard]] ServerCommand commandFor(const std::string &line) const
    {
        if (m_common.shell.empty()) {
            return {.arguments = {}, .shellLine = shellLine(line)};
        }
        ServerCommand command{.arguments = m_common.shell, .shellLine = {}};
        command.arguments.push_back(keptReferences(shellLine(line)));
        return command;
    }

    void readNeeds()
    {
        ForeignMap needs = m_process.map("depends_on");
        for (const auto &entry : needs.entries()) {
            ForeignMap need = needs.map(entry.key);
            const auto condition = need.text("condition").value_or("process_completed");
            const auto state = valueFor(NeedConditions, condition);
            if (!state) {
                need.lose(LossReason::NotUnderstood, "condition");
            } else if (condition == "process_completed") { // whatever its exit code
                need.lose(LossReason::Approximated, "condition", "exited-ok");
            }
            m_server.needs.push_back(
                {.server = allowedServerName(entry.key), .state = state.value_or(NeedState::Ready)});
            need.tellRest();
        }
    }

    void readProbes()
    {
        if (const auto line = m_process.text("ready_log_line")) {
            m_server.readiness.push_back({.name = "log", .condition = LogCondition{.pattern = *line}});
        }
        for (auto [key, list] :
             {std::pair{"readiness_probe", &m_server.readiness}, std::pair{"liveness_probe", &m_server.liveness}}) {
            ForeignMap section = m_process.map(key);
            if (auto probe = probeFrom(section)) {
                list->push_back(std::move(*probe));
            } else if (section.isMap()) {
                m_process.lose(LossReason::NotUnderstood, key);
            }
        }
    }

    [[nodiscard]] std::optional<ProbeSpec> probeFrom(ForeignMap &section)
    {
        if (!section.isMap()) {
            return std::nullopt;
        }
        using std::chrono::seconds;
        ProbeSpec probe;
        ForeignMap command = section.map("exec");
        ForeignMap http = section.map("http_get");
        const auto line = command.text("command");
        if (line) {
            probe.name = "command";
            probe.condition = CommandCondition{.command = commandFor(*line)};
        } else if (http.isMap()) {
            probe.name = "http";
            probe.condition = httpFrom(http);
        } else {
            return std::nullopt;
        }
        command.tellRest();
        constexpr int UsualPeriod = 10;
        probe.initialDelay = seconds(boundedSeconds(section.number("initial_delay_seconds").value_or(0)));
        probe.interval = seconds(boundedSeconds(section.number("period_seconds").value_or(UsualPeriod)));
        probe.timeout = seconds(boundedSeconds(section.number("timeout_seconds").value_or(1)));
        probe.successThreshold = boundedCount(section.number("success_threshold").value_or(1));
        probe.failureThreshold = boundedCount(section.number("failure_threshold").value_or(3));
        section.tellRest();
        return probe;
    }

    [[nodiscard]] static HttpCondition httpFrom(ForeignMap &http)
    {
        const std::string scheme = http.text("scheme").value_or("http");
        const std::string host = http.text("host").value_or("127.0.0.1");
        const std::string path = http.text("path").value_or("/");
        const auto port = http.text("port");
        HttpCondition condition;
        condition.request.url = ourReferences(scheme + "://" + host + (port ? ':' + *port : "")
                                              + (path.starts_with('/') ? path : '/' + path));
        for (const auto &[name, value] : http.variables("headers")) {
            condition.request.headers.emplace_back(name, ourReferences(value));
        }
        const int status = http.number("status_code").value_or(200);
        condition.statuses = {{.first = std::clamp(status, 100, 599), .last = std::clamp(status, 100, 599)}};
        http.tellRest();
        return condition;
    }

    void readRestart()
    {
        constexpr std::array Policies{
            Word{.word = "no", .value = RestartPolicy::Never},
            Word{.word = "never", .value = RestartPolicy::Never},
            Word{.word = "on_failure", .value = RestartPolicy::OnFailure},
            Word{.word = "exit_on_failure", .value = RestartPolicy::Never},
            Word{.word = "always", .value = RestartPolicy::Always},
        };
        ForeignMap section = m_process.map("availability");
        RestartRule &rule = m_server.restart;
        if (const auto policy = section.text("restart")) {
            const auto known = valueFor(Policies, *policy);
            rule.policy = known.value_or(rule.policy);
            if (!known) {
                section.lose(LossReason::NotUnderstood, "restart");
            } else if (*policy == "exit_on_failure") {
                section.lose(LossReason::Approximated, "restart", "never");
            }
        }
        if (const auto pause = section.number("backoff_seconds")) {
            rule.backoff = {.initial = std::chrono::seconds(boundedSeconds(*pause)),
                            .factor = 1,
                            .longest = std::chrono::seconds(boundedSeconds(*pause)),
                            .jitter = 0};
        }
        const auto most = section.number("max_restarts");
        if (most && *most > 0) {
            rule.crashLoopExits = boundedCount(*most + 1);
            section.lose(LossReason::Approximated, "max_restarts", "restart.crash_loop");
        }
        section.tellRest();
        for (const auto &code : m_process.texts("success_exit_codes")) {
            const auto number = numberFromText<int>(code);
            if (number && *number >= 0 && *number <= 255) {
                rule.successCodes.insert(*number);
            } else {
                m_process.lose(LossReason::NotUnderstood, "success_exit_codes");
            }
        }
    }

    void readStop()
    {
        ForeignMap section = m_process.map("shutdown");
        StopRule &rule = m_server.stop;
        if (const auto command = section.text("command")) {
            rule.command = commandFor(*command);
        }
        if (const auto signal = section.number("signal")) {
            const bool isKnown = !signalName(*signal).empty();
            rule.signal = isKnown ? *signal : rule.signal;
            if (!isKnown) {
                section.lose(LossReason::NotUnderstood, "signal");
            }
        }
        if (const auto seconds = section.number("timeout_seconds")) {
            rule.grace = std::chrono::seconds(boundedSeconds(*seconds));
        }
        rule.scope = section.flag("parent_only").value_or(false) ? StopScope::Process : StopScope::Tree;
        section.tellRest();
    }

    void readWatch()
    {
        ForeignMap section = m_process.map("watch");
        const YamlNode *const paths = section.take("paths");
        for (const auto &item : paths != nullptr ? paths->items : std::vector<YamlNode>{}) {
            ForeignMap path(&item, section.pathOf("paths"), m_losses);
            if (const auto text = path.text("path")) {
                m_server.watch.paths.push_back(resolvedPath(ourReferences(*text), m_common.directory, {}));
            }
            std::ranges::move(path.texts("include"), std::back_inserter(m_server.watch.include));
            std::ranges::move(path.texts("exclude"), std::back_inserter(m_server.watch.exclude));
            path.tellRest();
        }
        if (const auto pause = section.text("debounce")) {
            const auto duration = composeDuration(*pause);
            m_server.watch.debounce = duration.value_or(m_server.watch.debounce);
            if (!duration) {
                section.lose(LossReason::NotUnderstood, "debounce");
            }
        }
        section.tellRest();
    }

    ForeignMap &m_process;
    const Common &m_common;
    LossList &m_losses;
    ServerSpec m_server;
};

Common commonOf(ForeignMap &root, const std::string &directory)
{
    Common common{.directory = directory};
    for (const auto &[name, value] : root.variables("environment")) {
        common.environment.insert_or_assign(name, ourReferences(value));
    }
    ForeignMap shell = root.map("shell");
    if (const auto command = shell.text("shell_command")) {
        common.shell = {*command, shell.text("shell_argument").value_or("-c")};
    }
    shell.tellRest();
    (void)root.take("version");
    (void)root.take("is_strict"); // we always are
    return common;
}

void putOver(YamlNode &below, const YamlNode &above)
{
    for (const auto &entry : above.entries) {
        const auto known = std::ranges::find(below.entries, entry.key, &YamlEntry::key);
        if (known == below.entries.end()) {
            below.entries.push_back(entry);
        } else if (known->value.type == YamlType::Map && entry.value.type == YamlType::Map) {
            putOver(known->value, entry.value);
        } else if (entry.key == "environment" && known->value.type == YamlType::List
                   && entry.value.type == YamlType::List) {
            std::ranges::copy(entry.value.items, std::back_inserter(known->value.items)); // the later one wins
        } else {
            known->value = entry.value;
        }
    }
}

} // namespace

ImportedServers importProcessCompose(const YamlDocument &document, const ImportSource &source)
{
    ImportedServers imported = beginImport(document, source);
    if (!document.isWhole) {
        return imported;
    }
    LossList losses(source.path);
    ForeignMap root(&document.root, {}, losses);
    const Common common = commonOf(root, directoryOf(source.path));
    ForeignMap processes = root.map("processes");
    if (!processes.isMap()) {
        imported.mistakes.push_back({.code = MistakeCode::MissingKey,
                                     .file = source.path,
                                     .position = {},
                                     .path = {},
                                     .found = {},
                                     .allowed = {"processes"}});
    }
    for (const auto &entry : processes.entries()) {
        ForeignMap process = processes.map(entry.key);
        addServer(imported, ProcessImport(process, common, losses).run(entry.key), entry, losses);
    }
    root.tellRest();
    imported.losses = losses.take();
    return imported;
}

YamlDocument overridden(YamlDocument document, const YamlDocument &above)
{
    putOver(document.root, above.root);
    document.isWhole = document.isWhole && above.isWhole;
    std::ranges::copy(above.mistakes, std::back_inserter(document.mistakes));
    return document;
}

} // namespace Quay
