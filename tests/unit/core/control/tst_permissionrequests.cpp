// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/ending.h"
#include "core/control/permissionrequests.h"
#include "core/control/privilegedclient.h"
#include "tests/support/scriptedhelper.h"

#include <QObject>
#include <QTest>

#include <csignal>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using Quay::EndingReport;
using Quay::EndingStage;
using Quay::ErrorCode;
using Quay::PermissionRequests;
using Quay::Result;
using Quay::SignalRequest;
using Quay::TargetProgress;
using Quay::TargetStage;
using Quay::Test::ScriptedHelper;

namespace {

TargetProgress refusedTarget(pid_t pid, int signal = SIGTERM)
{
    Quay::ProcessInfo info{.id = {.pid = pid, .startTicks = 1000}, .serial = 5};
    TargetProgress target{.process = std::make_shared<const Quay::ProcessInfo>(info),
                          .stage = TargetStage::NeedsPermission};
    target.signals.push_back(
        {.signal = signal, .at = {}, .error = Quay::Error{.code = ErrorCode::Denied, .subject = {}}});
    return target;
}

EndingReport reportOf(std::vector<TargetProgress> targets, EndingStage stage = EndingStage::Asking)
{
    EndingReport report;
    report.stage = stage;
    report.targets = std::move(targets);
    return report;
}

SignalRequest asked(const ScriptedHelper::Request &request)
{
    return Quay::signalRequestFrom(request.arguments).value();
}

/// What was handed on.
struct Handed
{
    std::uint64_t ending = 0;
    pid_t pid = 0;
    Result<> result;

    bool operator==(const Handed &) const = default;
};

} // namespace

class tst_PermissionRequests : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void refusedSignalsAreAskedForTogether();
    void othersAreNotAskedFor();
    void signalIsAskedForOnce();
    void nextSignalIsAskedForAgain();
    void eachSignalHasItsRequest();
    void endingsDoNotMix();
    void resultsAreHandedOn();
    void failureIsHandedOnToAll();
    void nonsenseIsAFailure();
    void finishedEndingWantsNothingMore();
    void nobodyIsAskedWhenItGoes();

private:
    std::unique_ptr<ScriptedHelper> m_helper;
    std::vector<Handed> m_handed;
    std::unique_ptr<PermissionRequests> m_requests;
};

void tst_PermissionRequests::init()
{
    m_handed.clear();
    m_requests.reset();
    m_helper = std::make_unique<ScriptedHelper>();
    m_requests = std::make_unique<PermissionRequests>(
        *m_helper, [this](std::uint64_t ending, Quay::ProcessId process, const Result<> &result) {
            m_handed.push_back({.ending = ending, .pid = process.pid, .result = result});
        });
}

void tst_PermissionRequests::refusedSignalsAreAskedForTogether()
{
    m_requests->note(1, reportOf({refusedTarget(100), refusedTarget(101)}));

    QCOMPARE(m_helper->asked.size(), std::size_t{1});
    QCOMPARE(m_helper->asked.front().action, QString(Quay::SignalProcessAction));
    QCOMPARE(asked(m_helper->asked.front()),
             (SignalRequest{.signal = SIGTERM,
                            .targets = {{.process = {.pid = 100, .startTicks = 1000}, .serial = 5},
                                        {.process = {.pid = 101, .startTicks = 1000}, .serial = 5}}}));
    QVERIFY(m_requests->isWaiting());
}

void tst_PermissionRequests::othersAreNotAskedFor()
{
    auto sent = refusedTarget(100);
    sent.stage = TargetStage::Asked;
    auto ended = refusedTarget(101);
    ended.stage = TargetStage::Ended;

    m_requests->note(1, reportOf({sent, ended}));

    QVERIFY(m_helper->asked.empty());
    QVERIFY(!m_requests->isWaiting());
}

void tst_PermissionRequests::signalIsAskedForOnce()
{
    m_requests->note(1, reportOf({refusedTarget(100)}));

    m_requests->note(1, reportOf({refusedTarget(100)}));

    QCOMPARE(m_helper->asked.size(), std::size_t{1});
}

void tst_PermissionRequests::nextSignalIsAskedForAgain()
{
    auto target = refusedTarget(100);
    m_requests->note(1, reportOf({target}));
    target.signals.push_back({.signal = SIGTERM, .at = {}, .error = {}});
    target.signals.push_back(refusedTarget(100, SIGKILL).signals.front());

    m_requests->note(1, reportOf({target}, EndingStage::Forcing));

    QCOMPARE(m_helper->asked.size(), std::size_t{2});
    QCOMPARE(asked(m_helper->asked.back()).signal, SIGKILL);
}

void tst_PermissionRequests::eachSignalHasItsRequest()
{
    m_requests->note(1, reportOf({refusedTarget(100), refusedTarget(101, SIGINT), refusedTarget(102)}));

    QCOMPARE(m_helper->asked.size(), std::size_t{2});
    QCOMPARE(asked(m_helper->asked.front()).targets.size(), std::size_t{2});
    QCOMPARE(asked(m_helper->asked.back()).signal, SIGINT);
}

void tst_PermissionRequests::endingsDoNotMix()
{
    m_requests->note(1, reportOf({refusedTarget(100)}));
    m_requests->note(2, reportOf({refusedTarget(100)}));
    m_helper->reply = [](const auto &) { return Quay::toReply(Quay::SignalAnswer{{}}); };

    m_helper->answerAll();

    QCOMPARE(m_handed,
             (std::vector<Handed>{{.ending = 1, .pid = 100, .result = {}}, {.ending = 2, .pid = 100, .result = {}}}));
}

void tst_PermissionRequests::resultsAreHandedOn()
{
    m_requests->note(7, reportOf({refusedTarget(100), refusedTarget(101)}));
    const auto gone = Quay::fail(ErrorCode::Gone, "pid 101");
    m_helper->reply = [&](const auto &) { return Quay::toReply(Quay::SignalAnswer{{}, gone}); };

    m_helper->answerAll();

    QCOMPARE(m_handed,
             (std::vector<Handed>{{.ending = 7, .pid = 100, .result = {}}, {.ending = 7, .pid = 101, .result = gone}}));
    QVERIFY(!m_requests->isWaiting());
}

void tst_PermissionRequests::failureIsHandedOnToAll()
{
    m_requests->note(7, reportOf({refusedTarget(100), refusedTarget(101)}));
    const auto denied = Quay::fail(ErrorCode::Denied, std::string(Quay::AuthorizationSubject));
    m_helper->reply = [&](const auto &) -> Result<QVariantMap> { return denied; };

    m_helper->answerAll();

    QCOMPARE(m_handed,
             (std::vector<Handed>{{.ending = 7, .pid = 100, .result = denied},
                                  {.ending = 7, .pid = 101, .result = denied}}));
}

void tst_PermissionRequests::nonsenseIsAFailure()
{
    m_requests->note(7, reportOf({refusedTarget(100)}));
    m_helper->reply = [](const auto &) { return QVariantMap{{QStringLiteral("results"), 5}}; };

    m_helper->answerAll();

    QCOMPARE(m_handed.size(), std::size_t{1});
    QCOMPARE(m_handed.front().result.error().code, ErrorCode::Malformed);
}

void tst_PermissionRequests::finishedEndingWantsNothingMore()
{
    m_requests->note(1, reportOf({refusedTarget(100)}));
    m_requests->note(2, reportOf({refusedTarget(101)}));

    m_requests->note(1, reportOf({refusedTarget(100)}, EndingStage::Finished));

    QCOMPARE(m_helper->cancelled, std::vector<std::uint64_t>{1});
    QVERIFY(m_requests->isWaiting()); // for the other one
}

void tst_PermissionRequests::nobodyIsAskedWhenItGoes()
{
    m_requests->note(1, reportOf({refusedTarget(100)}));

    m_requests.reset();

    QCOMPARE(m_helper->cancelled, std::vector<std::uint64_t>{1});
}

QTEST_APPLESS_MAIN(tst_PermissionRequests)
#include "tst_permissionrequests.moc"
