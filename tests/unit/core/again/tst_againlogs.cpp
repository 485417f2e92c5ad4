// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/again/againlogs.h"
#include "core/control/detachedstart.h"
#include "core/kernel/pidfd.h"

#include <QDir>
#include <QFile>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <memory>
#include <optional>
#include <string>

using Quay::AgainLogLimits;

/// What is kept of the output of programs that were started again.
class tst_AgainLogs : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void oldestGoFirst();
    void allTogetherHaveALimit();
    void longLogInUseLosesItsBeginning();
    void lastLinesAreRead_data();
    void lastLinesAreRead();
    void secretsAreNotInTheLastLines();
    void noLogHasNoLines();
    void writerIsSeen();
    void logInUseIsNeverRemoved();
    void otherFilesStay();
    void missingDirectoryIsFine();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_directory->filePath(name); }
    void write(const QString &name, const QByteArray &text) const;
    [[nodiscard]] QByteArray read(const QString &name) const;
    [[nodiscard]] QStringList names() const { return QDir(m_directory->path()).entryList(QDir::Files, QDir::Name); }
    void tidy(const AgainLogLimits &limits) const { tidyAgainLogs(m_directory->path().toStdString(), limits); }

    std::unique_ptr<QTemporaryDir> m_directory;
};

void tst_AgainLogs::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
}

void tst_AgainLogs::write(const QString &name, const QByteArray &text) const
{
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Append));
    QCOMPARE(file.write(text), text.size());
}

QByteArray tst_AgainLogs::read(const QString &name) const
{
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

namespace {

/// A program that was started again and writes lines to its log until it is let go.
class Writer
{
public:
    explicit Writer(const QString &log)
        : m_pid(Quay::startDetached({.name = "sh",
                                     .executable = "/bin/sh",
                                     .arguments = {"sh", "-c",
                                                   "trap 'echo last; exit' TERM; echo one; echo two; echo three; "
                                                   "while :; do sleep 0.01; done"},
                                     .directory = "/",
                                     .environment = {"PATH=/usr/bin:/bin"}},
                                    log.toStdString())
                    .value())
        , m_handle(Quay::PidFd::open(m_pid).value())
    {
    }
    Writer(const Writer &) = delete;
    Writer &operator=(const Writer &) = delete;
    ~Writer() { std::ignore = m_handle.signal(SIGKILL); }

    void end() { QVERIFY(m_handle.signal(SIGTERM)); }
    [[nodiscard]] bool hasEnded() const { return m_handle.hasEnded().value_or(true); }

private:
    pid_t m_pid;
    Quay::PidFd m_handle;
};

} // namespace

void tst_AgainLogs::oldestGoFirst()
{
    for (const char *const name : {"1.log", "2.log", "3.log"}) {
        write(QString::fromLatin1(name), "text\n");
    }

    tidy({.count = 2});

    QCOMPARE(names(), (QStringList{QStringLiteral("2.log"), QStringLiteral("3.log")}));
}

void tst_AgainLogs::allTogetherHaveALimit()
{
    for (const char *const name : {"1.log", "2.log", "3.log"}) {
        write(QString::fromLatin1(name), QByteArray(40, 'x'));
    }

    tidy({.totalBytes = 100});

    QCOMPARE(names(), (QStringList{QStringLiteral("2.log"), QStringLiteral("3.log")}));
}

void tst_AgainLogs::lastLinesAreRead_data()
{
    QByteArray many;
    QStringList lastTen;
    for (int number = 0; number < 30; ++number) {
        many += "line " + QByteArray::number(number) + '\n';
        if (number >= 20) {
            lastTen << QStringLiteral("line %1").arg(number);
        }
    }
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("lines");
    QTest::addRow("nothing") << QByteArray() << QStringList();
    QTest::addRow("unfinished") << QByteArray("one\ntwo") << QStringList{QStringLiteral("one"), QStringLiteral("two")};
    QTest::addRow("empty ones") << QByteArray("one\n\n \t\r\ntwo\n\n")
                                << QStringList{QStringLiteral("one"), QStringLiteral("two")};
    QTest::addRow("many") << many << lastTen;
    QTest::addRow("long") << QByteArray(QByteArray(10'000, 'x') + "\nlast\n") << QStringList{QStringLiteral("last")};
    QTest::addRow("one that is too long") << QByteArray(10'000, 'x') << QStringList{QString(4096, u'x')};
}

void tst_AgainLogs::lastLinesAreRead()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QStringList, lines);
    write(QStringLiteral("1.log"), text);

    QStringList read;
    for (const auto &line : Quay::lastLinesOf(path(QStringLiteral("1.log")).toStdString())) {
        read << QString::fromStdString(line);
    }

    QCOMPARE(read, lines);
}

void tst_AgainLogs::secretsAreNotInTheLastLines()
{
    write(QStringLiteral("1.log"), "cannot reach postgres://me:geheim@db/shop\n");

    const auto lines = Quay::lastLinesOf(path(QStringLiteral("1.log")).toStdString());

    QCOMPARE(lines.size(), std::size_t{1});
    QVERIFY2(!lines.front().contains("geheim"), lines.front().c_str());
}

void tst_AgainLogs::noLogHasNoLines()
{
    QVERIFY(Quay::lastLinesOf(path(QStringLiteral("1.log")).toStdString()).empty());
    QVERIFY(Quay::lastLinesOf(m_directory->path().toStdString()).empty());
    QVERIFY(!Quay::isWrittenTo(path(QStringLiteral("1.log")).toStdString()));
}

void tst_AgainLogs::writerIsSeen()
{
    const auto name = QStringLiteral("1.log");
    Writer writer(path(name));
    QVERIFY(Quay::isWrittenTo(path(name).toStdString()));

    writer.end();

    QTRY_VERIFY(!Quay::isWrittenTo(path(name).toStdString()));
}

void tst_AgainLogs::longLogInUseLosesItsBeginning()
{
    const auto name = QStringLiteral("1.log");
    Writer writer(path(name));
    QTRY_COMPARE(read(name), QByteArray("one\ntwo\nthree\n"));

    tidy({.cutBytes = 10, .leftBytes = 8});

    QCOMPARE(read(name), QByteArray("three\n")); // whole lines
    writer.end();
    QTRY_COMPARE(read(name), QByteArray("three\nlast\n")); // what it writes then follows, without a hole
}

void tst_AgainLogs::logInUseIsNeverRemoved()
{
    const auto name = QStringLiteral("1.log");
    Writer writer(path(name));
    QTRY_COMPARE(read(name), QByteArray("one\ntwo\nthree\n"));

    tidy({.count = 0, .totalBytes = 0});
    QCOMPARE(names(), QStringList{name});

    writer.end();
    QTRY_VERIFY(writer.hasEnded());
    QTRY_VERIFY2((tidy({.count = 0}), names().isEmpty()), "its child may hold the log a moment longer");
}

void tst_AgainLogs::otherFilesStay()
{
    write(QStringLiteral("notes.txt"), "mine");
    QVERIFY(QFile::link(path(QStringLiteral("notes.txt")), path(QStringLiteral("1.log"))));

    tidy({.count = 0, .totalBytes = 0});

    QVERIFY(QFile::exists(path(QStringLiteral("notes.txt"))));
    QCOMPARE(read(QStringLiteral("notes.txt")), QByteArray("mine"));
}

void tst_AgainLogs::missingDirectoryIsFine()
{
    Quay::tidyAgainLogs(path(QStringLiteral("nothing")).toStdString());

    QVERIFY(!QFile::exists(path(QStringLiteral("nothing"))));
}

QTEST_GUILESS_MAIN(tst_AgainLogs)
#include "tst_againlogs.moc"
