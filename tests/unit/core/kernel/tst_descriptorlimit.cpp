// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/descriptorlimit.h"

#include <QObject>
#include <QTest>

#include <cerrno>

#include <sys/resource.h>

class tst_DescriptorLimit : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void limitIsDoubled();
    void hardLimitIsNotPassed();
    void hardLimitIsTheEnd();
    void programsGetTheLimitOfBefore();

private:
    [[nodiscard]] rlim_t limit(rlim_t soft);

    rlimit m_before{};
};

void tst_DescriptorLimit::init()
{
    QCOMPARE(::getrlimit(RLIMIT_NOFILE, &m_before), 0);
}

void tst_DescriptorLimit::cleanup()
{
    ::setrlimit(RLIMIT_NOFILE, &m_before);
}

/// Sets the soft limit and gives it back.
rlim_t tst_DescriptorLimit::limit(rlim_t soft)
{
    const rlimit changed{.rlim_cur = soft, .rlim_max = m_before.rlim_max};
    return ::setrlimit(RLIMIT_NOFILE, &changed) == 0 ? soft : 0;
}

namespace {

rlim_t softLimit()
{
    rlimit now{};
    return ::getrlimit(RLIMIT_NOFILE, &now) == 0 ? now.rlim_cur : 0;
}

} // namespace

void tst_DescriptorLimit::limitIsDoubled()
{
    QCOMPARE(limit(100), rlim_t{100});

    QVERIFY(Quay::raiseDescriptorLimit());

    QCOMPARE(softLimit(), rlim_t{200});
}

void tst_DescriptorLimit::hardLimitIsNotPassed()
{
    QCOMPARE(limit(m_before.rlim_max - 1), m_before.rlim_max - 1);

    QVERIFY(Quay::raiseDescriptorLimit());

    QCOMPARE(softLimit(), m_before.rlim_max);
}

void tst_DescriptorLimit::hardLimitIsTheEnd()
{
    QCOMPARE(limit(m_before.rlim_max), m_before.rlim_max);

    const auto raised = Quay::raiseDescriptorLimit();

    QVERIFY(!raised);
    QCOMPARE(raised.error().sysErrno, EMFILE);
    QVERIFY(raised.error().subject == "RLIMIT_NOFILE");
}

/// As in a child that becomes a server, however often its parent had too few.
void tst_DescriptorLimit::programsGetTheLimitOfBefore()
{
    QCOMPARE(limit(100), rlim_t{100}); // what the first of these tests began with, which is remembered
    QVERIFY(Quay::raiseDescriptorLimit());
    QVERIFY(Quay::raiseDescriptorLimit());
    QCOMPARE(softLimit(), rlim_t{400});

    Quay::restoreDescriptorLimit();

    QCOMPARE(softLimit(), rlim_t{100});
}

QTEST_GUILESS_MAIN(tst_DescriptorLimit)
#include "tst_descriptorlimit.moc"
