// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/keptproject.h"

#include <QFile>
#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <chrono>
#include <string>

#include <sys/stat.h>

using namespace std::chrono_literals;

namespace {

Quay::KeptProject project(const std::string &file)
{
    return {.bootId = "this boot",
            .file = file,
            .text = "servers: { api: { command: run } }\n",
            .environment = {{"PATH", "/bin"}, {"BYTES", "\xff\x01"}},
            .servers = {
                {"api",
                 {.isWanted = true,
                  .run = "r-1",
                  .wasReady = true,
                  .readyAfter = 12ms,
                  .restarts = {.exits = {3s, 4s}, .pause = 7ms},
                  .state = Quay::ServerState::Ready,
                  .reason = {.cause = Quay::StateCause::Adopted},
                  .since = 5s}},
                {"job",
                 {.state = Quay::ServerState::CrashLoop,
                  .reason = {.cause = Quay::StateCause::CrashLoop, .exit = Quay::ExitStatus{.signal = 11}, .count = 4},
                  .since = 6s}},
                {"db", {}}}};
}

} // namespace

class tst_KeptProject : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void comesBack();
    void isForTheUserAlone();
    void ofAnotherBootIsRemoved();
    void garbageIsRemoved();
    void isForgotten();
};

void tst_KeptProject::comesBack()
{
    const QTemporaryDir directory;
    const std::string path = directory.path().toStdString() + "/agent/projects";
    QVERIFY(Quay::keepProject(path, project("/a\xff/quaymaster.yaml")).has_value());
    QVERIFY(Quay::keepProject(path, project("/b/quaymaster.yaml")).has_value());

    const auto kept = Quay::keptProjects(path, "this boot");

    QCOMPARE(kept.size(), std::size_t{2});
    QVERIFY(kept[0] == project("/a\xff/quaymaster.yaml") || kept[1] == project("/a\xff/quaymaster.yaml"));
}

/// It holds the environment of whoever started the servers.
void tst_KeptProject::isForTheUserAlone()
{
    const QTemporaryDir directory;
    const std::string path = directory.path().toStdString() + "/projects";
    QVERIFY(Quay::keepProject(path, project("/a")).has_value());

    struct stat status = {};
    QCOMPARE(::stat(path.c_str(), &status), 0);
    QCOMPARE(status.st_mode & 0777U, 0700U);
    const auto entries = QDir(directory.filePath(QStringLiteral("projects"))).entryInfoList(QDir::Files);
    QCOMPARE(entries.size(), 1);
    QCOMPARE(::stat(entries.front().filePath().toUtf8().constData(), &status), 0);
    QCOMPARE(status.st_mode & 0777U, 0600U);
}

void tst_KeptProject::ofAnotherBootIsRemoved()
{
    const QTemporaryDir directory;
    const std::string path = directory.path().toStdString();
    QVERIFY(Quay::keepProject(path, project("/a")).has_value());

    QVERIFY(Quay::keptProjects(path, "the next boot").empty());

    QVERIFY(Quay::keptProjects(path, "this boot").empty());
}

void tst_KeptProject::garbageIsRemoved()
{
    const QTemporaryDir directory;
    QFile file(directory.filePath(QStringLiteral("noise")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"boot\":\"this boot\",\"file\":\"/a\"");
    file.close();

    QVERIFY(Quay::keptProjects(directory.path().toStdString(), "this boot").empty());

    QVERIFY(!file.exists());
}

void tst_KeptProject::isForgotten()
{
    const QTemporaryDir directory;
    const std::string path = directory.path().toStdString();
    QVERIFY(Quay::keepProject(path, project("/a")).has_value());

    Quay::forgetProject(path, "/a");

    QVERIFY(Quay::keptProjects(path, "this boot").empty());
}

QTEST_APPLESS_MAIN(tst_KeptProject)
#include "tst_keptproject.moc"
