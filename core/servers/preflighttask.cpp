// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/preflighttask.h"

#include "core/base/aside.h"
#include "core/base/mailbox.h"
#include "core/base/readfile.h"
#include "core/probes/httpprobe.h"
#include "core/probes/tcpprobe.h"
#include "core/servers/commandrun.h"
#include "core/servers/configpath.h"
#include "core/servers/programpath.h"
#include "core/servers/version.h"
#include "core/servers/versionpin.h"

#include <QRegularExpression>
#include <QString>

#include <cerrno>
#include <functional>
#include <system_error>
#include <utility>

#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace Quay {

namespace {

constexpr pollfd Nothing{.fd = -1, .events = 0, .revents = 0};

std::string systemText(int sysErrno)
{
    return std::generic_category().message(sysErrno);
}

/// The last line with something in it.
std::string lastLine(std::string_view text)
{
    constexpr std::string_view Blanks = " \t\r\n";
    const auto end = text.find_last_not_of(Blanks);
    if (end == std::string_view::npos) {
        return {};
    }
    const auto begin = text.find_last_of('\n', end) + 1; // npos + 1 is 0
    return std::string(text.substr(begin, end + 1 - begin));
}

/// Known without waiting.
class InstantTask : public PreflightTask
{
public:
    explicit InstantTask(std::function<CheckResult()> look)
        : m_look(std::move(look))
    {
    }

    [[nodiscard]] std::optional<CheckResult> begin(std::chrono::milliseconds /*limit*/) override { return m_look(); }
    [[nodiscard]] pollfd awaited() const override { return Nothing; }
    [[nodiscard]] std::optional<CheckResult> proceed() override { return std::nullopt; }
    [[nodiscard]] CheckResult giveUp() override { return {.finding = CheckFinding::NotFinished}; }

private:
    std::function<CheckResult()> m_look;
};

/// What a file system is asked, which may not answer for a long time when it is a network's. On a thread of its own
/// that is left behind when the time is up; all that it touches is its own.
class FileSystemTask : public PreflightTask
{
public:
    explicit FileSystemTask(std::function<CheckResult()> look)
        : m_look(std::move(look))
    {
    }

    [[nodiscard]] std::optional<CheckResult> begin(std::chrono::milliseconds /*limit*/) override
    {
        if (!runAside([mailbox = m_mailbox, look = std::move(m_look)] { mailbox->put(look()); })) {
            return CheckResult{.finding = CheckFinding::NotReadable, .detail = systemText(EAGAIN)};
        }
        return std::nullopt;
    }
    [[nodiscard]] pollfd awaited() const override
    {
        return {.fd = m_mailbox->descriptor(), .events = POLLIN, .revents = 0};
    }
    [[nodiscard]] std::optional<CheckResult> proceed() override { return m_mailbox->take(); }
    [[nodiscard]] CheckResult giveUp() override { return {.finding = CheckFinding::NotFinished}; }

private:
    std::function<CheckResult()> m_look;
    std::shared_ptr<Mailbox<CheckResult>> m_mailbox = std::make_shared<Mailbox<CheckResult>>();
};

CheckResult lookAtVariable(const VariableCheck &check, const VariableMap &environment)
{
    const auto variable = environment.find(check.variable);
    if (variable == environment.end()) {
        return {.finding = CheckFinding::VariableUnset};
    }
    if (variable->second.empty() && !check.mayBeEmpty) {
        return {.finding = CheckFinding::VariableEmpty};
    }
    if (!check.pattern.empty() && !variable->second.empty()) {
        const QRegularExpression pattern(QRegularExpression::anchoredPattern(QString::fromStdString(check.pattern)));
        if (!pattern.match(QString::fromStdString(variable->second)).hasMatch()) {
            return {.finding = CheckFinding::VariableMismatch};
        }
    }
    return {};
}

CheckResult lookAtPath(const std::string &path, bool isDirectory)
{
    struct stat status = {};
    if (::stat(path.c_str(), &status) != 0) {
        const bool isMissing = errno == ENOENT || errno == ENOTDIR;
        return {.finding = isMissing ? CheckFinding::NotThere : CheckFinding::NotReadable, .detail = systemText(errno)};
    }
    if (isDirectory != S_ISDIR(status.st_mode)) {
        return {.finding = isDirectory ? CheckFinding::NotADirectory : CheckFinding::NotAFile};
    }
    if (::access(path.c_str(), isDirectory ? X_OK : R_OK) != 0) {
        return {.finding = CheckFinding::NotReadable, .detail = systemText(errno)};
    }
    return {};
}

CheckResult resultFromError(const Error &error)
{
    const bool isDenied = error.code == ErrorCode::Denied;
    return {.finding = isDenied ? CheckFinding::ProgramNotExecutable : CheckFinding::ProgramMissing,
            .detail = error.subject};
}

std::string searchPathOf(const PreflightServer &server)
{
    const auto path = server.environment.find("PATH");
    return path != server.environment.end() ? path->second : "/usr/bin:/bin";
}

CheckResult lookAtProgram(const std::string &program, const std::string &searchPath, const std::string &directory)
{
    const auto found = findProgram(program, searchPath, directory);
    return found ? CheckResult{.finding = CheckFinding::Good, .detail = *found} : resultFromError(found.error());
}

CheckResult lookAtDisk(const DiskCheck &check)
{
    struct statvfs status = {};
    if (::statvfs(check.directory.c_str(), &status) != 0) {
        return {.finding = errno == ENOENT ? CheckFinding::NotThere : CheckFinding::NotReadable,
                .detail = systemText(errno)};
    }
    const std::uint64_t available = std::uint64_t{status.f_bavail} * status.f_frsize;
    return {.finding = available < check.freeBytes ? CheckFinding::DiskFull : CheckFinding::Good,
            .freeBytes = available};
}

CheckResult lookAtPort(const PortCheck &check, const PreflightMachine &machine)
{
    PortClaim claim{
        .protocol = check.protocol, .address = {.family = IpFamily::V6}, .port = check.port, .v6Only = false};
    if (check.address) {
        claim.address = *check.address;
        claim.v6Only = true;
    }
    PortProof proof = machine.prove(claim);
    switch (proof.state) {
    case PortState::Free:
    case PortState::FreeUntested:
        return {};
    case PortState::Held:
        return {.finding = CheckFinding::PortHeld, .holders = std::move(proof.holders)};
    case PortState::Lingering:
        return {.finding = CheckFinding::PortLingering};
    case PortState::Unknown:
        break;
    }
    return {.finding = CheckFinding::PortUnknown,
            .detail = proof.error ? systemText(proof.error->sysErrno) : std::string()};
}

/// Runs a command and judges how it ended.
class CommandTask : public PreflightTask
{
public:
    using Judge = std::function<CheckResult(const CommandResult &)>;

    CommandTask(ServerCommand command, const PreflightServer &server, Judge judge)
        : m_start{.arguments = executedArguments(command),
                  .directory = server.spec.directory,
                  .environment = server.environment}
        , m_judge(std::move(judge))
    {
    }

    [[nodiscard]] std::optional<CheckResult> begin(std::chrono::milliseconds /*limit*/) override
    {
        auto run = CommandRun::start(m_start);
        if (!run) {
            return resultFromError(run.error());
        }
        m_run.emplace(std::move(*run));
        return std::nullopt;
    }

    [[nodiscard]] pollfd awaited() const override
    {
        return {.fd = m_run ? m_run->descriptor() : -1, .events = POLLIN, .revents = 0};
    }

    [[nodiscard]] std::optional<CheckResult> proceed() override
    {
        return m_run->proceed().transform([this](const CommandResult &result) {
            if (result.exit.signal != 0) {
                return CheckResult{.finding = CheckFinding::CommandKilled,
                                   .detail = lastLine(result.output),
                                   .number = result.exit.signal};
            }
            return m_judge(result);
        });
    }

    [[nodiscard]] CheckResult giveUp() override
    {
        CheckResult result{.finding = CheckFinding::NotFinished,
                           .detail = m_run ? lastLine(m_run->output()) : std::string()};
        m_run.reset(); // with all that it started
        return result;
    }

private:
    CommandStart m_start;
    Judge m_judge;
    std::optional<CommandRun> m_run;
};

CheckResult judgeCommand(const CommandResult &result)
{
    const int code = result.exit.code.value_or(0);
    return {.finding = code == 0 ? CheckFinding::Good : CheckFinding::CommandFailed,
            .detail = code == 0 ? std::string() : lastLine(result.output),
            .number = code};
}

CheckResult judgeVersion(const CommandResult &result, const VersionRequirement &requirement, const std::string &wanted)
{
    if (result.exit.code.value_or(0) != 0) {
        CheckResult failed = judgeCommand(result);
        failed.wanted = wanted;
        return failed;
    }
    const auto version = versionInText(result.output);
    if (!version) {
        return {.finding = CheckFinding::VersionUnknown, .detail = lastLine(result.output), .wanted = wanted};
    }
    return {.finding = meets(*version, requirement) ? CheckFinding::Good : CheckFinding::VersionUnmet,
            .detail = versionText(*version),
            .wanted = wanted};
}

/// The version that the file of a check asks for, or why that is not known.
std::expected<std::string, CheckResult> wantedVersion(const VersionCheck &check)
{
    if (check.file.empty()) {
        return check.requirement;
    }
    const auto text = readFile(check.file);
    if (!text) {
        const bool isMissing = text.error().code == ErrorCode::Gone;
        return std::unexpected(CheckResult{.finding = isMissing ? CheckFinding::NotThere : CheckFinding::NotReadable,
                                           .detail = systemText(text.error().sysErrno)});
    }
    const auto pin = pinnedVersion(fileNameOf(check.file), check.tool, *text);
    if (!pin) {
        return std::unexpected(CheckResult{.finding = CheckFinding::PinMissing});
    }
    return *pin;
}

std::unique_ptr<PreflightTask> makeVersionTask(const VersionCheck &check, const PreflightServer &server)
{
    const auto wanted = wantedVersion(check);
    if (!wanted) {
        return std::make_unique<InstantTask>([result = wanted.error()] { return result; });
    }
    const auto requirement = check.file.empty() ? versionRequirementFromText(*wanted) : requirementFromPin(*wanted);
    if (!requirement) {
        return std::make_unique<InstantTask>(
            [pin = *wanted] { return CheckResult{.finding = CheckFinding::PinUnclear, .detail = pin}; });
    }
    return std::make_unique<CommandTask>(check.ask.isEmpty() ? versionCommand(check.tool) : check.ask, server,
                                         [requirement = *requirement, text = *wanted](const CommandResult &result) {
                                             return judgeVersion(result, requirement, text);
                                         });
}

CheckResult resultFrom(const Attempt &attempt)
{
    constexpr int Unauthorized = 401;
    constexpr int Forbidden = 403;
    constexpr int TooManyRequests = 429;
    const int status = attempt.seen.number;
    using What = Observation::What;
    switch (attempt.seen.what) {
    case What::Connected:
        return {};
    case What::HttpStatus:
        if (attempt.isMet) {
            return {.finding = CheckFinding::Good, .number = status};
        }
        if (status == Unauthorized || status == Forbidden) {
            return {.finding = CheckFinding::HttpKeyRefused, .number = status};
        }
        return {.finding = status == TooManyRequests ? CheckFinding::HttpTooMany : CheckFinding::HttpStatus,
                .number = status};
    case What::HostUnknown:
        return {.finding = CheckFinding::HostUnknown, .detail = attempt.seen.detail};
    case What::Refused:
        return {.finding = CheckFinding::Refused};
    case What::Unreachable:
        return {.finding = CheckFinding::Unreachable, .detail = attempt.seen.detail};
    case What::TlsFailed:
        return {.finding = CheckFinding::TlsFailed, .detail = attempt.seen.detail};
    case What::HttpFailed:
        return {.finding = CheckFinding::HttpFailed, .detail = attempt.seen.detail};
    case What::NotTried:
    case What::NobodyListens:
    case What::NotAccepted:
    case What::Listening:
    case What::PortFree:
    case What::PortFreeUntested:
    case What::PortHeld:
    case What::TimedOut:
    case What::NotReadable:
    case What::HttpHeaderMissing:
    case What::HttpBodyMismatch:
    case What::CommandEnded:
    case What::CommandNotRun:
    case What::NotManaged:
    case What::ManagedState:
    case What::NotSaid:
    case What::Silent:
    case What::HttpUnavailable:
        break;
    }
    return {.finding = CheckFinding::NotFinished};
}

/// One attempt at somebody over the network.
class NetworkTask : public PreflightTask
{
public:
    explicit NetworkTask(std::unique_ptr<WaitProbe> probe)
        : m_probe(std::move(probe))
    {
    }

    [[nodiscard]] std::optional<CheckResult> begin(std::chrono::milliseconds limit) override
    {
        return m_probe->begin(limit).transform(resultFrom);
    }
    [[nodiscard]] pollfd awaited() const override { return m_probe->awaited(); }
    [[nodiscard]] std::optional<CheckResult> proceed() override { return m_probe->proceed().transform(resultFrom); }
    [[nodiscard]] CheckResult giveUp() override { return resultFrom(m_probe->giveUp()); }

private:
    std::unique_ptr<WaitProbe> m_probe;
};

std::unique_ptr<PreflightTask> makeHttpTask(const HttpCheck &check, const PreflightMachine &machine)
{
    auto target = httpTargetFromUrl(check.request.url);
    auto requester = machine.createRequester();
    if (!requester) {
        return std::make_unique<InstantTask>([why = requester.error().subject] {
            return CheckResult{.finding = CheckFinding::HttpUnavailable, .detail = why};
        });
    }
    if (!target) {
        return std::make_unique<InstantTask>([] { return CheckResult{.finding = CheckFinding::HttpFailed}; });
    }
    target->request = check.request;
    return std::make_unique<NetworkTask>(std::make_unique<HttpProbe>(std::move(*target), std::move(*requester)));
}

/// One function for each kind of check.
struct TaskMaker
{
    const PreflightServer &server;
    const PreflightMachine &machine;

    using Task = std::unique_ptr<PreflightTask>;

    Task operator()(const VariableCheck &check) const
    {
        return std::make_unique<InstantTask>(
            [&check, owner = &server] { return lookAtVariable(check, owner->environment); });
    }
    Task operator()(const FileCheck &check) const
    {
        return std::make_unique<FileSystemTask>([path = check.path] { return lookAtPath(path, false); });
    }
    Task operator()(const DirectoryCheck &check) const
    {
        return std::make_unique<FileSystemTask>([path = check.path] { return lookAtPath(path, true); });
    }
    Task operator()(const ProgramCheck &check) const
    {
        return std::make_unique<FileSystemTask>(
            [program = check.program, searchPath = searchPathOf(server), directory = server.spec.directory] {
                return lookAtProgram(program, searchPath, directory);
            });
    }
    Task operator()(const VersionCheck &check) const { return makeVersionTask(check, server); }
    Task operator()(const CommandCheck &check) const
    {
        return std::make_unique<CommandTask>(check.command, server, judgeCommand);
    }
    Task operator()(const PortCheck &check) const
    {
        return std::make_unique<InstantTask>([&check, asked = &machine] { return lookAtPort(check, *asked); });
    }
    Task operator()(const TcpCheck &check) const
    {
        return std::make_unique<NetworkTask>(std::make_unique<TcpProbe>(check.host, check.port));
    }
    Task operator()(const HttpCheck &check) const { return makeHttpTask(check, machine); }
    Task operator()(const DiskCheck &check) const
    {
        return std::make_unique<FileSystemTask>([check] { return lookAtDisk(check); });
    }
};

} // namespace

std::unique_ptr<PreflightTask> makePreflightTask(const CheckSubject &subject, const PreflightServer &server,
                                                 const PreflightMachine &machine)
{
    return std::visit(TaskMaker{.server = server, .machine = machine}, subject);
}

} // namespace Quay
