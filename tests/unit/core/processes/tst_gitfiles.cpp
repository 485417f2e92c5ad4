// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/processes/gitfiles.h"

#include <QObject>
#include <QTest>

#include <optional>
#include <string>

using Quay::GitHead;

namespace {

const std::string Hash = "0123456789abcdef0123456789abcdef01234567";

using Path = std::optional<std::string>;

} // namespace

/// The texts alone; tst_project has them in a tree.
class tst_GitFiles : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void headIsRead_data();
    void headIsRead();
    void gitFileLeadsToARepository_data();
    void gitFileLeadsToARepository();
    void commonDirNamesTheProject_data();
    void commonDirNamesTheProject();
};

void tst_GitFiles::headIsRead_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<GitHead>("expected");
    QTest::addRow("branch") << std::string("ref: refs/heads/fix/42\n") << GitHead{.branch = "fix/42", .commit = {}};
    QTest::addRow("other reference") << std::string("ref: refs/tags/v1\n")
                                     << GitHead{.branch = "refs/tags/v1", .commit = {}};
    QTest::addRow("detached") << Hash + "\n" << GitHead{.branch = {}, .commit = "01234567"};
    QTest::addRow("SHA-256") << Hash + Hash.substr(0, 24) << GitHead{.branch = {}, .commit = "01234567"};
    QTest::addRow("reftable") << std::string("ref: refs/heads/.invalid\n") << GitHead();
    QTest::addRow("empty reference") << std::string("ref:  \n") << GitHead();
    QTest::addRow("empty") << std::string() << GitHead();
    QTest::addRow("half a hash") << Hash.substr(1) << GitHead();
    QTest::addRow("capital digits") << "A" + Hash.substr(1) << GitHead();
}

void tst_GitFiles::headIsRead()
{
    QFETCH(const std::string, text);
    QFETCH(const GitHead, expected);

    QVERIFY(Quay::parseGitHead(text) == expected);
}

void tst_GitFiles::gitFileLeadsToARepository_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<Path>("expected");
    QTest::addRow("absolute") << std::string("gitdir: /srv/shop/.git/worktrees/x\n")
                              << Path("/srv/shop/.git/worktrees/x");
    QTest::addRow("relative") << std::string("gitdir: ../.git/modules/lib/\r\n") << Path("/home/ann/.git/modules/lib");
    QTest::addRow("beyond the root") << std::string("gitdir: ../../../../x") << Path("/x");
    QTest::addRow("the root") << std::string("gitdir: /") << Path("/");
    QTest::addRow("nothing") << std::string("gitdir:\n") << Path();
    QTest::addRow("another key") << std::string("gitfile: /x\n") << Path();
    QTest::addRow("empty") << std::string() << Path();
}

void tst_GitFiles::gitFileLeadsToARepository()
{
    QFETCH(const std::string, text);
    QFETCH(const Path, expected);

    QVERIFY(Quay::parseGitFile("/home/ann/tree", text) == expected);
}

void tst_GitFiles::commonDirNamesTheProject_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("expected");
    QTest::addRow("worktree") << std::string("../..\n") << std::string("shop");
    QTest::addRow("bare beside the trees") << std::string("/srv/shop/.bare\n") << std::string("shop");
    QTest::addRow("bare") << std::string("/srv/git/shop.git\n") << std::string("shop");
    QTest::addRow("in the root") << std::string("/.git\n") << std::string();
    QTest::addRow("the root") << std::string("/\n") << std::string();
    QTest::addRow("nothing but the ending") << std::string("/srv/.git\n") << std::string("srv");
}

void tst_GitFiles::commonDirNamesTheProject()
{
    QFETCH(const std::string, text);
    QFETCH(const std::string, expected);

    QCOMPARE(Quay::parseCommonDirName("/home/ann/shop/.git/worktrees/x", text), expected);
}

QTEST_GUILESS_MAIN(tst_GitFiles)
#include "tst_gitfiles.moc"
