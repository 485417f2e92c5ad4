// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/again/againstore.h"
#include "core/base/error.h"
#include "core/control/protectednames.h"
#include "tests/fuzz/require.h"

#include <QByteArray>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

using Quay::Fuzz::require;

namespace {

/// As execve(2) takes them.
void requireTexts(const std::vector<std::string> &texts)
{
    require(std::ranges::none_of(texts, [](const std::string &text) { return text.contains('\0'); }));
}

/// What is read can be started, and is written and read again as the same.
void requireEndedThings(std::string_view bytes)
{
    const auto things = Quay::endedThingsFromJson(bytes);
    if (!things) {
        require(things.error().code == Quay::ErrorCode::Malformed && !things.error().subject.empty());
        return;
    }
    for (const auto &spec : things->processes) {
        require(!spec.arguments.empty() && spec.executable.starts_with('/') && spec.directory.starts_with('/'));
        requireTexts({spec.name, spec.executable, spec.directory});
        requireTexts(spec.arguments);
        requireTexts(spec.environment);
    }
    for (const auto &service : things->services) {
        require(service.kind != Quay::ReviverKind::ProcessManager && !service.parts.empty());
        requireTexts({service.name, service.endpoint});
        requireTexts(service.parts);
    }
    require(std::ranges::all_of(things->started, [](const auto &process) { return process.pid > 0; }));
    const QByteArray written = Quay::toJson(*things);
    require(Quay::endedThingsFromJson({written.constData(), static_cast<std::size_t>(written.size())}) == *things);
}

void requireProtectedNames(std::string_view text)
{
    constexpr std::string_view Blanks = " \t\r";
    const auto names = Quay::parseProtectedNames(text);
    std::string again;
    for (const auto &name : names) {
        require(!name.empty() && name.find_first_of("#\n") == std::string::npos);
        require(!Blanks.contains(name.front()) && !Blanks.contains(name.back()));
        require(text.contains(name));
        again += name + '\n';
    }
    require(Quay::parseProtectedNames(again) == names);
}

} // namespace

// The input is a file of ours that anybody may have changed: `again/ATTEMPT.json`, or `protected`.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto text = Quay::Fuzz::asText(data, size);
    requireEndedThings(text);
    requireProtectedNames(text);
    return 0;
}
