// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/checklabel.h"

#include "core/base/endpoint.h"
#include "core/processes/secretmask.h"
#include "core/processes/secrettext.h"
#include "core/servers/preflightwords.h"

#include <string>
#include <variant>
#include <vector>

namespace Quay {

namespace {

/// What is looked at, in a word or two: one function for each kind of check.
struct Subject
{
    std::string operator()(const VariableCheck &check) const { return check.variable; }
    std::string operator()(const FileCheck &check) const { return check.path; }
    std::string operator()(const DirectoryCheck &check) const { return check.path; }
    std::string operator()(const ProgramCheck &check) const { return check.program; }
    std::string operator()(const VersionCheck &check) const { return check.tool; }
    std::string operator()(const CommandCheck &check) const
    {
        std::string text = maskedText(check.command.shellLine);
        for (const auto &word : maskedArguments(check.command.arguments)) {
            text += (text.empty() ? "" : " ") + word;
        }
        return text;
    }
    std::string operator()(const PortCheck &check) const
    {
        return check.address ? endpointText(*check.address, check.port) : std::to_string(check.port);
    }
    std::string operator()(const TcpCheck &check) const { return check.host + ':' + std::to_string(check.port); }
    std::string operator()(const HttpCheck &check) const { return maskedText(check.request.url); }
    std::string operator()(const DiskCheck &check) const { return check.directory; }
};

} // namespace

std::string checkLabel(const PreflightCheck &check)
{
    if (!check.name.empty()) {
        return check.name;
    }
    return std::string(CheckKindWords[check.subject.index()]) + ' ' + std::visit(Subject(), check.subject);
}

std::string blockersIn(const std::vector<CheckOutcome> &outcomes)
{
    std::string labels;
    for (const auto &outcome : outcomes) {
        if (!outcome.isMet && outcome.severity == Severity::Critical) {
            labels += (labels.empty() ? "" : ", ") + checkLabel(outcome.check);
        }
    }
    return labels;
}

} // namespace Quay
