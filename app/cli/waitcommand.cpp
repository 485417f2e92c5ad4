// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/waitcommand.h"

#include "app/cli/durationoption.h"
#include "app/cli/httprequests.h"
#include "app/cli/listenerjson.h"
#include "app/cli/localprobes.h"
#include "app/cli/portholder.h"
#include "app/cli/progressline.h"
#include "app/cli/serverfile.h"
#include "app/cli/serverprobe.h"
#include "app/cli/waittext.h"
#include "app/shared/format.h"
#include "core/base/endpoint.h"
#include "core/control/moduleloader.h"
#include "core/probes/httpprobe.h"
#include "core/probes/tcpprobe.h"

#include <QCoreApplication>
#include <QString>

#include <algorithm>
#include <utility>

#include <CLI/App.hpp>

namespace Quay {

namespace {

struct WaitTexts
{
    Q_DECLARE_TR_FUNCTIONS(WaitCommand)
};

bool isLoopbackHost(const std::string &host)
{
    const auto address = ipAddressFromText(host);
    return host == "localhost" || (address && isLoopback(*address));
}

/// With each `%` that begins no escape such as `%20` written as one.
std::string withWholePercents(std::string_view url)
{
    constexpr std::string_view HexDigits = "0123456789abcdefABCDEF";
    std::string whole;
    for (std::size_t at = 0; at < url.size(); ++at) {
        const auto digits = url.substr(at + 1, 2);
        const bool isEscape = digits.size() == 2 && digits.find_first_not_of(HexDigits) == std::string_view::npos;
        whole += url[at] == '%' && !isEscape ? std::string_view("%25") : url.substr(at, 1);
    }
    return whole;
}

QString noTargetText(const std::string &word)
{
    if (httpTargetFromUrl(withWholePercents(word))) { // nothing else is wrong with it
        return WaitTexts::tr("'%1' is not an address: a % that no two hexadecimal digits follow is written %25.")
            .arg(shownText(word));
    }
    if (isHttpUrl(word)) {
        return WaitTexts::tr(
                   "'%1' is not an address that can be asked: it needs a host, may have a port from 1 to 65535, "
                   "and has no blanks in it.")
            .arg(shownText(word));
    }
    if (endpointFromText(word)) {
        return WaitTexts::tr("'%1' cannot be waited for. Did you mean 'tcp:%1'?").arg(shownText(word));
    }
    return WaitTexts::tr("'%1' cannot be waited for. Allowed are a port from 1 to 65535, free:PORT, "
                         "server:NAME, tcp:HOST:PORT, http://... and https://...")
        .arg(shownText(word));
}

} // namespace

struct WaitCommand::Plan
{
    std::vector<WaitTarget> targets;
    std::chrono::milliseconds timeout{};
};

WaitCommand::WaitCommand() = default;

WaitCommand::~WaitCommand() = default;

QString WaitCommand::description() const
{
    return WaitTexts::tr("Wait until servers are ready or ports are free");
}

QString WaitCommand::arguments() const
{
    return QStringLiteral("TARGET...");
}

void WaitCommand::setup(CLI::App &parser)
{
    parser
        .add_option(
            "TARGET", m_words,
            WaitTexts::tr(
                "PORT listens, free:PORT can be bound, server:NAME is ready, tcp:HOST:PORT accepts connections, "
                "http://... or https://... answers below 400. All must be met")
                .toStdString())
        ->option_text(" ")
        ->required();
    parser
        .add_option("--timeout", m_timeout,
                    WaitTexts::tr("How long at most: 60 (seconds), 500ms, 2m. 60s when not given").toStdString())
        ->option_text(WaitTexts::tr("DURATION").toStdString());
    parser.add_flag("--json", m_json, WaitTexts::tr("Print JSON").toStdString());
}

ExitCode WaitCommand::execute(CommandContext &context)
{
    const auto planned = plan(context);
    if (!planned) {
        return ExitCode::Usage;
    }
    std::vector<std::unique_ptr<WaitProbe>> probes;
    for (const auto &target : planned->targets) {
        auto probe = probeFor(target);
        if (!probe) {
            complain(context,
                     WaitTexts::tr("Web servers cannot be asked here: %1").arg(shownText(probe.error().subject)));
            return ExitCode::NotAchieved;
        }
        probes.push_back(std::move(*probe));
    }
    std::vector<WaitOutcome> outcomes;
    {
        ProgressLine line(context.err);
        Waiter::Progress progress;
        if (context.err.traits().isTerminal) {
            progress = [&](const std::vector<WaitOutcome> &sofar) { line.show(progressText(planned->targets, sofar)); };
        }
        Waiter waiter(std::move(probes), planned->timeout, context.clock);
        outcomes = waiter.run(progress);
    }
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        explain(context, planned->targets[i], outcomes[i]);
    }
    report(context, *planned, outcomes);
    return std::ranges::all_of(outcomes, &WaitOutcome::isMet) ? ExitCode::Done : ExitCode::NotAchieved;
}

/// Says itself what is wrong: each kind of word has a sentence of its own.
Result<WaitCommand::Plan> WaitCommand::plan(CommandContext &context) const
{
    Plan plan;
    for (const auto &word : m_words) {
        auto target = waitTargetFromText(word);
        if (!target) {
            complain(context, noTargetText(word));
            return std::unexpected(target.error());
        }
        plan.targets.push_back(std::move(*target));
    }
    const auto timeout = readDurationOption(context, m_timeout);
    if (!timeout) {
        return std::unexpected(timeout.error());
    }
    plan.timeout = *timeout;
    return plan;
}

Result<std::unique_ptr<WaitProbe>> WaitCommand::probeFor(const WaitTarget &target)
{
    if (m_lookup == nullptr) {
        m_lookup = std::make_unique<ListenerLookup>();
    }
    switch (target.kind) {
    case WaitTarget::Kind::Listen:
        return std::make_unique<ListenProbe>(target.port, *m_lookup);
    case WaitTarget::Kind::Free:
        return std::make_unique<FreeProbe>(target.port, *m_lookup);
    case WaitTarget::Kind::Tcp:
        return std::make_unique<TcpProbe>(target.host, target.port);
    case WaitTarget::Kind::Server:
        return std::make_unique<ServerProbe>(target.host, usualServerFile());
    case WaitTarget::Kind::Http:
        break;
    }
    if (m_http == nullptr) {
        m_http = std::make_unique<ModuleLoader>(QStringLiteral("quay-http"));
    }
    return createTranslatedRequester(*m_http).transform([&target](std::unique_ptr<HttpRequester> requester) {
        return std::make_unique<HttpProbe>(
            HttpTarget{.request = {.url = target.word, .headers = {}}, .host = target.host, .port = target.port},
            std::move(requester));
    });
}

/// Adds what is too dear to be found out at every attempt.
void WaitCommand::explain(CommandContext &context, const WaitTarget &target, WaitOutcome &outcome)
{
    if (outcome.seen.what == Observation::What::PortHeld) {
        outcome.seen.detail = portHolder(context, target.port, Protocol::Tcp);
    }
    if (outcome.seen.what == Observation::What::Refused && isLoopbackHost(target.host)) {
        const auto elsewhere = m_lookup->anywhere(target.port);
        if (elsewhere && !elsewhere->empty()) {
            outcome.seen.detail = toString(elsewhere->front().localAddress);
        }
    }
}

void WaitCommand::report(CommandContext &context, const Plan &plan, const std::vector<WaitOutcome> &outcomes) const
{
    if (m_json) {
        std::ignore = context.out.write(jsonDocument(waitJson(plan.targets, outcomes, plan.timeout)));
    }
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        const QString text = outcomeText(plan.targets[i], outcomes[i]);
        if (!outcomes[i].isMet) {
            complain(context, text);
        } else if (!m_json) {
            std::ignore = context.out.writeLine(text);
        }
    }
}

} // namespace Quay
