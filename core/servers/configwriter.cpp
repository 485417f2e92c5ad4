// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/configwriter.h"

#include "core/base/bytesize.h"
#include "core/base/duration.h"
#include "core/base/endpoint.h"
#include "core/base/signalname.h"
#include "core/kernel/protocolwords.h"
#include "core/servers/configpath.h"
#include "core/servers/configreader.h"
#include "core/servers/serverwords.h"
#include "core/servers/yamltext.h"

#include <array>
#include <charconv>
#include <utility>

namespace Quay {

namespace {

std::string fractionText(double number)
{
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, std::chars_format::fixed).ptr;
    return {digits.data(), end};
}

std::string signalWord(int signal)
{
    const auto name = signalName(signal);
    return name.empty() ? std::to_string(signal) : std::string(name);
}

class ConfigWriter
{
public:
    ConfigWriter(std::string directory, Dollars dollars)
        : m_directory(std::move(directory))
        , m_dollars(dollars)
    {
    }

    [[nodiscard]] std::string write(const ServerFile &file)
    {
        m_yaml.entry("version", std::to_string(ConfigVersion));
        if (file.project != fileNameOf(m_directory)) {
            text("project", file.project);
        }
        if (file.servers.empty()) {
            m_yaml.entry("servers", "{}");
        }
        m_yaml.begin("servers");
        for (const auto &server : file.servers) {
            m_yaml.begin(yamlScalar(server.name));
            writeServer(server);
            m_yaml.end();
        }
        m_yaml.end();
        return m_yaml.text();
    }

private:
    void writeServer(const ServerSpec &server)
    {
        if (!server.description.empty()) {
            m_yaml.entry("description", yamlScalar(server.description));
        }
        command("command", server.command);
        if (server.directory != m_directory) {
            path("directory", server.directory);
        }
        m_yaml.begin("environment");
        for (const auto &[name, value] : server.environment) {
            text(yamlScalar(name), value);
        }
        m_yaml.end();
        writeEnvFiles(server.envFiles);
        writePorts(server.ports);
        writeNeeds(server.needs);
        writePreflight(server.preflight);
        writePhases(server.phases);
        writeProbes("ready", server.readiness);
        writeProbes("alive", server.liveness);
        writeRestart(server.restart);
        writeWatch(server.watch);
        writeStop(server.stop);
        writeLog(server.log);
        writeAlerts(server.alerts);
        texts("groups", server.groups);
        flag("autostart", server.startsWithAll, true);
        flag("terminal", server.hasTerminal, false);
        if (!server.externalTool.empty()) {
            text("external", server.externalTool);
        }
        word("on_exit", OnExitWords, server.onExit, OnExit::Nothing);
    }

    void writeEnvFiles(const std::vector<EnvFileSpec> &files)
    {
        m_yaml.begin("env_files");
        for (const auto &file : files) {
            m_yaml.beginItem();
            path("path", file.path);
            flag("optional", file.isOptional, false);
            m_yaml.end();
        }
        m_yaml.end();
    }

    void writePorts(const std::vector<ExpectedPort> &ports)
    {
        m_yaml.begin("ports");
        for (const auto &port : ports) {
            m_yaml.beginItem();
            m_yaml.entry("port", std::to_string(port.port));
            word("protocol", ProtocolWords, port.protocol, Protocol::Tcp);
            address(port.address);
            if (!port.variable.empty()) {
                text("variable", port.variable);
            }
            flag("take_next", port.mayTakeNext, false);
            m_yaml.end();
        }
        m_yaml.end();
    }

    void writeNeeds(const std::vector<Need> &needs)
    {
        m_yaml.begin("needs");
        for (const auto &need : needs) {
            m_yaml.beginItem();
            text("name", need.server);
            word("state", NeedStateWords, need.state, NeedState::Ready);
            flag("optional", need.isOptional, false);
            m_yaml.end();
        }
        m_yaml.end();
    }

    void writePreflight(const std::vector<PreflightCheck> &checks)
    {
        const PreflightCheck defaults;
        m_yaml.begin("preflight");
        for (const auto &check : checks) {
            m_yaml.beginItem();
            std::visit([this](const auto &subject) { writeSubject(subject); }, check.subject);
            if (!check.name.empty()) {
                text("name", check.name);
            }
            word("severity", SeverityWords, check.severity, defaults.severity);
            duration("timeout", check.timeout, defaults.timeout);
            m_yaml.end();
        }
        m_yaml.end();
    }

    void writeSubject(const VariableCheck &check)
    {
        text("variable", check.variable);
        flag("may_be_empty", check.mayBeEmpty, false);
        pattern("pattern", check.pattern);
    }
    void writeSubject(const FileCheck &check) { path("file", check.path); }
    void writeSubject(const DirectoryCheck &check) { path("directory", check.path); }
    void writeSubject(const ProgramCheck &check) { text("program", check.program); }
    void writeSubject(const VersionCheck &check)
    {
        text("version", check.requirement.empty() ? check.tool : check.tool + ' ' + check.requirement);
        if (!check.file.empty()) {
            path("from", check.file);
        }
        command("ask", check.ask);
    }
    void writeSubject(const CommandCheck &check) { command("command", check.command); }
    void writeSubject(const PortCheck &check)
    {
        m_yaml.entry("port", std::to_string(check.port));
        word("protocol", ProtocolWords, check.protocol, Protocol::Tcp);
        address(check.address);
    }
    void writeSubject(const TcpCheck &check) { text("tcp", endpointWord({.host = check.host, .port = check.port})); }
    void writeSubject(const HttpCheck &check)
    {
        text("http", check.request.url);
        writeHeaders(check.request.headers);
    }
    void writeSubject(const DiskCheck &check)
    {
        m_yaml.entry("disk", byteSizeWord(check.freeBytes));
        if (check.directory != m_directory) {
            path("at", check.directory);
        }
    }

    void writeHeaders(const std::vector<std::pair<std::string, std::string>> &headers)
    {
        m_yaml.begin("headers");
        for (const auto &[name, value] : headers) {
            text(yamlScalar(name), value);
        }
        m_yaml.end();
    }

    void writePhases(const std::vector<PhaseSpec> &phases)
    {
        m_yaml.begin("phases");
        for (const auto &phase : phases) {
            m_yaml.beginItem();
            text("name", phase.name);
            pattern("pattern", phase.pattern);
            if (phase.deadline) {
                m_yaml.entry("deadline", durationWord(*phase.deadline));
            }
            m_yaml.end();
        }
        m_yaml.end();
    }

    void writeProbes(std::string_view key, const std::vector<ProbeSpec> &probes)
    {
        const ProbeSpec defaults;
        m_yaml.begin(key);
        for (const auto &probe : probes) {
            m_yaml.beginItem();
            text("name", probe.name);
            std::visit([this](const auto &condition) { writeCondition(condition); }, probe.condition);
            duration("delay", probe.initialDelay, defaults.initialDelay);
            duration("start_interval", probe.startInterval, defaults.startInterval);
            duration("interval", probe.interval, defaults.interval);
            duration("timeout", probe.timeout, defaults.timeout);
            number("successes", probe.successThreshold, defaults.successThreshold);
            number("failures", probe.failureThreshold, defaults.failureThreshold);
            duration("deadline", probe.deadline, defaults.deadline);
            m_yaml.end();
        }
        m_yaml.end();
    }

    void writeCondition(const ListeningCondition &condition)
    {
        m_yaml.entry("listening", condition.port ? std::to_string(*condition.port) : "true");
    }
    void writeCondition(const AcceptingCondition &condition)
    {
        m_yaml.entry("accepting", condition.port ? std::to_string(*condition.port) : "true");
    }
    void writeCondition(const TcpCondition &condition)
    {
        text("tcp", endpointWord({.host = condition.host, .port = condition.port}));
    }
    void writeCondition(const HttpCondition &condition)
    {
        text("http", condition.request.url);
        if (condition.statuses != HttpCondition().statuses) {
            std::vector<std::string> statuses;
            for (const auto &range : condition.statuses) {
                const auto last = range.last == range.first ? std::string() : '-' + std::to_string(range.last);
                statuses.push_back(std::to_string(range.first) + last);
            }
            m_yaml.flowList("status", statuses);
        }
        writeHeaders(condition.request.headers);
        m_yaml.begin("answer_headers");
        for (const auto &[name, value] : condition.answerHeaders) {
            pattern(yamlScalar(name), value);
        }
        m_yaml.end();
        pattern("body", condition.bodyPattern);
    }
    void writeCondition(const LogCondition &condition) { pattern("log", condition.pattern); }
    void writeCondition(const CommandCondition &condition) { command("command", condition.command); }
    void writeCondition(const NotifyCondition & /*condition*/) { m_yaml.entry("notify", "true"); }
    void writeCondition(const WatchdogCondition &condition)
    {
        m_yaml.entry("watchdog", durationWord(condition.silence));
    }

    void writeRestart(const RestartRule &rule)
    {
        const RestartRule defaults;
        m_yaml.begin("restart");
        word("policy", RestartPolicyWords, rule.policy, defaults.policy);
        m_yaml.begin("backoff");
        duration("initial", rule.backoff.initial, defaults.backoff.initial);
        fraction("factor", rule.backoff.factor, defaults.backoff.factor);
        duration("max", rule.backoff.longest, defaults.backoff.longest);
        fraction("jitter", rule.backoff.jitter, defaults.backoff.jitter);
        m_yaml.end();
        duration("reset_after", rule.resetAfter, defaults.resetAfter);
        m_yaml.begin("crash_loop");
        number("exits", rule.crashLoopExits, defaults.crashLoopExits);
        duration("within", rule.crashLoopWindow, defaults.crashLoopWindow);
        m_yaml.end();
        writeSuccess(rule);
        flag("on_unhealthy", rule.onUnhealthy, defaults.onUnhealthy);
        m_yaml.end();
    }

    void writeSuccess(const RestartRule &rule)
    {
        std::vector<std::string> codes;
        codes.reserve(rule.successCodes.size());
        for (const int code : rule.successCodes) {
            codes.push_back(std::to_string(code));
        }
        std::vector<std::string> signals;
        signals.reserve(rule.successSignals.size());
        for (const int signal : rule.successSignals) {
            signals.push_back(signalWord(signal));
        }
        m_yaml.begin("success");
        if (codes.empty()) {
            m_yaml.entry("codes", "[]");
        } else if (rule.successCodes != RestartRule().successCodes) {
            m_yaml.flowList("codes", codes);
        }
        m_yaml.flowList("signals", signals);
        m_yaml.end();
    }

    void writeWatch(const WatchRule &rule)
    {
        if (rule == WatchRule()) {
            return;
        }
        std::vector<std::string> paths;
        paths.reserve(rule.paths.size());
        for (const auto &watched : rule.paths) {
            paths.push_back(yamlScalar(expandable(relativePath(watched, m_directory))));
        }
        m_yaml.begin("watch");
        if (paths.empty()) {
            m_yaml.entry("paths", "[]");
        }
        m_yaml.flowList("paths", paths);
        texts("include", rule.include);
        texts("exclude", rule.exclude);
        duration("debounce", rule.debounce, WatchRule().debounce);
        m_yaml.end();
    }

    void writeStop(const StopRule &rule)
    {
        const StopRule defaults;
        m_yaml.begin("stop");
        command("command", rule.command);
        if (rule.signal != defaults.signal) {
            m_yaml.entry("signal", signalWord(rule.signal));
        }
        duration("grace", rule.grace, defaults.grace);
        word("scope", StopScopeWords, rule.scope, defaults.scope);
        m_yaml.end();
    }

    void writeLog(const LogRule &rule)
    {
        const LogRule defaults;
        m_yaml.begin("log");
        if (rule.maxBytes != defaults.maxBytes) {
            m_yaml.entry("max_size", byteSizeWord(rule.maxBytes));
        }
        number("files", rule.files, defaults.files);
        m_yaml.end();
    }

    void writeAlerts(const std::vector<AlertSpec> &alerts)
    {
        const AlertSpec defaults;
        m_yaml.begin("alerts");
        for (const auto &alert : alerts) {
            m_yaml.beginItem();
            pattern("pattern", alert.pattern);
            if (!alert.name.empty()) {
                text("name", alert.name);
            }
            word("level", AlertLevelWords, alert.level, defaults.level);
            flag("notify", alert.notifies, defaults.notifies);
            m_yaml.end();
        }
        m_yaml.end();
    }

    /// A text in which the reader expands variables.
    [[nodiscard]] std::string expandable(std::string_view value) const
    {
        if (m_dollars == Dollars::References) {
            return std::string(value);
        }
        std::string escaped;
        for (std::size_t i = 0; i < value.size(); ++i) {
            const char next = i + 1 < value.size() ? value[i + 1] : ' ';
            escaped += value[i] == '$' && (next == '$' || next == '{') ? "$$" : std::string(1, value[i]);
        }
        return escaped;
    }

    void text(std::string_view key, std::string_view value) { m_yaml.entry(key, yamlScalar(expandable(value))); }
    void texts(std::string_view key, const std::vector<std::string> &values)
    {
        std::vector<std::string> items;
        items.reserve(values.size());
        for (const auto &value : values) {
            items.push_back(yamlScalar(expandable(value)));
        }
        m_yaml.flowList(key, items);
    }
    void path(std::string_view key, const std::string &value) { text(key, relativePath(value, m_directory)); }
    void pattern(std::string_view key, const std::string &value)
    {
        if (!value.empty()) {
            m_yaml.entry(key, yamlScalar(value));
        }
    }
    void command(std::string_view key, const ServerCommand &command)
    {
        if (!command.shellLine.empty()) {
            m_yaml.entry(key, yamlScalar(command.shellLine));
        }
        texts(key, command.arguments);
    }
    void address(const std::optional<IpAddress> &address)
    {
        if (address) {
            m_yaml.entry("address", yamlScalar(toString(*address)));
        }
    }
    void flag(std::string_view key, bool value, bool usual)
    {
        if (value != usual) {
            m_yaml.entry(key, value ? "true" : "false");
        }
    }
    void number(std::string_view key, int value, int usual)
    {
        if (value != usual) {
            m_yaml.entry(key, std::to_string(value));
        }
    }
    void fraction(std::string_view key, double value, double usual)
    {
        if (value != usual) {
            m_yaml.entry(key, fractionText(value));
        }
    }
    void duration(std::string_view key, std::chrono::milliseconds value, std::chrono::milliseconds usual)
    {
        if (value != usual) {
            m_yaml.entry(key, durationWord(value));
        }
    }
    template<typename Value, std::size_t Count>
    void word(std::string_view key, const std::array<Word<Value>, Count> &words, Value value, Value usual)
    {
        if (value != usual) {
            m_yaml.entry(key, wordFor(words, value));
        }
    }

    YamlWriter m_yaml;
    std::string m_directory;
    Dollars m_dollars;
};

} // namespace

std::string configText(const ServerFile &file, const std::string &directory, Dollars dollars)
{
    return ConfigWriter(directory, dollars).write(file);
}

} // namespace Quay
