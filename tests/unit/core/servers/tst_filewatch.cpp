// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/pollset.h"
#include "core/servers/filewatch.h"
#include "core/servers/serverspec.h"
#include "core/servers/watchfilter.h"

#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

using namespace std::chrono_literals;

using Quay::FileWatch;
using Quay::WatchFilter;
using Quay::WatchProblemKind;
using Quay::WatchRule;

namespace fs = std::filesystem;

namespace {

void write(const fs::path &path, std::string_view text = "text")
{
    std::ofstream(path) << text;
}

} // namespace

class tst_FileWatch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void nothingChangesByItself();
    void writtenFileIsAChange();
    void fileDeepBelowIsAChange();
    void removedFileIsAChange();
    void renamedOverIsAChange();
    void singleFileIsWatched_data();
    void singleFileIsWatched();
    void othersBesideASingleFileAreNot();
    void newDirectoryIsWatched();
    void directoryThatWasMovedAwayIsNot();
    void missingPathIsWatchedFor_data();
    void missingPathIsWatchedFor();
    void watchedDirectoryMayBeMadeAnew();
    void foreignFilesAreNoChange_data();
    void foreignFilesAreNoChange();
    void globsChoose_data();
    void globsChoose();
    void changesAreGathered();
    void changesThatDoNotCeaseAreActedUpon();
    void overflowIsAChange();
    void tooManyDirectoriesAreSaid();
    void unreadableDirectoryIsSaid();
    void nothingIsWatchedAfterTheEnd();
    void linksAreNotFollowed();

private:
    [[nodiscard]] std::unique_ptr<FileWatch> watch(WatchRule rule = {}, std::size_t most = FileWatch::MostDirectories);
    /// The file that has changed, as seen from the directory; empty when none has. The kernel tells of a change before
    /// the call that makes it returns.
    [[nodiscard]] std::string changed(FileWatch &watch, std::chrono::nanoseconds now = 10s) const;
    static void settle(FileWatch &watch, std::chrono::nanoseconds now = 10s);

    std::unique_ptr<QTemporaryDir> m_directory;
    fs::path m_root;
};

void tst_FileWatch::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_root = m_directory->path().toStdString();
    fs::create_directories(m_root / "src/deep/er");
    write(m_root / "src/a.py");
}

std::unique_ptr<FileWatch> tst_FileWatch::watch(WatchRule rule, std::size_t most)
{
    if (rule.paths.empty()) {
        rule.paths = {(m_root / "src").string()};
    }
    auto watch = std::make_unique<FileWatch>(std::move(rule), most);
    watch->begin();
    settle(*watch);
    return watch;
}

void tst_FileWatch::settle(FileWatch &watch, std::chrono::nanoseconds now)
{
    Quay::PollSet set;
    do {
        set.clear();
        set.add(watch.awaited());
        set.wait(0s);
        watch.proceed(now, set);
    } while (watch.due());
}

std::string tst_FileWatch::changed(FileWatch &watch, std::chrono::nanoseconds now) const
{
    settle(watch, now);
    const std::string file = watch.changeDue() ? fs::relative(watch.changedFile(), m_root).string() : std::string();
    watch.forgetChanges();
    return file;
}

void tst_FileWatch::nothingChangesByItself()
{
    const auto files = watch();

    QVERIFY(!files->changeDue());
    QCOMPARE(std::ifstream(m_root / "src/a.py").get(), int{'t'}); // reading is none
    QCOMPARE(changed(*files), std::string());
    QVERIFY(files->takeProblems().empty());
}

void tst_FileWatch::writtenFileIsAChange()
{
    const auto files = watch();

    write(m_root / "src/a.py");

    QCOMPARE(changed(*files), std::string("src/a.py"));
    QCOMPARE(changed(*files), std::string());
}

void tst_FileWatch::fileDeepBelowIsAChange()
{
    const auto files = watch();

    write(m_root / "src/deep/er/b.py");

    QCOMPARE(changed(*files), std::string("src/deep/er/b.py"));
}

void tst_FileWatch::removedFileIsAChange()
{
    const auto files = watch();

    fs::remove(m_root / "src/a.py");

    QCOMPARE(changed(*files), std::string("src/a.py"));
}

/// As most editors write.
void tst_FileWatch::renamedOverIsAChange()
{
    const auto files = watch();

    write(m_root / "new");
    QCOMPARE(changed(*files), std::string());
    fs::rename(m_root / "new", m_root / "src/a.py");

    QCOMPARE(changed(*files), std::string("src/a.py"));
}

void tst_FileWatch::singleFileIsWatched_data()
{
    QTest::addColumn<bool>("isRenamed");
    QTest::newRow("written") << false;
    QTest::newRow("another one in its place") << true;
}

void tst_FileWatch::singleFileIsWatched()
{
    QFETCH(const bool, isRenamed);
    const auto files = watch({.paths = {m_root / "src/a.py"}});

    for (int round = 0; round < 3; ++round) {
        if (isRenamed) {
            write(m_root / "src/a.py.new");
            fs::rename(m_root / "src/a.py.new", m_root / "src/a.py");
        } else {
            write(m_root / "src/a.py");
        }
        QCOMPARE(changed(*files), std::string("src/a.py"));
    }
}

void tst_FileWatch::othersBesideASingleFileAreNot()
{
    const auto files = watch({.paths = {m_root / "src/a.py"}});

    write(m_root / "src/b.py");
    write(m_root / "src/deep/a.py");

    QCOMPARE(changed(*files), std::string());
}

void tst_FileWatch::newDirectoryIsWatched()
{
    const auto files = watch();

    fs::create_directories(m_root / "src/new/er");
    QCOMPARE(changed(*files), std::string());
    write(m_root / "src/new/er/b.py");
    QCOMPARE(changed(*files), std::string("src/new/er/b.py"));
    fs::create_directories(m_root / "src/quick");
    write(m_root / "src/quick/c.py"); // before anybody looked

    QCOMPARE(changed(*files), std::string("src/quick/c.py"));
}

void tst_FileWatch::directoryThatWasMovedAwayIsNot()
{
    const auto files = watch();

    fs::rename(m_root / "src/deep", m_root / "elsewhere");
    QCOMPARE(changed(*files), std::string("src/deep"));
    write(m_root / "elsewhere/er/b.py");

    QCOMPARE(changed(*files), std::string());
}

void tst_FileWatch::missingPathIsWatchedFor_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("file") << QStringLiteral("src/b.py");
    QTest::newRow("file in a directory") << QStringLiteral("later/b.py");
    QTest::newRow("file deep below") << QStringLiteral("la/t/er/b.py");
}

void tst_FileWatch::missingPathIsWatchedFor()
{
    QFETCH(const QString, path);
    const fs::path file = m_root / path.toStdString();
    const auto files = watch({.paths = {file}});
    const auto problems = files->takeProblems();
    QCOMPARE(problems.size(), std::size_t{1});
    QCOMPARE(problems.front().kind, WatchProblemKind::Missing);

    for (auto directory = m_root; const auto &part : fs::path(path.toStdString()).parent_path()) {
        directory /= part;
        fs::create_directory(directory);
        QCOMPARE(changed(*files), std::string());
    }
    write(file);
    QCOMPARE(changed(*files), path.toStdString());
    write(file);

    QCOMPARE(changed(*files), path.toStdString());
}

void tst_FileWatch::watchedDirectoryMayBeMadeAnew()
{
    const auto files = watch();

    fs::remove_all(m_root / "src");
    QVERIFY(!changed(*files).empty());
    fs::create_directories(m_root / "src/deep");
    QVERIFY(!changed(*files).empty());
    write(m_root / "src/deep/b.py");

    QCOMPARE(changed(*files), std::string("src/deep/b.py"));
}

void tst_FileWatch::foreignFilesAreNoChange_data()
{
    QTest::addColumn<QString>("path");
    for (const char *const path :
         {".git/index", "node_modules/x/index.js", "deep/node_modules/a.js", "__pycache__/a.pyc", ".venv/lib/a.py",
          "target/debug/a", "a.py~", ".a.py.swp", ".a.py.swx", "4913", ".#a.py", "#a.py#", "deep/a.pyc"}) {
        QTest::addRow("%s", path) << QString::fromLatin1(path);
    }
}

void tst_FileWatch::foreignFilesAreNoChange()
{
    QFETCH(const QString, path);
    const fs::path file = m_root / "src" / path.toStdString();
    fs::create_directories(file.parent_path());
    const auto files = watch();

    write(file);

    QCOMPARE(changed(*files), std::string());
}

void tst_FileWatch::globsChoose_data()
{
    QTest::addColumn<QString>("include");
    QTest::addColumn<QString>("exclude");
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("isMeant");
    const auto row = [](const char *include, const char *exclude, const char *path, bool isMeant) {
        QTest::addRow("%s not %s: %s", include, exclude, path)
            << QString::fromLatin1(include) << QString::fromLatin1(exclude) << QString::fromLatin1(path) << isMeant;
    };
    row("", "", "a.py", true);
    row("*.py", "", "deep/a.py", true);
    row("*.py", "", "a.txt", false);
    row("", "*.txt", "deep/a.txt", false);
    row("", "*.txt", "a.py", true);
    row("*.py", "test_*", "deep/test_a.py", false);
    row("**/*.py", "", "a.py", true);
    row("**/*.py", "", "deep/a.py", true);
    row("deep/**", "", "deep/er/a.py", true);
    row("deep/**", "", "a.py", false);
    row("", "deep/er/*", "deep/er/a.py", false);
    row("", "./deep/**", "deep/a.py", false);
}

void tst_FileWatch::globsChoose()
{
    QFETCH(const QString, include);
    QFETCH(const QString, exclude);
    QFETCH(const QString, path);
    QFETCH(const bool, isMeant);
    WatchRule rule;
    if (!include.isEmpty()) {
        rule.include = {include.toStdString()};
    }
    if (!exclude.isEmpty()) {
        rule.exclude = {exclude.toStdString()};
    }

    QCOMPARE(WatchFilter(rule).isMeant(path.toStdString()), isMeant);
    const auto files = watch(rule);
    write(m_root / "src" / path.toStdString());
    QCOMPARE(!changed(*files).empty(), isMeant);
}

void tst_FileWatch::changesAreGathered()
{
    const auto files = watch({.paths = {m_root / "src"}, .debounce = 300ms});

    write(m_root / "src/a.py");
    settle(*files, 10s);
    QCOMPARE(files->changeDue(), std::optional<std::chrono::nanoseconds>(10s + 300ms));
    write(m_root / "src/b.py");
    settle(*files, 10s + 200ms);

    QCOMPARE(files->changeDue(), std::optional<std::chrono::nanoseconds>(10s + 500ms));
}

void tst_FileWatch::changesThatDoNotCeaseAreActedUpon()
{
    const auto files = watch({.paths = {m_root / "src"}, .debounce = 300ms});

    for (int i = 0; i < 40; ++i) {
        write(m_root / "src/a.py");
        settle(*files, 10s + i * 100ms);
    }

    QCOMPARE(files->changeDue(), std::optional<std::chrono::nanoseconds>(13s));
}

void tst_FileWatch::overflowIsAChange()
{
    std::ifstream limit("/proc/sys/fs/inotify/max_queued_events");
    int most = 0;
    limit >> most;
    if (most <= 0 || most > 100'000) {
        QSKIP("the kernel keeps too many events here");
    }
    const auto files = watch();

    for (int i = 0; i < most; ++i) { // two events each, and none like the one before
        ::close(::creat((m_root / "src" / ("x" + std::to_string(i % 2) + "~")).c_str(), 0600));
    }

    QCOMPARE(changed(*files), std::string("src")); // none that was told is meant
    write(m_root / "src/deep/b.py");
    QCOMPARE(changed(*files), std::string("src/deep/b.py"));
}

void tst_FileWatch::tooManyDirectoriesAreSaid()
{
    for (int i = 0; i < 50; ++i) {
        fs::create_directory(m_root / "src" / std::to_string(i));
    }

    const auto files = watch({}, 20);
    const auto problems = files->takeProblems();

    QCOMPARE(problems.size(), std::size_t{1});
    QCOMPARE(problems.front().kind, WatchProblemKind::TooManyDirectories);
    write(m_root / "src/a.py");
    QCOMPARE(changed(*files), std::string("src/a.py"));
}

void tst_FileWatch::unreadableDirectoryIsSaid()
{
    if (::geteuid() == 0) {
        QSKIP("root may read everything");
    }
    fs::permissions(m_root / "src/deep", fs::perms::none);

    const auto files = watch();
    const auto problems = files->takeProblems();
    fs::permissions(m_root / "src/deep", fs::perms::owner_all);

    QCOMPARE(problems.size(), std::size_t{1});
    QCOMPARE(problems.front().kind, WatchProblemKind::CannotWatch);
    QCOMPARE(problems.front().sysErrno, EACCES);
}

void tst_FileWatch::nothingIsWatchedAfterTheEnd()
{
    const auto files = watch();
    write(m_root / "src/a.py");
    settle(*files);

    files->end();

    QVERIFY(!files->changeDue() && !files->awaited() && !files->isWatching());
    write(m_root / "src/a.py");
    files->begin();
    QCOMPARE(changed(*files), std::string());
}

void tst_FileWatch::linksAreNotFollowed()
{
    fs::create_directory(m_root / "other");
    fs::create_directory_symlink(m_root / "other", m_root / "src/link");
    fs::create_directory_symlink(m_root, m_root / "src/circle");
    const auto files = watch();

    write(m_root / "other/a.py");

    QCOMPARE(changed(*files), std::string());
}

QTEST_APPLESS_MAIN(tst_FileWatch)
#include "tst_filewatch.moc"
