// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/startup/sqlitefile.h"

#include "core/base/makedirectories.h"
#include "core/base/uniquefd.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QString>
#include <QVariant>
#include <QVariantList>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace Quay {

namespace {

constexpr auto Options = "QSQLITE_BUSY_TIMEOUT=5000"; // a writer needs milliseconds; a slow disk perhaps a second

/// The primary result codes of sqlite3.h that matter here.
enum SqliteCode : int
{
    Permission = 3,
    Busy = 5,
    Locked = 6,
    ReadOnly = 8,
    Corrupt = 11,
    Full = 13,
    CannotOpen = 14,
    NotADatabase = 26,
};

int primaryCode(const QSqlError &error)
{
    constexpr int PrimaryMask = 0xff;
    return error.nativeErrorCode().toInt() & PrimaryMask;
}

/// Why a file cannot be opened is not said by SQLite: mostly its directory may not be written.
std::unexpected<Error> cannotOpen(const std::string &path)
{
    const std::string directory = path.substr(0, path.rfind('/') + 1);
    const bool isFileBlocked = ::access(path.c_str(), F_OK) == 0 && ::access(path.c_str(), R_OK | W_OK) != 0;
    if (isFileBlocked || ::access(directory.c_str(), W_OK | X_OK) != 0) {
        return failErrno(errno, path);
    }
    return fail(ErrorCode::Io, path);
}

std::unexpected<Error> failSql(const QSqlError &error, const std::string &path)
{
    switch (primaryCode(error)) {
    case Permission:
    case ReadOnly:
        return fail(ErrorCode::Denied, path, EACCES);
    case Busy:
    case Locked:
        return fail(ErrorCode::Io, path, EBUSY);
    case Full:
        return fail(ErrorCode::Io, path, ENOSPC);
    case Corrupt:
    case NotADatabase:
        return fail(ErrorCode::Malformed, path);
    case CannotOpen:
        return cannotOpen(path);
    default: // nothing that a caller could tell apart
        return fail(ErrorCode::Io, path + ": " + error.text().toStdString());
    }
}

QString nextConnectionName()
{
    static std::atomic<int> count = 0;
    return QStringLiteral("quaymaster-sqlite-%1").arg(++count);
}

} // namespace

SqliteFile::SqliteFile(std::string path)
    : m_path(std::move(path))
{
}

SqliteFile::SqliteFile(SqliteFile &&other) noexcept
    : m_path(std::move(other.m_path))
    , m_connection(std::exchange(other.m_connection, {}))
    , m_putAside(std::move(other.m_putAside))
{
}

SqliteFile &SqliteFile::operator=(SqliteFile &&other) noexcept
{
    if (this != &other) {
        disconnect();
        m_path = std::move(other.m_path);
        m_connection = std::exchange(other.m_connection, {});
        m_putAside = std::move(other.m_putAside);
    }
    return *this;
}

SqliteFile::~SqliteFile()
{
    disconnect();
}

Result<SqliteFile> SqliteFile::open(const std::string &path, std::span<const SchemaStep> steps, std::uint64_t mostBytes)
{
    if (const auto made = makeDirectoriesOf(path); !made) {
        return std::unexpected(made.error());
    }
    SqliteFile file(path);
    auto usable = file.connect().and_then([&file] { return file.check(); });
    if (!usable && usable.error().code == ErrorCode::Malformed) {
        file.disconnect();
        usable = file.moveAside();
    }
    usable = usable.and_then([&] { return file.prepare(steps, mostBytes); });
    if (!usable) {
        return std::unexpected(usable.error());
    }
    return file;
}

Result<QSqlQuery> SqliteFile::run(const QString &statement, const QVariantList &values) const
{
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    query.setForwardOnly(true);
    if (!query.prepare(statement)) {
        return failSql(query.lastError(), m_path);
    }
    for (const auto &value : values) {
        query.addBindValue(value);
    }
    if (!query.exec()) {
        return failSql(query.lastError(), m_path);
    }
    return query;
}

Result<> SqliteFile::inTransaction(const std::function<Result<>()> &work) const
{
    // IMMEDIATE: who first reads and then wants to write may be told "busy" without having waited.
    if (const auto begun = run(QStringLiteral("BEGIN IMMEDIATE")); !begun) {
        return std::unexpected(begun.error());
    }
    auto done = work().and_then([this] { return run(QStringLiteral("COMMIT")).transform([](const QSqlQuery &) { }); });
    if (!done) {
        std::ignore = run(QStringLiteral("ROLLBACK")).has_value(); // a full disk has done so already
    }
    return done;
}

Result<> SqliteFile::connect()
{
    if (!QSqlDatabase::isDriverAvailable(QStringLiteral("QSQLITE"))) {
        return fail(ErrorCode::Unsupported, m_path);
    }
    m_connection = nextConnectionName();
    auto database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_connection);
    database.setDatabaseName(QString::fromLocal8Bit(m_path.data(), static_cast<qsizetype>(m_path.size())));
    database.setConnectOptions(QString::fromLatin1(Options));
    if (!database.open()) {
        return failSql(database.lastError(), m_path);
    }
    return {};
}

/// Reads all of it, and changes nothing.
Result<> SqliteFile::check() const
{
    auto query = run(QStringLiteral("PRAGMA quick_check(1)"));
    if (!query) {
        return std::unexpected(query.error());
    }
    const bool isGood = query->next() && query->value(0).toString() == QLatin1StringView("ok");
    return isGood ? Result<>() : fail(ErrorCode::Malformed, m_path);
}

Result<> SqliteFile::prepare(std::span<const SchemaStep> steps, std::uint64_t mostBytes) const
{
    // The version first: setting the mode would already change the file of a newer one.
    const auto version = number(QStringLiteral("PRAGMA user_version"));
    if (!version) {
        return std::unexpected(version.error());
    }
    if (*version < 0 || std::cmp_greater(*version, steps.size())) {
        return fail(ErrorCode::Unsupported, m_path);
    }
    for (const auto *const setting :
         {"PRAGMA journal_mode = WAL", "PRAGMA synchronous = NORMAL", "PRAGMA foreign_keys = ON"}) {
        if (const auto set = run(QString::fromLatin1(setting)); !set) {
            return std::unexpected(set.error());
        }
    }
    if (std::cmp_less(*version, steps.size())) {
        if (const auto upgraded = upgrade(steps); !upgraded) {
            return upgraded;
        }
    }
    return number(QStringLiteral("PRAGMA page_size"))
        .and_then([this, mostBytes](qint64 pageBytes) {
            const auto pages = std::max<std::uint64_t>(mostBytes / static_cast<std::uint64_t>(pageBytes), 1);
            return number(QStringLiteral("PRAGMA max_page_count = %1").arg(pages));
        })
        .transform([](qint64) {});
}

Result<> SqliteFile::upgrade(std::span<const SchemaStep> steps) const
{
    return inTransaction([this, steps]() -> Result<> {
        const auto version = number(QStringLiteral("PRAGMA user_version")); // another program may have been quicker
        if (!version) {
            return std::unexpected(version.error());
        }
        if (std::cmp_greater_equal(*version, steps.size())) {
            return {};
        }
        for (const auto step : steps.subspan(static_cast<std::size_t>(*version))) {
            for (const auto *const statement : step) {
                if (const auto done = run(QString::fromLatin1(statement)); !done) {
                    return std::unexpected(done.error());
                }
            }
        }
        return run(QStringLiteral("PRAGMA user_version = %1").arg(steps.size())).transform([](const QSqlQuery &) { });
    });
}

/// One program at a time: the second one would put aside what the first has begun anew.
Result<> SqliteFile::moveAside()
{
    constexpr mode_t Mode = 0600;
    const std::string lockPath = m_path + ".lock";
    const UniqueFd lock(::open(lockPath.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, Mode));
    if (!lock || ::flock(lock.get(), LOCK_EX) != 0) {
        return failErrno(errno, m_path);
    }
    const auto again = connect().and_then([this] { return check(); });
    if (again || again.error().code != ErrorCode::Malformed) {
        return again;
    }
    disconnect();
    const std::string aside = m_path + ".broken";
    if (::rename(m_path.c_str(), aside.c_str()) != 0) {
        return failErrno(errno, m_path);
    }
    for (const std::string_view companion : {"-wal", "-shm"}) { // of the broken one; they must not meet the new one
        ::unlink((m_path + std::string(companion)).c_str());
    }
    m_putAside = aside;
    return connect();
}

Result<qint64> SqliteFile::number(const QString &statement) const
{
    return run(statement).and_then([this](QSqlQuery query) -> Result<qint64> {
        bool isNumber = false;
        const auto value = query.next() ? query.value(0).toLongLong(&isNumber) : 0;
        return isNumber ? Result<qint64>(value) : fail(ErrorCode::Malformed, m_path);
    });
}

void SqliteFile::disconnect()
{
    if (!m_connection.isEmpty()) {
        QSqlDatabase::removeDatabase(std::exchange(m_connection, {}));
    }
}

} // namespace Quay
