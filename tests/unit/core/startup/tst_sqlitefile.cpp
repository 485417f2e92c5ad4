// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/startup/sqlitefile.h"
#include "tests/support/unprivileged.h"

#include <QAtomicInteger>
#include <QByteArray>
#include <QFile>
#include <QObject>
#include <QString>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <cerrno>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <tuple>
#include <utility>

#include <sys/stat.h>

using Quay::ErrorCode;
using Quay::SchemaStep;
using Quay::SqliteFile;

namespace {

constexpr std::array First{"CREATE TABLE note (text TEXT)"};
constexpr std::array Second{"ALTER TABLE note ADD COLUMN weight INTEGER DEFAULT 7", "CREATE TABLE more (x INTEGER)"};
constexpr std::array Broken{"CREATE TABLE other (x INTEGER)", "CREATE NONSENSE"};
constexpr std::array<SchemaStep, 1> OneStep{SchemaStep(First)};
constexpr std::array<SchemaStep, 2> TwoSteps{SchemaStep(First), SchemaStep(Second)};
constexpr std::array<SchemaStep, 2> BrokenSteps{SchemaStep(First), SchemaStep(Broken)};
constexpr std::uint64_t Large = 10'000'000;

QString read(const SqliteFile &file, const char *statement)
{
    auto query = file.run(QString::fromLatin1(statement));
    return query && query->next() ? query->value(0).toString() : QString();
}

bool write(const SqliteFile &file, const QString &text)
{
    return file.run(QStringLiteral("INSERT INTO note (text) VALUES (?)"), {text}).has_value();
}

QByteArray bytesOf(const std::string &path)
{
    QFile file(QString::fromStdString(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void fill(const std::string &path, const QByteArray &bytes)
{
    QFile file(QString::fromStdString(path));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

} // namespace

class tst_SqliteFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void emptyFileGetsTheSchema();
    void olderSchemaIsUpgraded();
    void brokenStepLeavesTheOldSchema();
    void newerSchemaIsLeftAlone();
    void garbageIsPutAside_data();
    void garbageIsPutAside();
    void damagedDatabaseIsPutAside();
    void readOnlyDirectoryIsDenied();
    void fileOfNobodyElse();
    void fullFileKeepsWhatWasThere();
    void failedWorkLeavesNothing();
    void writersWaitForEachOther();
    void movedFileIsTheSame();

private:
    std::optional<QTemporaryDir> m_directory;
    std::string m_path;
};

void tst_SqliteFile::init()
{
    m_directory.emplace();
    m_path = m_directory->filePath(QStringLiteral("state/test.db")).toStdString();
}

void tst_SqliteFile::emptyFileGetsTheSchema()
{
    {
        const auto file = SqliteFile::open(m_path, OneStep, Large);
        QVERIFY2(file, file ? "" : file.error().subject.c_str());
        QVERIFY(write(*file, QStringLiteral("kept")));
        QVERIFY(!file->putAside());
        QCOMPARE(read(*file, "PRAGMA journal_mode"), QStringLiteral("wal"));
    }

    const auto again = SqliteFile::open(m_path, OneStep, Large);

    QVERIFY(again);
    QCOMPARE(read(*again, "SELECT text FROM note"), QStringLiteral("kept"));
    QCOMPARE(read(*again, "PRAGMA user_version"), QStringLiteral("1"));
}

void tst_SqliteFile::olderSchemaIsUpgraded()
{
    QVERIFY(write(*SqliteFile::open(m_path, OneStep, Large), QStringLiteral("old")));

    const auto upgraded = SqliteFile::open(m_path, TwoSteps, Large);

    QVERIFY(upgraded);
    QCOMPARE(read(*upgraded, "SELECT text || weight FROM note"), QStringLiteral("old7"));
    QCOMPARE(read(*upgraded, "PRAGMA user_version"), QStringLiteral("2"));
}

void tst_SqliteFile::brokenStepLeavesTheOldSchema()
{
    QVERIFY(write(*SqliteFile::open(m_path, OneStep, Large), QStringLiteral("old")));

    const auto failed = SqliteFile::open(m_path, BrokenSteps, Large);

    QVERIFY(!failed);
    const auto old = SqliteFile::open(m_path, OneStep, Large);
    QVERIFY(old);
    QCOMPARE(read(*old, "SELECT count(*) FROM sqlite_master WHERE name = 'other'"), QStringLiteral("0"));
    QCOMPARE(read(*old, "SELECT text FROM note"), QStringLiteral("old"));
}

void tst_SqliteFile::newerSchemaIsLeftAlone()
{
    std::ignore = SqliteFile::open(m_path, TwoSteps, Large).has_value();
    const auto before = bytesOf(m_path);
    QVERIFY(!before.isEmpty());

    const auto file = SqliteFile::open(m_path, OneStep, Large);

    QVERIFY(!file);
    QCOMPARE(file.error().code, ErrorCode::Unsupported);
    QCOMPARE(file.error().subject, m_path);
    QCOMPARE(bytesOf(m_path), before);
}

void tst_SqliteFile::garbageIsPutAside_data()
{
    QTest::addColumn<QByteArray>("garbage");

    QTest::newRow("text") << QByteArray(
        "this is no database, but long enough to be looked at as if it were one, really");
    QTest::newRow("zeros") << QByteArray(8192, '\0');
    QTest::newRow("head alone") << QByteArray("SQLite format 3\0", 16);
}

void tst_SqliteFile::garbageIsPutAside()
{
    QFETCH(const QByteArray, garbage);
    std::ignore = SqliteFile::open(m_path, OneStep, Large).has_value(); // for the directory
    fill(m_path, garbage);

    const auto file = SqliteFile::open(m_path, OneStep, Large);

    QVERIFY2(file, file ? "" : file.error().subject.c_str());
    QCOMPARE(file->putAside(), std::optional(m_path + ".broken"));
    QCOMPARE(bytesOf(m_path + ".broken"), garbage);
    QVERIFY(write(*file, QStringLiteral("new")));
}

void tst_SqliteFile::damagedDatabaseIsPutAside()
{
    {
        const auto file = SqliteFile::open(m_path, OneStep, Large);
        for (int number = 0; number < 500; ++number) {
            QVERIFY(write(*file, QString(100, u'x')));
        }
    }
    auto bytes = bytesOf(m_path);
    QVERIFY(bytes.size() > 20'000);
    bytes.replace(8'192, 4'096, QByteArray(4'096, '\xee'));
    fill(m_path, bytes);

    const auto file = SqliteFile::open(m_path, OneStep, Large);

    QVERIFY(file);
    QVERIFY(file->putAside().has_value());
    QCOMPARE(read(*file, "SELECT count(*) FROM note"), QStringLiteral("0"));
}

void tst_SqliteFile::readOnlyDirectoryIsDenied()
{
    const QByteArray directory = m_directory->filePath(QStringLiteral("state")).toLocal8Bit();
    QCOMPARE(::mkdir(directory.constData(), 0555), 0);
    const Quay::Test::Unprivileged unprivileged;

    const auto file = SqliteFile::open(m_path, OneStep, Large);

    QVERIFY(!file);
    QCOMPARE(file.error().code, ErrorCode::Denied);
    QCOMPARE(file.error().subject, m_path);
}

void tst_SqliteFile::fileOfNobodyElse()
{
    const auto file = SqliteFile::open(m_path, OneStep, Large);
    QVERIFY(file);

    struct stat status{};
    QCOMPARE(::stat(m_path.substr(0, m_path.rfind('/')).c_str(), &status), 0);
    QCOMPARE(status.st_mode & 0777U, 0700U);
}

void tst_SqliteFile::fullFileKeepsWhatWasThere()
{
    const auto file = SqliteFile::open(m_path, OneStep, 40'000);
    QVERIFY(file);
    QVERIFY(write(*file, QStringLiteral("first")));

    const auto failed = file->inTransaction([&file]() -> Quay::Result<> {
        for (int number = 0; number < 1'000; ++number) {
            const auto done = file->run(QStringLiteral("INSERT INTO note (text) VALUES (?)"), {QString(100, u'x')});
            if (!done) {
                return std::unexpected(done.error());
            }
        }
        return {};
    });

    QVERIFY(!failed);
    QCOMPARE(failed.error().code, ErrorCode::Io);
    QCOMPARE(failed.error().sysErrno, ENOSPC);
    QCOMPARE(read(*file, "SELECT count(*) FROM note"), QStringLiteral("1"));
    QVERIFY(write(*file, QStringLiteral("goes on")));
}

void tst_SqliteFile::failedWorkLeavesNothing()
{
    const auto file = SqliteFile::open(m_path, OneStep, Large);

    const auto failed = file->inTransaction([&file]() -> Quay::Result<> {
        std::ignore = write(*file, QStringLiteral("half"));
        return Quay::fail(ErrorCode::Invalid, "given up");
    });

    QCOMPARE(failed.error().subject, std::string("given up"));
    QCOMPARE(read(*file, "SELECT count(*) FROM note"), QStringLiteral("0"));
}

void tst_SqliteFile::writersWaitForEachOther()
{
    const auto first = SqliteFile::open(m_path, OneStep, Large);
    QVERIFY(first);
    QAtomicInteger<int> written = 0;
    const auto work = [this, &written] {
        const auto file = SqliteFile::open(m_path, OneStep, Large);
        for (int number = 0; file && number < 50; ++number) {
            const auto done = file->inTransaction([&file]() -> Quay::Result<> {
                std::ignore = read(*file, "SELECT count(*) FROM note");
                return write(*file, QStringLiteral("x")) ? Quay::Result<>() : Quay::fail(ErrorCode::Io, "");
            });
            written += done ? 1 : 0;
        }
    };

    {
        const std::jthread left(work);
        const std::jthread right(work);
    }

    QCOMPARE(written.loadRelaxed(), 100);
    QCOMPARE(read(*first, "SELECT count(*) FROM note"), QStringLiteral("100"));
}

void tst_SqliteFile::movedFileIsTheSame()
{
    auto file = SqliteFile::open(m_path, OneStep, Large);
    QVERIFY(write(*file, QStringLiteral("kept")));
    auto other = SqliteFile::open(m_directory->filePath(QStringLiteral("other.db")).toStdString(), OneStep, Large);

    SqliteFile moved(*std::move(file));
    *other = std::move(moved);

    QCOMPARE(read(*other, "SELECT text FROM note"), QStringLiteral("kept"));
}

QTEST_GUILESS_MAIN(tst_SqliteFile)
#include "tst_sqlitefile.moc"
