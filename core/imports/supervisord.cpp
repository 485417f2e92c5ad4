// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imports/supervisord.h"

#include "core/base/number.h"
#include "core/base/signalname.h"
#include "core/imports/foreignmap.h"
#include "core/imports/inifile.h"
#include "core/imports/shellwords.h"
#include "core/servers/configpath.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <format>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace Quay {

namespace {

constexpr std::string_view ProgramPrefix = "program:";
constexpr std::string_view GroupPrefix = "group:";
constexpr int UsualPriority = 999;
constexpr int MostProcesses = 64;
constexpr int MostSeconds = 86'400;

/// What `%(...)s` stands for in one process of a program.
struct Placeholders
{
    std::string here;
    std::string program;
    std::string group;
    int number = 0;
};

/// A text of ours: a `$` that means itself, followed by what would make a reference of it, is doubled.
std::string literal(std::string_view text)
{
    std::string escaped;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char next = i + 1 < text.size() ? text[i + 1] : ' ';
        escaped += text[i] == '$' && (next == '$' || next == '{') ? "$$" : std::string(1, text[i]);
    }
    return escaped;
}

/// `%(process_num)02d`: what is between parenthesis and letter is a width.
std::optional<std::string> placeholder(std::string_view name, std::string_view width, const Placeholders &values)
{
    constexpr std::string_view Environment = "ENV_";
    if (name.starts_with(Environment) && isVariableName(name.substr(Environment.size()))) {
        return "${" + std::string(name.substr(Environment.size())) + '}';
    }
    if (name == "here") {
        return values.here;
    }
    if (name == "program_name") {
        return values.program;
    }
    if (name == "group_name") {
        return values.group;
    }
    if (name == "process_num") {
        constexpr int WidestNumber = 9;
        const auto digits = numberFromText<int>(width.empty() ? "0" : width).value_or(0);
        return std::format("{:0{}}", values.number, std::clamp(digits, 0, WidestNumber));
    }
    return std::nullopt;
}

/// Nothing when a placeholder is not known.
std::optional<std::string> filled(std::string_view text, const Placeholders &values)
{
    std::string result;
    while (!text.empty()) {
        const auto percent = std::min(text.find('%'), text.size());
        result += literal(text.substr(0, percent));
        text.remove_prefix(percent);
        if (text.starts_with("%%")) {
            result += '%';
            text.remove_prefix(2);
        } else if (!text.empty()) {
            const auto close = text.find(')');
            const auto letter = text.find_first_of("sd", close);
            if (!text.starts_with("%(") || letter == std::string_view::npos) {
                return std::nullopt;
            }
            const auto value =
                placeholder(text.substr(2, close - 2), text.substr(close + 1, letter - close - 1), values);
            if (!value) {
                return std::nullopt;
            }
            result += *value;
            text.remove_prefix(letter + 1);
        }
    }
    return result;
}

/// `50MB`, in steps of 1024 as Supervisor counts.
std::optional<std::uint64_t> supervisorSize(std::string_view text)
{
    constexpr std::array Units{std::pair{std::string_view("KB"), 10U}, std::pair{std::string_view("MB"), 20U},
                               std::pair{std::string_view("GB"), 30U}};
    std::string upper(text);
    std::ranges::transform(upper, upper.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    unsigned shift = 0;
    for (const auto &[unit, unitShift] : Units) {
        if (upper.ends_with(unit)) {
            shift = unitShift;
            upper.resize(upper.size() - unit.size());
        }
    }
    const auto count = numberFromText<std::uint32_t>(upper);
    return count.transform([shift](std::uint32_t number) { return std::uint64_t{number} << shift; });
}

/// One section, whose entries are taken one by one; what is left is told.
class Program
{
public:
    Program(const IniSection &section, LossList &losses)
        : m_section(section)
        , m_losses(losses)
    {
    }

    [[nodiscard]] const IniEntry *take(std::string_view key)
    {
        m_taken.emplace(key);
        const auto entry = std::ranges::find(m_section.entries, key, &IniEntry::key);
        return entry != m_section.entries.end() ? &*entry : nullptr;
    }

    [[nodiscard]] std::optional<int> number(std::string_view key, int most)
    {
        const IniEntry *const entry = take(key);
        const auto value = entry != nullptr ? numberFromText<int>(entry->value) : std::nullopt;
        if (entry != nullptr && (!value || *value < 0 || *value > most)) {
            lose(LossReason::NotUnderstood, *entry);
            return std::nullopt;
        }
        return value;
    }

    [[nodiscard]] std::optional<bool> flag(std::string_view key)
    {
        constexpr std::array<std::string_view, 4> Yes{"true", "yes", "on", "1"};
        constexpr std::array<std::string_view, 4> No{"false", "no", "off", "0"};
        const IniEntry *const entry = take(key);
        if (entry == nullptr) {
            return std::nullopt;
        }
        const bool isYes = std::ranges::contains(Yes, std::string_view(entry->value));
        if (!isYes && !std::ranges::contains(No, std::string_view(entry->value))) {
            lose(LossReason::NotUnderstood, *entry);
            return std::nullopt;
        }
        return isYes;
    }

    void lose(LossReason reason, const IniEntry &entry, std::string detail = {})
    {
        m_losses.add(reason, entry.line, '[' + m_section.name + "] " + entry.key, std::move(detail));
    }

    void tellRest()
    {
        for (const auto &entry : m_section.entries) {
            if (!m_taken.contains(entry.key)) {
                lose(LossReason::NoCounterpart, entry);
            }
        }
    }

    [[nodiscard]] const IniSection &section() const noexcept { return m_section; }

private:
    const IniSection &m_section;
    LossList &m_losses;
    std::set<std::string, std::less<>> m_taken;
};

class SupervisordImport
{
public:
    SupervisordImport(std::string_view text, const ImportSource &source)
        : m_ini(parseIniFile(text))
        , m_losses(source.path)
    {
        m_imported.file.path = source.path;
        m_directory = directoryOf(source.path);
        m_imported.file.project = fileNameOf(m_directory);
        m_imported.mistakes = m_ini.mistakes;
    }

    [[nodiscard]] ImportedServers run()
    {
        for (const auto &section : m_ini.sections) {
            if (section.name.starts_with(GroupPrefix)) {
                readGroup(section);
            }
        }
        for (const auto &section : m_ini.sections) {
            if (section.name.starts_with(ProgramPrefix)) {
                readProgram(section);
            } else if (section.name == "include") {
                m_losses.add(LossReason::FileNotRead, section.line, "[include]", "files");
            } else if (!section.name.starts_with(GroupPrefix)) { // of Supervisor itself, or a listener of its events
                m_losses.add(LossReason::NoCounterpart, section.line, '[' + section.name + ']');
            }
        }
        std::ranges::stable_sort(m_servers, {}, &std::pair<int, ServerSpec>::first);
        for (auto &[priority, server] : m_servers) {
            m_imported.file.servers.push_back(std::move(server));
        }
        for (auto &mistake : m_imported.mistakes) {
            mistake.file = m_imported.file.path;
        }
        m_imported.losses = m_losses.take();
        return std::move(m_imported);
    }

private:
    void readGroup(const IniSection &section)
    {
        Program group(section, m_losses);
        const std::string name = allowedServerName(std::string_view(section.name).substr(GroupPrefix.size()));
        if (const IniEntry *const programs = group.take("programs")) {
            std::string_view rest = programs->value;
            while (!rest.empty()) {
                const auto comma = std::min(rest.find(','), rest.size());
                const auto words = shellWords(rest.substr(0, comma));
                if (words && words->size() == 1) {
                    m_groups[words->front()] = name;
                }
                rest.remove_prefix(std::min(comma + 1, rest.size()));
            }
        }
        group.tellRest();
    }

    void readProgram(const IniSection &section)
    {
        Program program(section, m_losses);
        const std::string name = section.name.substr(ProgramPrefix.size());
        const int count = std::clamp(program.number("numprocs", MostProcesses).value_or(1), 0, MostProcesses);
        const int first = program.number("numprocs_start", MostSeconds).value_or(0);
        const int priority = program.number("priority", MostSeconds).value_or(UsualPriority);
        if (const IniEntry *const entry = program.take("priority"); entry != nullptr && priority != UsualPriority) {
            program.lose(LossReason::Approximated, *entry, "servers");
        }
        (void)program.take("process_name"); // names are made of the program's and the number
        ServerSpec common = commonOf(program);
        const IniEntry *const command = program.take("command");
        const IniEntry *const directory = program.take("directory");
        const IniEntry *const environment = program.take("environment");
        if (command == nullptr) {
            refuse(MistakeCode::MissingKey, section.line, {}, {"command"});
        }
        for (int i = 0; i < count && command != nullptr; ++i) {
            ServerSpec server = common;
            server.name = allowedServerName(count == 1 ? name : std::format("{}-{:02}", name, first + i));
            const auto group = m_groups.find(name);
            const Placeholders values{.here = m_directory,
                                      .program = name,
                                      .group = group != m_groups.end() ? group->second : name,
                                      .number = first + i};
            if (group != m_groups.end()) {
                server.groups = {group->second};
            } else if (count > 1) {
                server.groups = {allowedServerName(name)};
            }
            server.command.arguments = argumentsOf(*command, values);
            server.directory =
                directory != nullptr ? resolvedPath(filledText(*directory, values), m_directory, {}) : m_directory;
            server.environment = environment != nullptr ? environmentOf(*environment, values) : VariableMap{};
            m_servers.emplace_back(priority, std::move(server));
        }
        if (count == 1 && m_servers.size() > 0 && command != nullptr && m_servers.back().second.name != name) {
            m_losses.add(LossReason::Renamed, section.line, '[' + section.name + ']', m_servers.back().second.name);
        }
        program.tellRest();
    }

    /// What is the same in all its processes.
    [[nodiscard]] ServerSpec commonOf(Program &program)
    {
        ServerSpec server;
        server.startsWithAll = program.flag("autostart").value_or(true);
        readRestart(program, server);
        if (const IniEntry *const signal = program.take("stopsignal")) {
            const auto number = signalFromText(signal->value);
            server.stop.signal = number.value_or(server.stop.signal);
            if (!number) {
                program.lose(LossReason::NotUnderstood, *signal);
            }
        }
        if (const auto seconds = program.number("stopwaitsecs", MostSeconds)) {
            server.stop.grace = std::chrono::seconds(*seconds);
        }
        const bool asGroup = program.flag("stopasgroup").value_or(false);
        server.stop.scope = asGroup ? StopScope::Tree : StopScope::Process;
        (void)program.flag("killasgroup"); // in the end nobody is left in any case
        readLog(program, server);
        return server;
    }

    void readRestart(Program &program, ServerSpec &server)
    {
        server.restart.policy = RestartPolicy::OnFailure; // of what has no autorestart
        if (const IniEntry *const again = program.take("autorestart")) {
            if (again->value != "unexpected") {
                const bool isAlways = again->value == "true";
                server.restart.policy = isAlways ? RestartPolicy::Always : RestartPolicy::Never;
                if (!isAlways && again->value != "false") {
                    program.lose(LossReason::NotUnderstood, *again);
                }
            }
        }
        if (const auto retries = program.number("startretries", MostSeconds)) {
            server.restart.crashLoopExits = std::clamp(*retries + 1, 1, 1000);
            program.lose(LossReason::Approximated, *program.take("startretries"), "restart.crash_loop");
        }
        if (const IniEntry *const codes = program.take("exitcodes")) {
            server.restart.successCodes.clear();
            std::string_view rest = codes->value;
            while (!rest.empty()) {
                const auto comma = std::min(rest.find(','), rest.size());
                const auto words = shellWords(rest.substr(0, comma));
                const auto code = words && words->size() == 1 ? numberFromText<int>(words->front()) : std::nullopt;
                if (code && *code >= 0 && *code <= 255) {
                    server.restart.successCodes.insert(*code);
                } else {
                    program.lose(LossReason::NotUnderstood, *codes);
                }
                rest.remove_prefix(std::min(comma + 1, rest.size()));
            }
        }
    }

    /// Where it writes is ours to say, how much is kept is not.
    static void readLog(Program &program, ServerSpec &server)
    {
        for (const std::string_view key : {"stdout_logfile", "stderr_logfile"}) {
            const IniEntry *const file = program.take(key);
            if (file != nullptr && file->value != "AUTO" && file->value != "NONE") {
                program.lose(LossReason::NoCounterpart, *file);
            }
        }
        (void)program.flag("redirect_stderr"); // both are kept, apart
        if (const IniEntry *const size = program.take("stdout_logfile_maxbytes")) {
            const auto bytes = supervisorSize(size->value);
            if (bytes && *bytes > 0) {
                server.log.maxBytes = *bytes;
            } else {
                program.lose(bytes ? LossReason::NoCounterpart : LossReason::NotUnderstood, *size); // 0: never rotated
            }
        }
        if (const auto backups = program.number("stdout_logfile_backups", 999)) {
            server.log.files = *backups + 1;
        }
    }

    [[nodiscard]] std::string filledText(const IniEntry &entry, const Placeholders &values)
    {
        auto text = filled(entry.value, values);
        if (!text) {
            refuse(MistakeCode::BadExpansion, entry.line, entry.key);
        }
        return text.value_or(std::string());
    }

    [[nodiscard]] std::vector<std::string> argumentsOf(const IniEntry &command, const Placeholders &values)
    {
        auto words = shellWords(filledText(command, values));
        if (!words) {
            refuse(MistakeCode::UnterminatedQuote, command.line, command.key);
        } else if (words->empty()) {
            refuse(MistakeCode::Empty, command.line, command.key);
        }
        return words.value_or(std::vector<std::string>());
    }

    /// `A="1",B=2`
    [[nodiscard]] VariableMap environmentOf(const IniEntry &entry, const Placeholders &values)
    {
        VariableMap variables;
        const std::string text = filledText(entry, values);
        std::string_view rest = text;
        while (!rest.empty()) {
            const auto end = endOfVariable(rest);
            const auto words = shellWords(rest.substr(0, end));
            const auto sign = words && words->size() == 1 ? words->front().find('=') : std::string::npos;
            if (sign != std::string::npos && isVariableName(words->front().substr(0, sign))) {
                variables.insert_or_assign(words->front().substr(0, sign), words->front().substr(sign + 1));
            } else if (!words || !words->empty()) {
                m_losses.add(LossReason::NotUnderstood, entry.line, "[program:" + values.program + "] environment");
            }
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
        return variables;
    }

    /// The next comma that is not in quotation marks.
    static std::size_t endOfVariable(std::string_view text)
    {
        char quote = 0;
        for (std::size_t at = 0; at < text.size(); ++at) {
            if (quote != 0 ? text[at] == quote : text[at] == '"' || text[at] == '\'') {
                quote = quote != 0 ? '\0' : text[at];
            } else if (quote == 0 && text[at] == ',') {
                return at;
            }
        }
        return text.size();
    }

    void refuse(MistakeCode code, int line, std::string found, std::vector<std::string> allowed = {})
    {
        const ConfigMistake mistake{.code = code,
                                    .file = {},
                                    .position = {.line = line, .column = 0},
                                    .path = {},
                                    .found = std::move(found),
                                    .allowed = std::move(allowed)};
        if (!std::ranges::contains(m_imported.mistakes, mistake)) { // each process of a program has it
            m_imported.mistakes.push_back(mistake);
        }
    }

    IniFile m_ini;
    LossList m_losses;
    ImportedServers m_imported;
    std::string m_directory;
    std::map<std::string, std::string> m_groups; ///< Of programs.
    std::vector<std::pair<int, ServerSpec>> m_servers; ///< With their priority.
};

} // namespace

ImportedServers importSupervisord(std::string_view text, const ImportSource &source)
{
    return SupervisordImport(text, source).run();
}

} // namespace Quay
