// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/startuptext.h"

#include "app/cli/tableprinter.h"
#include "app/shared/format.h"
#include "app/shared/starttext.h"
#include "core/kernel/ipaddress.h"
#include "core/startup/startupphase.h"

#include <QChar>
#include <QCoreApplication>
#include <QString>
#include <QStringList>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

namespace Quay {

namespace {

using std::chrono::nanoseconds;

constexpr int GapWidth = 2;
constexpr int ShortestBar = 10;
constexpr int LongestName = 30;

struct StartupTexts
{
    Q_DECLARE_TR_FUNCTIONS(StartupCommand)
};

/// One line of the waterfall before it is laid out.
struct Row
{
    QString name;
    double begin = 0; ///< Share of the whole, as is end.
    double end = 0;
    bool isEnded = true;
    QString took;
    QString remark;
};

/// The characters to draw with.
struct Ink
{
    QChar bar;
    QChar openBar;
    QString attention;
};

Ink inkOf(const WaterfallTraits &traits)
{
    return traits.isUtf8 ? Ink{.bar = u'\u2588', .openBar = u'\u2591', .attention = QStringLiteral("\u25b2")}
                         : Ink{.bar = u'#', .openBar = u'-', .attention = QStringLiteral("!")};
}

/// How long what is shown took: until it was ready, or until the last that happened.
nanoseconds wholeOf(const StartupRun &run)
{
    auto whole = run.readyAfter.value_or(nanoseconds{});
    for (const auto &phase : run.phases) {
        whole = std::max({whole, phase.begin, phase.end.value_or(phase.begin)});
    }
    return std::max(whole, nanoseconds{1});
}

const SlowPhase *slowness(const StartComparison &comparison, const std::string &phase)
{
    const auto found = std::ranges::find(comparison.slowPhases, phase, &SlowPhase::phase);
    return found != comparison.slowPhases.end() ? &*found : nullptr;
}

QString remarkOf(const StartupPhase &phase, const StartComparison &comparison, const Ink &ink)
{
    switch (phase.state) {
    case PhaseState::Running:
        return ink.attention + u' ' + StartupTexts::tr("not over");
    case PhaseState::Interrupted:
        return ink.attention + u' ' + StartupTexts::tr("interrupted");
    case PhaseState::Ended:
        break;
    }
    const auto *const slow = slowness(comparison, phase.name);
    return slow != nullptr
        ? QString(ink.attention + u' ' + StartupTexts::tr("slower, usually %1").arg(elapsedText(slow->usual)))
        : QString();
}

Row rowOf(const StartupPhase &phase, const StartComparison &comparison, nanoseconds whole, const Ink &ink)
{
    const auto share = [whole](nanoseconds time) {
        return std::chrono::duration<double>(time) / std::chrono::duration<double>(whole);
    };
    const auto end = phase.end.value_or(whole);
    return {.name = phaseText(phase.name),
            .begin = share(phase.begin),
            .end = share(end),
            .isEnded = phase.state == PhaseState::Ended,
            .took = elapsedText(end - phase.begin),
            .remark = remarkOf(phase, comparison, ink)};
}

QString barOf(const Row &row, int width, const Ink &ink)
{
    const int begin = std::min(static_cast<int>(std::floor(row.begin * width)), width - 1);
    const int end = std::clamp(static_cast<int>(std::ceil(row.end * width)), begin + 1, width);
    return QString(begin, u' ') + QString(end - begin, row.isEnded ? ink.bar : ink.openBar)
        + QString(width - end, u' ');
}

QString padded(const QString &text, int width)
{
    return text + QString(std::max(width - cellWidth(text), 0), u' ');
}

int widest(const std::vector<Row> &rows, QString Row::*part, int most)
{
    int width = 0;
    for (const auto &row : rows) {
        width = std::max(width, cellWidth(row.*part));
    }
    return std::min(width, most);
}

QString linesOf(const std::vector<Row> &rows, const WaterfallTraits &traits, const Ink &ink)
{
    constexpr int Any = std::numeric_limits<int>::max();
    const int names = widest(rows, &Row::name, LongestName);
    const int times = widest(rows, &Row::took, Any);
    const int remarks = widest(rows, &Row::remark, Any);
    const int bars = traits.columns - names - times - remarks - (remarks > 0 ? 3 : 2) * GapWidth;
    const QString gap(GapWidth, u' ');
    QString lines;
    for (const auto &row : rows) {
        QString line = padded(elided(row.name, names), names) + gap;
        if (bars >= ShortestBar) {
            line += barOf(row, bars, ink) + gap;
        }
        line += QString(times - cellWidth(row.took), u' ') + row.took;
        if (!row.remark.isEmpty()) {
            line += gap + row.remark;
        }
        lines += line + u'\n';
    }
    return lines;
}

QString titleOf(const StartupRun &run, const StartComparison &comparison)
{
    const QString server = shownText(run.server);
    const QString whole = elapsedText(wholeOf(run));
    switch (run.outcome) {
    case StartOutcome::Failed:
        return StartupTexts::tr("%1: failed after %2").arg(server, whole);
    case StartOutcome::Stopped:
        return StartupTexts::tr("%1: stopped after %2, before it was ready").arg(server, whole);
    case StartOutcome::Ready:
        break;
    }
    const QString took = elapsedText(run.readyAfter.value_or(wholeOf(run)));
    if (!comparison.total) {
        return StartupTexts::tr("%1: ready after %2").arg(server, took);
    }
    const QString usual = elapsedText(comparison.total->median);
    return comparison.isSlower
        ? StartupTexts::tr("%1: ready after %2, clearly slower than usual (%3)").arg(server, took, usual)
        : StartupTexts::tr("%1: ready after %2, usually %3").arg(server, took, usual);
}

/// What the server did during a phase that is worth a question.
QString noteOf(const StartupPhase &phase)
{
    QStringList parts;
    for (const auto &refused : phase.usage->refused) {
        const auto endpoint = QString::fromStdString(endpointText(refused.address, refused.port));
        parts << StartupTexts::tr("nobody listened at %1 (%n attempt(s))", nullptr, static_cast<int>(refused.attempts))
                     .arg(endpoint);
    }
    parts << StartupTexts::tr("%1 of processor time, waiting for %2 of the time")
                 .arg(elapsedText(phase.usage->cpuTime), percentText(phase.usage->waitingShare));
    return StartupTexts::tr("%1: %2", "phase of a start: what it did")
        .arg(phaseText(phase.name), parts.join(QStringLiteral("; ")));
}

/// Whether it was in the way of a start that something else was not as it has to be.
bool isBlocked(const StartupPhase &phase)
{
    return phase.state == PhaseState::Interrupted && phase.source == PhaseSource::Agent && !phase.detail.empty();
}

QString notesOf(const StartupRun &run, const StartComparison &comparison)
{
    QString notes;
    for (const auto &phase : run.phases) {
        const bool isNoticed = phase.state != PhaseState::Ended || slowness(comparison, phase.name) != nullptr;
        if (isBlocked(phase)) {
            notes += StartupTexts::tr("%1: in the way was %2", "phase of a start: what stopped it")
                         .arg(phaseText(phase.name), shownText(phase.detail))
                + u'\n';
        }
        if (phase.usage && (isNoticed || !phase.usage->refused.empty())) {
            notes += noteOf(phase) + u'\n';
        }
    }
    return notes;
}

QString asciiOf(const QString &text)
{
    QString ascii;
    for (const QChar letter : text) {
        constexpr char16_t LastAscii = 0x7e;
        constexpr char16_t Ellipsis = 0x2026;
        if (letter.isLowSurrogate()) {
            continue; // said by its other half
        }
        ascii += letter.unicode() <= LastAscii ? letter : letter.unicode() == Ellipsis ? u'~' : u'?';
    }
    return ascii;
}

} // namespace

QString waterfallText(const StartupRun &run, const StartComparison &comparison, const WaterfallTraits &traits)
{
    const auto ink = inkOf(traits);
    const auto whole = wholeOf(run);
    std::vector<Row> rows;
    rows.reserve(run.phases.size());
    for (const auto &phase : run.phases) {
        rows.push_back(rowOf(phase, comparison, whole, ink));
    }
    const QString text = titleOf(run, comparison) + u'\n' + linesOf(rows, traits, ink) + notesOf(run, comparison);
    return traits.isUtf8 ? text : asciiOf(text);
}

} // namespace Quay
