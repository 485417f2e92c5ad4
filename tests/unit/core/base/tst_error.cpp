// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"

#include <QObject>
#include <QTest>

#include <cerrno>
#include <optional>

class tst_Error : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void errnoTellsWhatToDo_data();
    void errnoTellsWhatToDo();
    void onlyWhatIsDeniedIsADenial();
};

void tst_Error::errnoTellsWhatToDo_data()
{
    using Quay::ErrorCode;
    QTest::addColumn<int>("sysErrno");
    QTest::addColumn<ErrorCode>("code");
    QTest::addRow("no such file") << ENOENT << ErrorCode::Gone;
    QTest::addRow("no such process") << ESRCH << ErrorCode::Gone;
    QTest::addRow("not a directory") << ENOTDIR << ErrorCode::Gone;
    QTest::addRow("permission") << EACCES << ErrorCode::Denied;
    QTest::addRow("not permitted") << EPERM << ErrorCode::Denied;
    QTest::addRow("no such call") << ENOSYS << ErrorCode::Unsupported;
    QTest::addRow("refused netlink") << ECONNREFUSED << ErrorCode::Unsupported;
    QTest::addRow("invalid") << EINVAL << ErrorCode::Invalid;
    QTest::addRow("too big") << EFBIG << ErrorCode::Io;
    QTest::addRow("none of ours") << 99999 << ErrorCode::Io;
}

void tst_Error::errnoTellsWhatToDo()
{
    QFETCH(const int, sysErrno);
    QFETCH(const Quay::ErrorCode, code);

    const auto error = Quay::errorFromErrno(sysErrno, "42/stat");

    QVERIFY((error == Quay::Error{.code = code, .subject = "42/stat", .sysErrno = sysErrno}));
}

void tst_Error::onlyWhatIsDeniedIsADenial()
{
    QVERIFY(Quay::isDenial(Quay::Error{.code = Quay::ErrorCode::Denied}));
    QVERIFY(!Quay::isDenial(Quay::Error{.code = Quay::ErrorCode::Unsupported}));
    QVERIFY(!Quay::isDenial(std::nullopt));
}

QTEST_GUILESS_MAIN(tst_Error)
#include "tst_error.moc"
