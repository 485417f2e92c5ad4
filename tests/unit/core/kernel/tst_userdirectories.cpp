// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/userdirectories.h"

#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <cstdlib>
#include <string>

#include <unistd.h>

namespace {

/// A directory that another user owns; empty when there is none.
std::string directoryOfAnother(const QTemporaryDir &made)
{
    if (::geteuid() != 0) {
        return "/";
    }
    const std::string directory = made.path().toStdString();
    return ::chown(directory.c_str(), 4711, 4711) == 0 ? directory : std::string();
}

} // namespace

class tst_UserDirectories : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void environmentIsFollowed_data();
    void environmentIsFollowed();
    void directoriesOfOthersAreNotUsed();
    void unnamedHomeIsTheRegisteredOne();
    void withoutASessionThereIsNoRuntimeDirectory();
    void whyARuntimeDirectoryIsNotUsedIsSaid();
    void ignoredStateHomeIsTold();
};

void tst_UserDirectories::environmentIsFollowed_data()
{
    QTest::addColumn<std::string>("named");
    QTest::addColumn<std::string>("state");
    QTest::addColumn<std::string>("config");
    const std::string state = "/nowhere/home/.local/state/quaymaster";
    const std::string config = "/nowhere/home/.config/quaymaster";
    QTest::addRow("named") << std::string("/nowhere/xdg") << std::string("/nowhere/xdg/quaymaster")
                           << std::string("/nowhere/xdg/quaymaster");
    QTest::addRow("empty") << std::string() << state << config;
    QTest::addRow("relative") << std::string("xdg") << state << config;
}

void tst_UserDirectories::environmentIsFollowed()
{
    QFETCH(const std::string, named);
    QFETCH(const std::string, state);
    QFETCH(const std::string, config);
    ::setenv("XDG_STATE_HOME", named.c_str(), 1);
    ::setenv("XDG_CONFIG_HOME", named.c_str(), 1);
    ::setenv("HOME", "/nowhere/home", 1);

    const auto foundState = Quay::userStateDirectory();
    const auto foundConfig = Quay::userConfigDirectory();

    QVERIFY(foundState.has_value() && foundConfig.has_value());
    QCOMPARE(*foundState, state);
    QCOMPARE(*foundConfig, config);
}

void tst_UserDirectories::directoriesOfOthersAreNotUsed()
{
    if (::geteuid() != 0) {
        QSKIP("only root can make a directory of another user");
    }
    const QTemporaryDir made;
    const std::string directory = made.path().toStdString();
    QCOMPARE(::chown(directory.c_str(), 4711, 4711), 0);
    ::setenv("XDG_STATE_HOME", directory.c_str(), 1);
    ::setenv("HOME", directory.c_str(), 1);

    const auto found = Quay::userStateDirectory();

    QVERIFY(found.has_value()); // root has a home
    QVERIFY(!found->starts_with(directory));
}

void tst_UserDirectories::unnamedHomeIsTheRegisteredOne()
{
    ::unsetenv("XDG_CONFIG_HOME");
    ::unsetenv("HOME");

    const auto found = Quay::userConfigDirectory();

    QVERIFY(found.has_value());
    QVERIFY(found->starts_with('/'));
    QVERIFY(found->ends_with("/.config/quaymaster"));
}

void tst_UserDirectories::withoutASessionThereIsNoRuntimeDirectory()
{
    ::setenv("XDG_RUNTIME_DIR", "/nowhere/run", 1);
    QCOMPARE(Quay::userRuntimeDirectory().value(), std::string("/nowhere/run/quaymaster"));

    ::unsetenv("XDG_RUNTIME_DIR");
    QCOMPARE(Quay::userRuntimeDirectory().error().code, Quay::ErrorCode::Unsupported);
    QCOMPARE(Quay::userRuntimeDirectory().error().subject, std::string("XDG_RUNTIME_DIR"));

    ::setenv("XDG_RUNTIME_DIR", "", 1);
    QCOMPARE(Quay::userRuntimeDirectory().error().code, Quay::ErrorCode::Unsupported);
}

void tst_UserDirectories::whyARuntimeDirectoryIsNotUsedIsSaid()
{
    const QTemporaryDir made;
    const std::string other = directoryOfAnother(made);
    QVERIFY(!other.empty());

    ::setenv("XDG_RUNTIME_DIR", other.c_str(), 1);
    QCOMPARE(Quay::userRuntimeDirectory().error().code, Quay::ErrorCode::Denied);
    QCOMPARE(Quay::userRuntimeDirectory().error().subject, other);

    ::setenv("XDG_RUNTIME_DIR", "run", 1);
    QCOMPARE(Quay::userRuntimeDirectory().error().code, Quay::ErrorCode::Invalid);
    QCOMPARE(Quay::userRuntimeDirectory().error().subject, std::string("run"));
}

void tst_UserDirectories::ignoredStateHomeIsTold()
{
    const QTemporaryDir made;
    const std::string other = directoryOfAnother(made);
    QVERIFY(!other.empty());

    ::unsetenv("XDG_STATE_HOME");
    QVERIFY(!Quay::ignoredStateHome());
    ::setenv("XDG_STATE_HOME", "/nowhere/state", 1);
    QVERIFY(!Quay::ignoredStateHome());

    ::setenv("XDG_STATE_HOME", other.c_str(), 1);
    QCOMPARE(Quay::ignoredStateHome().value().code, Quay::ErrorCode::Denied);
    QCOMPARE(Quay::ignoredStateHome().value().subject, other);

    ::setenv("XDG_STATE_HOME", "state", 1);
    QCOMPARE(Quay::ignoredStateHome().value().code, Quay::ErrorCode::Invalid);
}

QTEST_GUILESS_MAIN(tst_UserDirectories)
#include "tst_userdirectories.moc"
