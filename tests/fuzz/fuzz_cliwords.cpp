// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/portrange.h"
#include "app/cli/waittarget.h"
#include "app/cli/whyquery.h"
#include "app/models/searchterm.h"
#include "core/base/endpoint.h"
#include "core/base/error.h"
#include "core/servers/configreader.h"
#include "tests/fuzz/require.h"

#include <QLatin1StringView>
#include <QString>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using Quay::SearchTerm;
using Quay::WaitTarget;
using Quay::WhyQuery;
using Quay::Fuzz::require;

namespace {

/// A refusal names the whole word.
void requireRefusal(const Quay::Error &error, std::string_view word)
{
    require(error == Quay::Error{.code = Quay::ErrorCode::Invalid, .subject = std::string(word)});
}

void requireRange(std::string_view word)
{
    const auto range = Quay::portRangeFromText(word);
    if (!range) {
        requireRefusal(range.error(), word);
        return;
    }
    require(range->first >= 1 && range->first <= range->last);
    require(word.find_first_not_of("0123456789-", word.starts_with(':') ? 1 : 0) == std::string_view::npos);
    require(Quay::portRangeFromText(Quay::portRangeText(*range).toStdString()) == *range);
}

std::string written(const WhyQuery &query)
{
    if (!query.pid) {
        return ':' + std::to_string(query.port.value_or(0));
    }
    return (query.port ? "" : "pid:") + std::to_string(*query.pid);
}

void requireQuery(std::string_view word)
{
    const auto query = Quay::whyQueryFromText(word);
    if (!query) {
        requireRefusal(query.error(), word);
        return;
    }
    require(query->port || query->pid);
    require(query->port != 0 && (!query->pid || *query->pid > 0));
    require(!query->port || !query->pid || *query->port == *query->pid);
    require(Quay::whyQueryFromText(written(*query)) == *query);
}

std::string written(const WaitTarget &target)
{
    switch (target.kind) {
    case WaitTarget::Kind::Listen:
        return std::to_string(target.port);
    case WaitTarget::Kind::Free:
        return "free:" + std::to_string(target.port);
    case WaitTarget::Kind::Tcp:
        return "tcp:" + Quay::endpointWord({.host = target.host, .port = target.port});
    case WaitTarget::Kind::Server:
        return "server:" + target.host;
    case WaitTarget::Kind::Http:
        break; // of the address there is more than its place
    }
    return target.word;
}

void requireTarget(std::string_view word)
{
    const auto target = Quay::waitTargetFromText(word);
    if (!target) {
        requireRefusal(target.error(), word);
        return;
    }
    const auto kind = target->kind;
    require(target->word == word);
    require((target->port == 0) == (kind == WaitTarget::Kind::Server));
    require(kind != WaitTarget::Kind::Server || Quay::isServerName(target->host));
    require(kind != WaitTarget::Kind::Tcp || !target->host.empty());
    require((kind != WaitTarget::Kind::Listen && kind != WaitTarget::Kind::Free) || target->host.empty());
    const auto again = Quay::waitTargetFromText(written(*target));
    require(again.has_value() && again->kind == kind && again->host == target->host && again->port == target->port);
}

/// The term alone, as text of its field whatever is in it.
QString written(const SearchTerm &term)
{
    static constexpr std::array Fields{"", "port:", "pid:", "user:", "unit:", "project:", "kind:", "addr:"};
    return QLatin1StringView(Fields.at(static_cast<std::size_t>(term.field))) % u'"' % term.text % u'"';
}

/// But for what its place among others makes of it.
bool isSame(const SearchTerm &one, const SearchTerm &other)
{
    return one.field == other.field && one.text == other.text && one.folded == other.folded
        && one.isAscii == other.isAscii && one.isNumber == other.isNumber && one.first == other.first
        && one.last == other.last;
}

void requireTerm(const SearchTerm &term)
{
    const bool isOfPorts = term.field == SearchTerm::Field::Port;
    require(!term.text.isEmpty() && !term.text.contains(u'"'));
    require(std::ranges::none_of(term.folded, [](char character) { return character >= 'A' && character <= 'Z'; }));
    require(term.isNumber || isOfPorts ? term.first >= 0 && term.first <= term.last
                                       : term.first == -1 && term.last == -1);
    require(!term.isNumber || term.first == term.last);
    require(!term.isBegun || (isOfPorts && term.isNumber && term.first >= 1 && term.first <= 999));
    require(term.isIn(QString(u'<' % term.text % u'>')));
}

void requireSearch(std::string_view bytes)
{
    const auto terms = Quay::parseSearch(QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size())));
    QString again;
    for (const auto &term : terms) {
        requireTerm(term);
        require(!term.isBegun || &term == &terms.back());
        again += written(term) + u' ';
    }
    require(std::ranges::equal(Quay::parseSearch(again), terms, isSame));
}

} // namespace

// The input is a word that somebody typed: behind `quay ports`, `quay why` or `quay wait`, or into the search field.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto word = Quay::Fuzz::asText(data, size);
    requireRange(word);
    requireQuery(word);
    requireTarget(word);
    requireSearch(word);
    return 0;
}
