// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/preflighttext.h"

#include "app/shared/endingtext.h"
#include "app/shared/format.h"
#include "app/shared/httptext.h"
#include "core/base/endpoint.h"
#include "core/processes/secretmask.h"
#include "core/processes/secrettext.h"

#include <QCoreApplication>
#include <QStringList>

namespace Quay {

namespace {

struct PreflightText
{
    Q_DECLARE_TR_FUNCTIONS(PreflightText)
};

QString shownCommand(const ServerCommand &command)
{
    constexpr qsizetype Longest = 60;
    QString text = shownText(maskedText(command.shellLine));
    if (!command.arguments.empty()) {
        QStringList words;
        for (const auto &word : maskedArguments(command.arguments)) {
            words << shownText(word);
        }
        text = words.join(u' ');
    }
    return text.size() > Longest ? QString(text.left(Longest) + u'\u2026') : text;
}

QString portText(const PortCheck &check)
{
    const QString place =
        check.address ? shownText(endpointText(*check.address, check.port)) : QString::number(check.port);
    return check.protocol == Protocol::Udp ? PreflightText::tr("UDP port %1").arg(place)
                                           : PreflightText::tr("port %1").arg(place);
}

/// The UDP port that it is about. Null: it is about something else.
const PortCheck *udpPortOf(const CheckOutcome &outcome)
{
    const auto *const port = std::get_if<PortCheck>(&outcome.check.subject);
    return port != nullptr && port->protocol == Protocol::Udp ? port : nullptr;
}

/// One function for each kind of check.
struct SubjectText
{
    QString operator()(const VariableCheck &check) const
    {
        return PreflightText::tr("variable %1").arg(shownText(check.variable));
    }
    QString operator()(const FileCheck &check) const { return PreflightText::tr("file %1").arg(shownText(check.path)); }
    QString operator()(const DirectoryCheck &check) const
    {
        return PreflightText::tr("directory %1").arg(shownText(check.path));
    }
    QString operator()(const ProgramCheck &check) const
    {
        return PreflightText::tr("program %1").arg(shownText(check.program));
    }
    QString operator()(const VersionCheck &check) const
    {
        const QString tool = shownText(check.tool);
        return check.file.empty()
            ? QString(tool + u' ' + shownText(check.requirement))
            : PreflightText::tr("%1 as in %2", "a program, a file").arg(tool, shownText(check.file));
    }
    QString operator()(const CommandCheck &check) const
    {
        return PreflightText::tr("command %1").arg(shownCommand(check.command));
    }
    QString operator()(const PortCheck &check) const { return portText(check); }
    QString operator()(const TcpCheck &check) const
    {
        return shownText("tcp:" + endpointWord({.host = check.host, .port = check.port}));
    }
    QString operator()(const HttpCheck &check) const { return shownText(maskedText(check.request.url)); }
    QString operator()(const DiskCheck &check) const
    {
        return PreflightText::tr("%1 of room in %2").arg(bytesText(check.freeBytes), shownText(check.directory));
    }
};

QString withDetail(const QString &text, const std::string &detail)
{
    constexpr qsizetype Longest = 120;
    QString shown = shownText(detail);
    if (shown.size() > Longest) {
        shown = QString(shown.left(Longest) + u'\u2026');
    }
    return detail.empty() ? text : QString(text + QStringLiteral(": ") + shown);
}

/// Then what is wanted does not stand in the check.
bool isSaidByFile(const PreflightCheck &check)
{
    const auto *const version = std::get_if<VersionCheck>(&check.subject);
    return version != nullptr && !version->file.empty();
}

QString versionFinding(const CheckOutcome &outcome)
{
    const QString detail = shownText(outcome.detail);
    switch (outcome.finding) {
    case CheckFinding::VersionUnmet:
        return isSaidByFile(outcome.check)
            ? PreflightText::tr("is %1, wanted is %2").arg(detail, shownText(outcome.wanted))
            : PreflightText::tr("is %1", "a version").arg(detail);
    case CheckFinding::VersionUnknown:
        return withDetail(PreflightText::tr("does not tell its version"), outcome.detail);
    case CheckFinding::PinMissing:
        return PreflightText::tr("the file says nothing about it");
    case CheckFinding::PinUnclear:
        return PreflightText::tr("the file says '%1', which cannot be compared").arg(detail);
    default:
        return {};
    }
}

QString networkFinding(const CheckOutcome &outcome)
{
    switch (outcome.finding) {
    case CheckFinding::HostUnknown:
        return withDetail(PreflightText::tr("the host is not found"), outcome.detail);
    case CheckFinding::Refused:
        return PreflightText::tr("refuses connections");
    case CheckFinding::Unreachable:
        return withDetail(PreflightText::tr("cannot be reached"), outcome.detail);
    case CheckFinding::HttpKeyRefused:
        return PreflightText::tr("answers %1: the key is refused").arg(outcome.number);
    case CheckFinding::HttpTooMany:
        return PreflightText::tr("answers %1: too many requests").arg(outcome.number);
    case CheckFinding::HttpStatus:
        return PreflightText::tr("answers %1").arg(outcome.number);
    case CheckFinding::TlsFailed:
        return withDetail(PreflightText::tr("TLS failed"), outcome.detail);
    case CheckFinding::HttpFailed:
        return withDetail(PreflightText::tr("HTTP failed"), outcome.detail);
    case CheckFinding::HttpUnavailable:
        return httpUnavailableText(outcome.detail);
    default:
        return {};
    }
}

QString goodText(const CheckOutcome &outcome)
{
    if (std::holds_alternative<VersionCheck>(outcome.check.subject)) {
        return PreflightText::tr("is %1", "a version").arg(shownText(outcome.detail));
    }
    if (std::holds_alternative<HttpCheck>(outcome.check.subject)) {
        return PreflightText::tr("answers %1").arg(outcome.number);
    }
    if (std::holds_alternative<DiskCheck>(outcome.check.subject)) {
        return PreflightText::tr("(%1 free)").arg(bytesText(outcome.freeBytes));
    }
    return std::holds_alternative<PortCheck>(outcome.check.subject) ? PreflightText::tr("is free") : QString();
}

QString commandFinding(const CheckOutcome &outcome)
{
    const bool isNamed = std::holds_alternative<ProgramCheck>(outcome.check.subject);
    const QString program = shownText(outcome.detail);
    switch (outcome.finding) {
    case CheckFinding::ProgramMissing:
        return isNamed ? PreflightText::tr("is not found") : PreflightText::tr("%1 is not found").arg(program);
    case CheckFinding::ProgramNotExecutable:
        return isNamed ? PreflightText::tr("may not be executed")
                       : PreflightText::tr("%1 may not be executed").arg(program);
    case CheckFinding::CommandFailed:
        return withDetail(PreflightText::tr("ended with %1", "an exit code").arg(outcome.number), outcome.detail);
    case CheckFinding::CommandKilled:
        return withDetail(PreflightText::tr("ended on %1", "a signal").arg(signalText(outcome.number)), outcome.detail);
    default:
        return {};
    }
}

QString localFinding(const CheckOutcome &outcome, const QString &holder)
{
    switch (outcome.finding) {
    case CheckFinding::Good:
        return goodText(outcome);
    case CheckFinding::NotFinished:
        return withDetail(PreflightText::tr("no answer within %1").arg(elapsedText(outcome.check.timeout)),
                          outcome.detail);
    case CheckFinding::VariableUnset:
        return PreflightText::tr("is not set");
    case CheckFinding::VariableEmpty:
        return PreflightText::tr("is empty");
    case CheckFinding::VariableMismatch:
        return PreflightText::tr("does not match the pattern");
    case CheckFinding::NotThere:
        return PreflightText::tr("is not there");
    case CheckFinding::NotReadable:
        return withDetail(PreflightText::tr("cannot be read"), outcome.detail);
    case CheckFinding::NotAFile:
        return PreflightText::tr("is not a file");
    case CheckFinding::NotADirectory:
        return PreflightText::tr("is not a directory");
    case CheckFinding::PortHeld:
        return holder.isEmpty() ? PreflightText::tr("is in use") : PreflightText::tr("is held by %1").arg(holder);
    case CheckFinding::PortHeldByItself:
        return PreflightText::tr("held by %1 itself, which runs", "the name of a server")
            .arg(shownText(outcome.server));
    case CheckFinding::PortLingering:
        return udpPortOf(outcome) != nullptr
            ? PreflightText::tr("cannot be bound: somebody has a connected UDP socket there")
            : PreflightText::tr("cannot be bound yet: connections of its last server are still ending");
    case CheckFinding::PortUnknown:
        return withDetail(PreflightText::tr("nothing can be found out about it"), outcome.detail);
    case CheckFinding::DiskFull:
        return PreflightText::tr("only %1 are free").arg(bytesText(outcome.freeBytes));
    default:
        return {};
    }
}

QString portWayOut(const CheckOutcome &outcome)
{
    const auto *const port = std::get_if<PortCheck>(&outcome.check.subject);
    const QString number = QString::number(port != nullptr ? port->port : 0);
    if (outcome.severity == Severity::Warning && outcome.nextPort) {
        return PreflightText::tr("It will take %1.").arg(*outcome.nextPort);
    }
    QString text = PreflightText::tr("Free it with 'quay free %1', or use the server that is there.").arg(number);
    if (!outcome.nextPort) {
        return text;
    }
    return QString(text + u' '
                   + PreflightText::tr("Port %1 is free: 'take_next: true' lets it have that.").arg(*outcome.nextPort));
}

/// A connection ends by itself, a socket when whoever has it lets go.
QString lingeringWayOut(const CheckOutcome &outcome)
{
    const auto *const udp = udpPortOf(outcome);
    return udp != nullptr ? PreflightText::tr("'quay free %1 --dry-run' says who has it.").arg(udp->port)
                          : PreflightText::tr("It will be free within a minute or two.");
}

} // namespace

QString checkText(const PreflightCheck &check)
{
    const QString subject = std::visit(SubjectText(), check.subject);
    return check.name.empty() ? subject : QString(shownText(check.name) + QStringLiteral(" (") + subject + u')');
}

QString findingText(const CheckOutcome &outcome, const QString &holder)
{
    for (const auto &text :
         {localFinding(outcome, holder), commandFinding(outcome), versionFinding(outcome), networkFinding(outcome)}) {
        if (!text.isEmpty()) {
            return text;
        }
    }
    return {};
}

QString wayOutText(const CheckOutcome &outcome)
{
    switch (outcome.finding) {
    case CheckFinding::VariableUnset:
    case CheckFinding::VariableEmpty:
        return PreflightText::tr("Set it in the environment, in an env file or under 'environment'.");
    case CheckFinding::ProgramMissing:
        return PreflightText::tr("Install it, or add its directory to PATH.");
    case CheckFinding::ProgramNotExecutable:
        return PreflightText::tr("'chmod +x' makes it executable.");
    case CheckFinding::VersionUnmet:
        return PreflightText::tr("Install or choose that version.");
    case CheckFinding::PortHeld:
        return portWayOut(outcome);
    case CheckFinding::PortLingering:
        return lingeringWayOut(outcome);
    case CheckFinding::Refused:
        return PreflightText::tr("Start what is to listen there.");
    case CheckFinding::HttpKeyRefused:
        return PreflightText::tr("Check the key in its headers.");
    case CheckFinding::HttpTooMany:
        return PreflightText::tr("Wait, or ask for less.");
    case CheckFinding::DiskFull:
        return PreflightText::tr("Remove what is not needed there.");
    case CheckFinding::NotFinished:
        return PreflightText::tr("'timeout' gives it more time.");
    default: // what was found says it all
        return {};
    }
}

} // namespace Quay
