// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/startup/startuphistory.h"

#include "core/base/words.h"
#include "core/kernel/ipaddress.h"

#include <QByteArray>
#include <QSqlQuery>
#include <QString>
#include <QVariant>
#include <QVariantList>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace Quay {

namespace {

using std::chrono::nanoseconds;

/// Times in nanoseconds. Texts of others are bytes, not always UTF-8.
constexpr std::array FirstStep{
    "CREATE TABLE run (id INTEGER PRIMARY KEY, file BLOB NOT NULL, server BLOB NOT NULL, began_ns INTEGER NOT NULL,"
    " outcome TEXT NOT NULL, ready_ns INTEGER)",
    "CREATE INDEX run_of_server ON run (file, server, id)",
    "CREATE TABLE phase (run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE, position INTEGER NOT NULL,"
    " name BLOB NOT NULL, begin_ns INTEGER NOT NULL, end_ns INTEGER, state TEXT NOT NULL, source TEXT NOT NULL,"
    " detail BLOB NOT NULL, said_ns INTEGER, cpu_ns INTEGER, waiting_share REAL, resident_bytes INTEGER,"
    " PRIMARY KEY (run, position)) WITHOUT ROWID",
    "CREATE TABLE refusal (run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE, phase INTEGER NOT NULL,"
    " position INTEGER NOT NULL, address TEXT NOT NULL, port INTEGER NOT NULL, attempts INTEGER NOT NULL,"
    " PRIMARY KEY (run, phase, position)) WITHOUT ROWID",
};
constexpr std::array<SchemaStep, 1> Steps{SchemaStep(FirstStep)};

QVariant bytes(const std::string &text)
{
    return QByteArray(text.data(), static_cast<qsizetype>(text.size())); // not null when it is empty
}

QVariant word(std::string_view text)
{
    return QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
}

QVariant time(std::optional<nanoseconds> value)
{
    return value ? QVariant(static_cast<qint64>(value->count())) : QVariant();
}

std::string bytesIn(const QSqlQuery &query, int column)
{
    return query.value(column).toByteArray().toStdString();
}

std::string wordIn(const QSqlQuery &query, int column)
{
    return query.value(column).toString().toStdString();
}

std::optional<nanoseconds> timeIn(const QSqlQuery &query, int column)
{
    const auto value = query.value(column);
    return value.isNull() ? std::nullopt : std::optional(nanoseconds(value.toLongLong()));
}

StartupPhase phaseIn(const QSqlQuery &query)
{
    StartupPhase phase{.name = bytesIn(query, 1),
                       .begin = timeIn(query, 2).value_or(nanoseconds{}),
                       .end = timeIn(query, 3),
                       .state = valueFor(PhaseStateWords, wordIn(query, 4)).value_or(PhaseState::Interrupted),
                       .source = valueFor(PhaseSourceWords, wordIn(query, 5)).value_or(PhaseSource::Agent),
                       .detail = bytesIn(query, 6),
                       .said = timeIn(query, 7)};
    if (const auto cpuTime = timeIn(query, 8)) {
        phase.usage = PhaseUsage{.cpuTime = *cpuTime,
                                 .waitingShare = query.value(9).toDouble(),
                                 .residentBytes = static_cast<std::uint64_t>(query.value(10).toLongLong())};
    }
    return phase;
}

} // namespace

StartupHistory::StartupHistory(SqliteFile file, HistoryLimits limits)
    : m_file(std::move(file))
    , m_limits(limits)
{
}

Result<StartupHistory> StartupHistory::open(const std::string &path, HistoryLimits limits)
{
    return SqliteFile::open(path, Steps, limits.bytes).transform([limits](SqliteFile file) {
        return StartupHistory(std::move(file), limits);
    });
}

Result<> StartupHistory::add(const StartupRun &run)
{
    return m_file.inTransaction([this, &run] { return insert(run).and_then([&] { return forgetOldest(run); }); });
}

Result<std::vector<StartupRun>> StartupHistory::runs(const std::string &file, const std::string &server,
                                                     std::size_t most)
{
    auto query = m_file.run(QStringLiteral("SELECT id, began_ns, outcome, ready_ns FROM run"
                                           " WHERE file = ? AND server = ? ORDER BY id DESC LIMIT ?"),
                            {bytes(file), bytes(server), static_cast<qint64>(most)});
    if (!query) {
        return std::unexpected(query.error());
    }
    std::vector<StartupRun> runs;
    while (query->next()) {
        auto phases = phasesOf(query->value(0).toLongLong());
        if (!phases) {
            return std::unexpected(phases.error());
        }
        runs.push_back({.file = file,
                        .server = server,
                        .beganAt = timeIn(*query, 1).value_or(nanoseconds{}),
                        .outcome = valueFor(StartOutcomeWords, wordIn(*query, 2)).value_or(StartOutcome::Failed),
                        .readyAfter = timeIn(*query, 3),
                        .phases = *std::move(phases)});
    }
    return runs;
}

Result<> StartupHistory::insert(const StartupRun &run) const
{
    const auto replaced = m_file.run(QStringLiteral("DELETE FROM run WHERE file = ? AND server = ? AND began_ns = ?"),
                                     {bytes(run.file), bytes(run.server), time(run.beganAt)});
    if (!replaced) {
        return std::unexpected(replaced.error());
    }
    const auto inserted =
        m_file.run(QStringLiteral("INSERT INTO run (file, server, began_ns, outcome, ready_ns) VALUES (?, ?, ?, ?, ?)"),
                   {bytes(run.file), bytes(run.server), time(run.beganAt),
                    word(wordFor(StartOutcomeWords, run.outcome)), time(run.readyAfter)});
    if (!inserted) {
        return std::unexpected(inserted.error());
    }
    const auto id = inserted->lastInsertId().toLongLong();
    int position = 0;
    for (const auto &phase : run.phases) {
        if (const auto done = insertPhase(id, position++, phase); !done) {
            return done;
        }
    }
    return {};
}

Result<> StartupHistory::insertPhase(qint64 run, int position, const StartupPhase &phase) const
{
    const auto &usage = phase.usage;
    const auto inserted =
        m_file.run(QStringLiteral("INSERT INTO phase VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
                   {run, position, bytes(phase.name), time(phase.begin), time(phase.end),
                    word(wordFor(PhaseStateWords, phase.state)), word(wordFor(PhaseSourceWords, phase.source)),
                    bytes(phase.detail), time(phase.said), usage ? time(usage->cpuTime) : QVariant(),
                    usage ? QVariant(usage->waitingShare) : QVariant(),
                    usage ? QVariant(static_cast<qint64>(usage->residentBytes)) : QVariant()});
    if (!inserted) {
        return std::unexpected(inserted.error());
    }
    int number = 0;
    for (const auto &refused : usage ? usage->refused : std::vector<RefusedEndpoint>()) {
        const auto done =
            m_file.run(QStringLiteral("INSERT INTO refusal VALUES (?, ?, ?, ?, ?, ?)"),
                       {run, position, number++, word(toString(refused.address)), refused.port, refused.attempts});
        if (!done) {
            return std::unexpected(done.error());
        }
    }
    return {};
}

Result<> StartupHistory::forgetOldest(const StartupRun &run) const
{
    return m_file
        .run(QStringLiteral("DELETE FROM run WHERE file = ? AND server = ? AND id NOT IN"
                            " (SELECT id FROM run WHERE file = ? AND server = ? ORDER BY id DESC LIMIT ?)"),
             {bytes(run.file), bytes(run.server), bytes(run.file), bytes(run.server),
              static_cast<qint64>(m_limits.runsPerServer)})
        .and_then([this](const QSqlQuery &) {
            return m_file.run(
                QStringLiteral("DELETE FROM run WHERE id NOT IN (SELECT id FROM run ORDER BY id DESC LIMIT ?)"),
                {static_cast<qint64>(m_limits.runs)});
        })
        .transform([](const QSqlQuery &) {});
}

Result<std::vector<StartupPhase>> StartupHistory::phasesOf(qint64 run) const
{
    auto query = m_file.run(QStringLiteral("SELECT position, name, begin_ns, end_ns, state, source, detail, said_ns,"
                                           " cpu_ns, waiting_share, resident_bytes FROM phase"
                                           " WHERE run = ? ORDER BY position"),
                            {run});
    if (!query) {
        return std::unexpected(query.error());
    }
    std::vector<StartupPhase> phases;
    while (query->next()) {
        auto phase = phaseIn(*query);
        if (phase.usage) {
            auto refused = refusalsOf(run, query->value(0).toLongLong());
            if (!refused) {
                return std::unexpected(refused.error());
            }
            phase.usage->refused = *std::move(refused);
        }
        phases.push_back(std::move(phase));
    }
    return phases;
}

Result<std::vector<RefusedEndpoint>> StartupHistory::refusalsOf(qint64 run, qint64 phase) const
{
    auto query = m_file.run(
        QStringLiteral("SELECT address, port, attempts FROM refusal WHERE run = ? AND phase = ? ORDER BY position"),
        {run, phase});
    if (!query) {
        return std::unexpected(query.error());
    }
    std::vector<RefusedEndpoint> refused;
    while (query->next()) {
        if (const auto address = ipAddressFromText(wordIn(*query, 0))) {
            refused.push_back({.address = *address,
                               .port = static_cast<std::uint16_t>(query->value(1).toUInt()),
                               .attempts = query->value(2).toUInt()});
        }
    }
    return refused;
}

} // namespace Quay
