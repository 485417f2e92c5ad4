// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/mailbox.h"

#include <QObject>
#include <QTest>

#include <memory>
#include <optional>
#include <thread>

#include <poll.h>

class tst_Mailbox : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void anAnswerWakesWhoeverWaits();
    void anAnswerIsTakenOnce();
};

void tst_Mailbox::anAnswerWakesWhoeverWaits()
{
    constexpr int PatienceMs = 30'000;
    const auto mailbox = std::make_shared<Quay::Mailbox<int>>();
    pollfd awaited{.fd = mailbox->descriptor(), .events = POLLIN, .revents = 0};
    QCOMPARE(::poll(&awaited, 1, 0), 0);

    std::thread([mailbox] { mailbox->put(7); }).detach();

    QCOMPARE(::poll(&awaited, 1, PatienceMs), 1);
    QCOMPARE(mailbox->take(), std::optional(7));
}

void tst_Mailbox::anAnswerIsTakenOnce()
{
    Quay::Mailbox<int> mailbox;
    QCOMPARE(mailbox.take(), std::nullopt);

    mailbox.put(7);

    QCOMPARE(mailbox.take(), std::optional(7));
    QCOMPARE(mailbox.take(), std::nullopt);
}

QTEST_GUILESS_MAIN(tst_Mailbox)
#include "tst_mailbox.moc"
