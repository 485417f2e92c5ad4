// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/http/answerbox.h"

#include <QObject>
#include <QTest>

#include <poll.h>

using Quay::AnswerBox;
using Quay::HttpAnswer;

namespace {

bool isReadable(const AnswerBox &box)
{
    pollfd watched{.fd = box.descriptor(), .events = POLLIN, .revents = 0};
    return ::poll(&watched, 1, 0) == 1;
}

HttpAnswer status(int number)
{
    return {.kind = HttpAnswer::Kind::Status, .status = number, .detail = {}};
}

} // namespace

class tst_AnswerBox : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void answerIsTakenOnce();
    void answerOfADroppedRequestIsNone();
    void answerNotTakenIsNotTheNextOnes();
};

void tst_AnswerBox::answerIsTakenOnce()
{
    AnswerBox box;
    const auto request = box.expectNext();
    QVERIFY(!isReadable(box));

    box.put(request, status(200));

    QVERIFY(isReadable(box));
    const auto answer = box.take();
    QVERIFY(answer);
    QCOMPARE(answer->status, 200);
    QVERIFY(!isReadable(box));
    QVERIFY(!box.take());
}

void tst_AnswerBox::answerOfADroppedRequestIsNone()
{
    AnswerBox box;
    const auto dropped = box.expectNext();
    const auto current = box.expectNext();

    box.put(dropped, {.kind = HttpAnswer::Kind::TimedOut, .status = 0, .detail = {}});
    const bool wasReadable = isReadable(box);
    box.put(current, status(204));

    QVERIFY(!wasReadable);
    const auto answer = box.take();
    QVERIFY(answer);
    QCOMPARE(answer->status, 204);
}

/// It came in the instant in which its request was given up.
void tst_AnswerBox::answerNotTakenIsNotTheNextOnes()
{
    AnswerBox box;
    box.put(box.expectNext(), {.kind = HttpAnswer::Kind::TimedOut, .status = 0, .detail = {}});
    QVERIFY(isReadable(box));

    (void)box.expectNext();

    QVERIFY(!isReadable(box));
    QVERIFY(!box.take());
}

QTEST_GUILESS_MAIN(tst_AnswerBox)
#include "tst_answerbox.moc"
