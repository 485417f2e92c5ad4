// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/durationoption.h"
#include "app/cli/serveraction.h"
#include "app/shared/usernames.h"
#include "tests/cli/scriptedcli.h"

#include <QObject>
#include <QTest>

#include <chrono>
#include <string>

using namespace std::chrono_literals;

namespace {

constexpr auto Complaint = "quay: 'so\\non' is not a duration. Allowed are seconds (5, 0.5) and numbers with a unit "
                           "(500ms, 2m, 1h), up to a day.\n";
constexpr auto Word = "so\non";

/// What complaints go to.
struct Room
{
    Quay::Test::TextOutput out{Quay::OutputTraits()};
    Quay::Test::TextOutput err{Quay::OutputTraits()};
    Quay::Test::ScriptedMachine machine;
    Quay::UserNames users{{}, 1000};
    Quay::Test::ScriptedTicker ticker;
    Quay::Test::ScriptedPrompter prompter;
    Quay::Test::ScriptedAuthority authority;
    Quay::Test::FakeManagers managers;
    Quay::CommandContext context{.out = out,
                                 .err = err,
                                 .machine = machine,
                                 .users = users,
                                 .ticker = ticker,
                                 .prompter = prompter,
                                 .authority = authority,
                                 .managers = managers};
};

} // namespace

class tst_DurationOption : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void durationsAreRead();
    void otherWordsAreComplainedAbout();
    void timeLimitOfServersIsSuchAnOption();
};

void tst_DurationOption::durationsAreRead()
{
    Room room;

    QCOMPARE(Quay::readDurationOption(room.context, "0.5").value(), std::chrono::milliseconds(500ms));
    QCOMPARE(Quay::readDurationOption(room.context, "2m").value(), std::chrono::milliseconds(2min));
    QCOMPARE(room.err.text, std::string());
}

void tst_DurationOption::otherWordsAreComplainedAbout()
{
    Room room;

    const auto duration = Quay::readDurationOption(room.context, Word);

    QVERIFY(!duration);
    QCOMPARE(duration.error().code, Quay::ErrorCode::Invalid);
    QCOMPARE(duration.error().subject, std::string(Word));
    QCOMPARE(room.err.text, std::string(Complaint));
}

void tst_DurationOption::timeLimitOfServersIsSuchAnOption()
{
    Room room;
    Quay::ServerOptions options;

    QVERIFY(!options.timeLimit(room.context).value());
    options.timeout = "3";
    QVERIFY(options.timeLimit(room.context).value() == std::chrono::nanoseconds(3s));
    options.timeout = Word;
    QVERIFY(!options.timeLimit(room.context));
    QCOMPARE(room.err.text, std::string(Complaint));
}

QTEST_GUILESS_MAIN(tst_DurationOption)
#include "tst_durationoption.moc"
