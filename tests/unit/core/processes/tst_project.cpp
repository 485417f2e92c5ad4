// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/processes/project.h"
#include "tests/support/unprivileged.h"

#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>

#include <sys/stat.h>

namespace {

namespace fs = std::filesystem;

const std::string Hash = "0123456789abcdef0123456789abcdef01234567";

} // namespace

class tst_Project : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void repositoryIsFoundFromBelow();
    void headTellsBranchOrCommit_data();
    void headTellsBranchOrCommit();
    void linkedWorktreeNamesItsProject_data();
    void linkedWorktreeNamesItsProject();
    void submoduleIsAProjectOfItsOwn();
    void brokenRepositoryIsAProjectWithoutBranch_data();
    void brokenRepositoryIsAProjectWithoutBranch();
    void emptyGitDirectoryIsNoRepository();
    void headThatIsAFifoDoesNotBlock();
    void projectFileIsFound_data();
    void projectFileIsFound();
    void nearestProjectFileWins();
    void gitWinsOverProjectFiles();
    void directoryWithoutProjectHasNone_data();
    void directoryWithoutProjectHasNone();
    void homeIsNoProject();
    void homeBehindALinkIsNoProject();
    void unreadableDirectoryHasNoProject();
    void unchangedHeadGivesTheSameObject();
    void checkoutIsSeen();
    void checkoutInALinkedWorktreeIsSeen();
    void newRepositoryIsSeen();
    void removedRepositoryIsSeen();

private:
    std::string path(const std::string &relative) const { return m_base + '/' + relative; }
    void write(const std::string &relative, const std::string &text) const
    {
        fs::create_directories(fs::path(path(relative)).parent_path());
        std::ofstream(path(relative), std::ios::binary) << text;
    }
    Quay::ProjectPtr find(const std::string &relative) { return m_finder->find(path(relative)); }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::string m_base; ///< A home directory.
    std::unique_ptr<Quay::ProjectFinder> m_finder;
};

void tst_Project::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
    m_base = m_directory->path().toStdString();
    m_finder = std::make_unique<Quay::ProjectFinder>(Quay::homesOf(m_base));
}

void tst_Project::cleanup()
{
    m_finder.reset();
    m_directory.reset();
}

void tst_Project::repositoryIsFoundFromBelow()
{
    write("shop/.git/HEAD", "ref: refs/heads/main\n");
    fs::create_directories(path("shop/src/deep/down"));

    const auto project = find("shop/src/deep/down");

    QVERIFY(project != nullptr);
    QVERIFY(*project
            == (Quay::Project{.root = path("shop"), .name = "shop", .branch = "main", .commit = {}, .worktree = {}}));
    QCOMPARE(find("shop"), project);
    QCOMPARE(find("shop/"), project);
}

void tst_Project::headTellsBranchOrCommit_data()
{
    using Text = std::optional<std::string>;
    QTest::addColumn<std::string>("head");
    QTest::addColumn<Text>("branch");
    QTest::addColumn<Text>("commit");
    const auto row = [](const char *name, const std::string &head, const Text &branch, const Text &commit) {
        QTest::addRow("%s", name) << head << branch << commit;
    };
    row("branch", "ref: refs/heads/main\n", "main", {});
    row("slashes", "ref: refs/heads/feature/a/b\n", "feature/a/b", {});
    row("no blank, no line end", "ref:refs/heads/x", "x", {});
    row("Windows line end", "ref: refs/heads/x\r\n", "x", {});
    row("not under heads", "ref: refs/remotes/origin/x\n", "refs/remotes/origin/x", {});
    row("raw bytes", "ref: refs/heads/\xff\x1b[31m\n", "\xff\x1b[31m", {});
    row("detached", Hash + "\n", {}, "01234567");
    row("detached, SHA-256", std::string(64, 'a') + "\n", {}, "aaaaaaaa");
    row("reftable", "ref: refs/heads/.invalid\n", {}, {});
    row("empty", "", {}, {});
    row("no name", "ref: \n", {}, {});
    row("ref alone", "ref:", {}, {});
    row("too short for a hash", "0123456\n", {}, {});
    row("no hash", std::string(40, 'z'), {}, {});
    row("huge", "ref: refs/heads/" + std::string(1'000'000, 'x'), {}, {});
    row("zeros", std::string(100, '\0'), {}, {});
}

void tst_Project::headTellsBranchOrCommit()
{
    QFETCH(const std::string, head);
    QFETCH(const std::optional<std::string>, branch);
    QFETCH(const std::optional<std::string>, commit);
    write("shop/.git/HEAD", head);

    const auto project = find("shop");

    QVERIFY(project != nullptr);
    QCOMPARE(project->branch, branch);
    QCOMPARE(project->commit, commit);
}

void tst_Project::linkedWorktreeNamesItsProject_data()
{
    QTest::addColumn<std::string>("repository"); // where the common directory is
    QTest::addColumn<std::string>("gitdir"); // as the `.git` file names the worktree's own
    QTest::addColumn<std::string>("name");
    QTest::addRow("relative") << std::string("shop/.git") << std::string("../shop/.git/worktrees/fix")
                              << std::string("shop");
    QTest::addRow("absolute") << std::string("shop/.git") << std::string() << std::string("shop");
    QTest::addRow("bare") << std::string("shop.git") << std::string() << std::string("shop");
    QTest::addRow("hidden bare") << std::string("shop/.bare") << std::string() << std::string("shop");
}

void tst_Project::linkedWorktreeNamesItsProject()
{
    QFETCH(const std::string, repository);
    QFETCH(const std::string, gitdir);
    QFETCH(const std::string, name);
    const std::string own = repository + "/worktrees/fix";
    write(repository + "/HEAD", "ref: refs/heads/main\n");
    write(own + "/HEAD", "ref: refs/heads/fix/42\n");
    write(own + "/commondir", "../..\n");
    write("fix-42/.git", "gitdir: " + (gitdir.empty() ? path(own) : gitdir) + "\n");
    fs::create_directories(path("fix-42/src"));

    const auto project = find("fix-42/src");

    QVERIFY(project != nullptr);
    QVERIFY(*project
            == (Quay::Project{
                .root = path("fix-42"), .name = name, .branch = "fix/42", .commit = {}, .worktree = "fix-42"}));
}

void tst_Project::submoduleIsAProjectOfItsOwn()
{
    write("shop/.git/HEAD", "ref: refs/heads/main\n");
    write("shop/.git/modules/library/HEAD", Hash);
    write("shop/library/.git", "gitdir: ../.git/modules/library\n");

    const auto project = find("shop/library");

    QVERIFY(project != nullptr);
    QVERIFY(*project
            == (Quay::Project{
                .root = path("shop/library"), .name = "library", .branch = {}, .commit = "01234567", .worktree = {}}));
}

void tst_Project::brokenRepositoryIsAProjectWithoutBranch_data()
{
    QTest::addColumn<std::string>("gitFile");
    QTest::addRow("dangling") << std::string("gitdir: ../gone/.git/worktrees/x\n");
    QTest::addRow("circular") << std::string("gitdir: .git\n");
    QTest::addRow("its own directory") << std::string("gitdir: .\n");
    QTest::addRow("the root") << std::string("gitdir: /\n");
    QTest::addRow("a NUL") << std::string("gitdir: \0x\n", 11);
    QTest::addRow("long name") << "gitdir: /" + std::string(5000, 'x') + "\n";
}

void tst_Project::brokenRepositoryIsAProjectWithoutBranch()
{
    QFETCH(const std::string, gitFile);
    write("shop/.git", gitFile);

    const auto project = find("shop");

    QVERIFY(project != nullptr);
    QVERIFY(*project
            == (Quay::Project{.root = path("shop"), .name = "shop", .branch = {}, .commit = {}, .worktree = {}}));
}

void tst_Project::emptyGitDirectoryIsNoRepository()
{
    fs::create_directories(path("shop/.git"));
    write("other/.git", "this names no directory");
    write("third/.git", "gitdir:\n");

    QVERIFY(find("shop") == nullptr);
    QVERIFY(find("other") == nullptr);
    QVERIFY(find("third") == nullptr);
}

void tst_Project::headThatIsAFifoDoesNotBlock()
{
    fs::create_directories(path("shop/.git"));
    QCOMPARE(::mkfifo(path("shop/.git/HEAD").c_str(), 0600), 0);

    const auto project = find("shop");

    QVERIFY(project != nullptr);
    QVERIFY(!project->branch);
}

void tst_Project::projectFileIsFound_data()
{
    QTest::addColumn<std::string>("file");
    for (const char *const name :
         {"package.json", "pyproject.toml", "Cargo.toml", "go.mod", "pom.xml", "build.gradle", "build.gradle.kts",
          "Gemfile", "composer.json", "mix.exs", "manage.py", "CMakeLists.txt", "Api.csproj", "App.sln", "deno.json"}) {
        QTest::addRow("%s", name) << std::string(name);
    }
}

void tst_Project::projectFileIsFound()
{
    QFETCH(const std::string, file);
    write("work/shop/" + file, "");
    fs::create_directories(path("work/shop/src"));

    const auto project = find("work/shop/src");

    QVERIFY(project != nullptr);
    QVERIFY(*project
            == (Quay::Project{.root = path("work/shop"), .name = "shop", .branch = {}, .commit = {}, .worktree = {}}));
}

void tst_Project::nearestProjectFileWins()
{
    write("mono/package.json", "{}");
    write("mono/apps/web/package.json", "{}");
    write("mono/node_modules/vite/package.json", "{}");

    QCOMPARE(find("mono/apps/web")->name, std::string("web"));
    QCOMPARE(find("mono/apps")->name, std::string("mono"));
    QCOMPARE(find("mono/node_modules/vite")->name, std::string("mono"));
}

void tst_Project::gitWinsOverProjectFiles()
{
    write("mono/.git/HEAD", "ref: refs/heads/main\n");
    write("mono/apps/web/package.json", "{}");

    QCOMPARE(find("mono/apps/web")->root, path("mono"));
}

void tst_Project::directoryWithoutProjectHasNone_data()
{
    QTest::addColumn<std::string>("directory");
    for (const char *const directory : {"", "/", "relative/path", "(unreachable)/x", "/proc/self", "/usr/lib", "/etc",
                                        "/home", "/tmp", "/no/such/directory", "//"}) {
        QTest::addRow("%s", directory) << std::string(directory);
    }
    QTest::addRow("very deep") << [] {
        std::string path;
        for (int level = 0; level < 2000; ++level) {
            path += "/a";
        }
        return path;
    }();
    QTest::addRow("very long name") << "/" + std::string(100'000, 'x');
}

void tst_Project::directoryWithoutProjectHasNone()
{
    QFETCH(const std::string, directory);

    QVERIFY(m_finder->find(directory) == nullptr);
    QVERIFY(m_finder->find(directory) == nullptr);
}

void tst_Project::homeIsNoProject()
{
    write(".git/HEAD", "ref: refs/heads/dotfiles\n");
    write("package.json", "{}");
    fs::create_directories(path("downloads"));

    QVERIFY(find("downloads") == nullptr);
    QVERIFY(m_finder->find(m_base) == nullptr);
}

void tst_Project::homeBehindALinkIsNoProject()
{
    write("real/.git/HEAD", "ref: refs/heads/dotfiles\n");
    fs::create_directory_symlink(path("real"), path("link"));
    Quay::ProjectFinder finder(Quay::homesOf(path("link") + "/"));

    QVERIFY(finder.find(path("real")) == nullptr);
    QVERIFY(finder.find(path("link")) == nullptr);
}

void tst_Project::unreadableDirectoryHasNoProject()
{
    write("shop/.git/HEAD", "ref: refs/heads/main\n");
    fs::permissions(m_base, fs::perms::all);
    fs::permissions(path("shop"), fs::perms::none);
    Quay::ProjectPtr project;
    {
        const Quay::Test::Unprivileged ordinary;

        project = find("shop/src");
    }
    fs::permissions(path("shop"), fs::perms::all);

    QVERIFY(project == nullptr);
}

void tst_Project::unchangedHeadGivesTheSameObject()
{
    write("shop/.git/HEAD", "ref: refs/heads/main\n");
    fs::create_directories(path("shop/a"));
    fs::create_directories(path("shop/b"));
    const auto project = find("shop/a");

    QVERIFY(project != nullptr);
    QCOMPARE(find("shop/a"), project);
    QCOMPARE(find("shop/b"), project);
    write("shop/.git/HEAD", "ref: refs/heads/main\n");
    QCOMPARE(find("shop/a"), project);
}

void tst_Project::checkoutIsSeen()
{
    write("shop/.git/HEAD", "ref: refs/heads/main\n");
    QCOMPARE(find("shop")->branch, std::optional<std::string>("main"));

    // As git does it: a new file in the place of the old one, within the same clock tick or not.
    write("shop/.git/HEAD.lock", "ref: refs/heads/next\n");
    fs::rename(path("shop/.git/HEAD.lock"), path("shop/.git/HEAD"));

    QCOMPARE(find("shop")->branch, std::optional<std::string>("next"));
}

void tst_Project::checkoutInALinkedWorktreeIsSeen()
{
    write("shop/.git/worktrees/x/HEAD", "ref: refs/heads/one\n");
    write("shop/.git/worktrees/x/commondir", "../..\n");
    write("x/.git", "gitdir: ../shop/.git/worktrees/x\n");
    QCOMPARE(find("x")->branch, std::optional<std::string>("one"));

    write("shop/.git/worktrees/x/HEAD.lock", "ref: refs/heads/two\n");
    fs::rename(path("shop/.git/worktrees/x/HEAD.lock"), path("shop/.git/worktrees/x/HEAD"));

    QCOMPARE(find("x")->branch, std::optional<std::string>("two"));
}

void tst_Project::newRepositoryIsSeen()
{
    fs::create_directories(path("shop/src"));
    QVERIFY(find("shop/src") == nullptr);

    write("shop/.git/HEAD", "ref: refs/heads/main\n");

    QVERIFY(find("shop/src") != nullptr);
}

void tst_Project::removedRepositoryIsSeen()
{
    write("shop/.git/HEAD", "ref: refs/heads/main\n");
    QVERIFY(find("shop") != nullptr);

    fs::remove_all(path("shop/.git"));

    QVERIFY(find("shop") == nullptr);
}

QTEST_GUILESS_MAIN(tst_Project)
#include "tst_project.moc"
