// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QSqlQuery>
#include <QString>
#include <QVariantList>

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>

namespace Quay {

/// What brings a database from one version of its schema to the next: statements, one after the other.
using SchemaStep = std::span<const char *const>;

/**
 * A SQLite database in one file, shared with other programs of the same user.
 *
 * It is in WAL mode: readers and the one writer do not wait for each other, and a program that is killed leaves no half
 * transaction. Writers wait for each other for some seconds. The version of the schema is in `user_version`; steps that
 * are missing are done when it is opened, all in one transaction.
 *
 * A file that is no database, or a damaged one, is put aside under another name, and a new one begun: see putAside(). A
 * database with a newer schema is left as it is.
 *
 * Errors:  subject is the path. Denied when it may not be written; Unsupported for a newer schema or where Qt has no
 *          driver for SQLite; Malformed when it turns out to be damaged later; Io with ENOSPC when the disk or the
 * limit is full, with EBUSY when another writer did not finish;
 *          Io, and what SQLite says behind the path. Threads: to be used by the thread that opened it.
 * Blocks for as long as the file system does.
 */
class SqliteFile
{
public:
    /// @p steps: the first makes version 1 of an empty file. @p mostBytes: it does not grow beyond that.
    [[nodiscard]] static Result<SqliteFile> open(const std::string &path, std::span<const SchemaStep> steps,
                                                 std::uint64_t mostBytes);

    SqliteFile(SqliteFile &&other) noexcept;
    SqliteFile &operator=(SqliteFile &&other) noexcept;
    SqliteFile(const SqliteFile &) = delete;
    SqliteFile &operator=(const SqliteFile &) = delete;
    ~SqliteFile();

    /// Runs one statement with values for its question marks.
    [[nodiscard]] Result<QSqlQuery> run(const QString &statement, const QVariantList &values = {}) const;
    /// Runs @p work in one transaction for writing, which leaves nothing behind when it fails.
    [[nodiscard]] Result<> inTransaction(const std::function<Result<>()> &work) const;

    /// Where the unusable file is now that was found in its place.
    [[nodiscard]] const std::optional<std::string> &putAside() const noexcept { return m_putAside; }

private:
    explicit SqliteFile(std::string path);

    [[nodiscard]] Result<> connect();
    [[nodiscard]] Result<> check() const;
    [[nodiscard]] Result<> prepare(std::span<const SchemaStep> steps, std::uint64_t mostBytes) const;
    [[nodiscard]] Result<> upgrade(std::span<const SchemaStep> steps) const;
    [[nodiscard]] Result<> moveAside();
    [[nodiscard]] Result<qint64> number(const QString &statement) const;
    void disconnect();

    std::string m_path;
    QString m_connection; ///< Its name among Qt's connections; empty: none.
    std::optional<std::string> m_putAside;
};

} // namespace Quay
