// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/supervise/controlmessage.h"

#include <QObject>
#include <QTest>

#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>

using namespace std::chrono_literals;
using Quay::ControlMessage;
using Quay::controlMessageFrom;
using Quay::ControlReply;
using Quay::ControlRequest;
using Quay::controlRequestFrom;
using Quay::ControlVerb;
using Quay::toText;

class tst_ControlMessage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void requestIsReadAsItWasWritten();
    void impossibleRequestFails_data();
    void impossibleRequestFails();
    void replyIsReadAsItWasWritten();
    void refusalIsReadAsItWasWritten();
    void eventAndGrowthAreReadAsTheyWereWritten();
    void statusOfALaterVersionIsStillRead();
    void impossibleMessageFails();
};

void tst_ControlMessage::requestIsReadAsItWasWritten()
{
    for (const auto &request :
         {ControlRequest{.verb = ControlVerb::Status, .id = std::numeric_limits<std::uint64_t>::max()},
          ControlRequest{.verb = ControlVerb::Subscribe, .id = 1},
          ControlRequest{.verb = ControlVerb::Stop, .id = 2, .signal = 2, .grace = 0ms, .isForced = true},
          ControlRequest{.verb = ControlVerb::Signal, .id = 3, .signal = 64}}) {
        QCOMPARE(controlRequestFrom(toText(request)).value(), request);
    }
}

void tst_ControlMessage::impossibleRequestFails_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addRow("empty") << std::string();
    QTest::addRow("unknown verb") << std::string("explode id=1");
    QTest::addRow("no id") << std::string("status");
    QTest::addRow("negative id") << std::string("status id=-1");
    QTest::addRow("signal 0") << std::string("signal id=1 signal=0");
    QTest::addRow("signal 65") << std::string("signal id=1 signal=65");
    QTest::addRow("no signal") << std::string("signal id=1");
    QTest::addRow("signal is a word") << std::string("stop id=1 signal=KILL");
    QTest::addRow("negative grace") << std::string("stop id=1 graceMs=-5");
    QTest::addRow("grace of years") << std::string("stop id=1 graceMs=9223372036854775807");
    QTest::addRow("line break") << std::string("status id=1\n");
}

void tst_ControlMessage::impossibleRequestFails()
{
    QFETCH(const std::string, text);

    QVERIFY(!controlRequestFrom(text));
}

void tst_ControlMessage::replyIsReadAsItWasWritten()
{
    const ControlMessage message = ControlReply{
        .id = 5,
        .error = {},
        .status = Quay::RunStatus{.phase = Quay::RunPhase::Stopping,
                                  .runId = "187b-0",
                                  .startedAt = {.realTime = 1s, .sinceBoot = 2s},
                                  .server = Quay::ProcessMark{.id = {.pid = 3, .startTicks = 4}, .serial = 5},
                                  .isReady = true,
                                  .text = "warming up\n",
                                  .aliveAt = 6s,
                                  .exit = Quay::ExitStatus{.code = 7, .signal = 0, .dumpedCore = false},
                                  .killsIn = 8ms,
                                  .eventCount = 9,
                                  .log = {.rotations = 10, .bytes = 11},
                                  .lostBytes = 12,
                                  .logErrno = 13,
                                  .recordErrno = 14}};

    QVERIFY(controlMessageFrom(toText(message)).value() == message);
}

void tst_ControlMessage::refusalIsReadAsItWasWritten()
{
    const ControlMessage message = ControlReply{
        .id = 5, .error = Quay::Error{.code = Quay::ErrorCode::Denied, .subject = "a b", .sysErrno = 1}, .status = {}};

    QVERIFY(controlMessageFrom(toText(message)).value() == message);
}

void tst_ControlMessage::eventAndGrowthAreReadAsTheyWereWritten()
{
    const ControlMessage event =
        Quay::RunEvent{.kind = Quay::RunEventKind::Ready, .number = 1, .at = {.realTime = 1s, .sinceBoot = 2s}};
    const ControlMessage growth = Quay::LogPosition{.rotations = 1, .bytes = 2};

    QVERIFY(controlMessageFrom(toText(event)).value() == event);
    QVERIFY(controlMessageFrom(toText(growth)).value() == growth);
}

void tst_ControlMessage::statusOfALaterVersionIsStillRead()
{
    const auto message = controlMessageFrom("reply id=1 phase=meditating run=1 real=1 boot=2 mood=good");

    QVERIFY(message.has_value());
    const auto &status = std::get<ControlReply>(*message).status;
    QVERIFY(status.has_value());
    QCOMPARE(status->phase, Quay::RunPhase::Unknown);
}

void tst_ControlMessage::impossibleMessageFails()
{
    for (const std::string text : {"", "reply", "reply id=x", "exited", "\xff"}) {
        QVERIFY2(!controlMessageFrom(text), text.c_str());
    }
}

QTEST_APPLESS_MAIN(tst_ControlMessage)
#include "tst_controlmessage.moc"
