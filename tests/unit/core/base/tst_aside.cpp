// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/aside.h"
#include "tests/support/otheruser.h"

#include <QObject>
#include <QTest>

#include <chrono>
#include <future>
#include <string>
#include <utility>

#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>

using Quay::answerWithin;
using Quay::runAside;
using namespace std::chrono_literals;

class tst_Aside : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void workIsDone();
    void signalsAreForOthers();
    void answerIsGiven();
    void whoTakesTooLongIsLeftBehind();
    void withoutAThreadTheCallerAsks();
};

void tst_Aside::workIsDone()
{
    std::promise<int> promise;
    auto done = promise.get_future();

    QVERIFY(runAside([promise = std::move(promise)]() mutable { promise.set_value(7); }));

    QCOMPARE(done.get(), 7);
}

void tst_Aside::signalsAreForOthers()
{
    const auto isBlocked = [] {
        sigset_t blocked{};
        ::pthread_sigmask(SIG_SETMASK, nullptr, &blocked);
        return ::sigismember(&blocked, SIGINT) == 1;
    };

    QVERIFY(answerWithin(1h, isBlocked) == true);
    QVERIFY(!isBlocked());
}

void tst_Aside::answerIsGiven()
{
    QVERIFY(answerWithin(1h, [] { return std::string("here"); }) == "here");
}

void tst_Aside::whoTakesTooLongIsLeftBehind()
{
    std::promise<void> release;
    std::promise<void> returned;
    auto hasReturned = returned.get_future();

    const auto answer = answerWithin(1ms, [released = release.get_future(), returned = std::move(returned)]() mutable {
        released.wait();
        returned.set_value();
        return 7;
    });

    QVERIFY(!answer);
    release.set_value();
    hasReturned.get();
}

void tst_Aside::withoutAThreadTheCallerAsks()
{
    const auto said = Quay::Test::runAs(Quay::Test::OtherUid, [] {
        const rlimit none{.rlim_cur = 0, .rlim_max = 0};
        if (::setrlimit(RLIMIT_NPROC, &none) != 0) {
            return std::string("not limited");
        }
        const bool isRun = runAside([] { });
        return std::string(isRun ? "aside " : "here ") + std::to_string(answerWithin(1h, [] { return 7; }).value_or(0));
    });
    if (!said) {
        QSKIP("only root can become somebody whose processes are counted");
    }

    QCOMPARE(*said, std::string("here 7"));
}

QTEST_APPLESS_MAIN(tst_Aside)
#include "tst_aside.moc"
