// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/holdguard.h"

#include <QListView>
#include <QSignalSpy>
#include <QTest>

using namespace Quay;

class tst_HoldGuard : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void buttonHolds();
    void keysAndPointerHoldForAMoment();
    void menuHoldsAsLongAsItIsOpen();

private:
    std::unique_ptr<QListView> m_view;
    HoldGuard *m_guard = nullptr;
};

void tst_HoldGuard::init()
{
    m_view = std::make_unique<QListView>();
    m_guard = new HoldGuard(m_view.get());
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    QTRY_VERIFY(!m_guard->isHeld()); // the pointer may have been there
}

void tst_HoldGuard::buttonHolds()
{
    const QSignalSpy changes(m_guard, &HoldGuard::heldChanged);

    QTest::mousePress(m_view->viewport(), Qt::LeftButton);
    QVERIFY(m_guard->isHeld());
    QTest::mouseRelease(m_view->viewport(), Qt::LeftButton);

    QTRY_VERIFY(!m_guard->isHeld());
    QCOMPARE(changes.size(), 2);
}

void tst_HoldGuard::keysAndPointerHoldForAMoment()
{
    QTest::keyClick(m_view.get(), Qt::Key_Down);
    QVERIFY(m_guard->isHeld());
    QTRY_VERIFY(!m_guard->isHeld());

    QTest::mouseMove(m_view->viewport(), QPoint(5, 5));
    QTRY_VERIFY(m_guard->isHeld());
    QTRY_VERIFY(!m_guard->isHeld());
}

void tst_HoldGuard::menuHoldsAsLongAsItIsOpen()
{
    m_guard->setMenuOpen(true);
    QTest::keyClick(m_view.get(), Qt::Key_Down);
    const QSignalSpy changes(m_guard, &HoldGuard::heldChanged);

    m_guard->setMenuOpen(false);
    QTRY_COMPARE(changes.size(), 1);

    QVERIFY(!m_guard->isHeld());
}

QTEST_MAIN(tst_HoldGuard)
#include "tst_holdguard.moc"
