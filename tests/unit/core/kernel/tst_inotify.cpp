// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/inotify.h"

#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sys/inotify.h>

using Quay::ErrorCode;
using Quay::FileEvent;
using Quay::Inotify;
using Quay::parseFileEvents;
using Quay::WriteNotice;

class tst_Inotify : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void eventIsRead();
    void severalAreReadInOrder();
    void overflowIsRead();
    void nothingIsNothing();
    void cutBytesAreMalformed_data();
    void cutBytesAreMalformed();
    void writtenFileIsTold();
    void writeIsToldAtOnce();
    void renamedFileIsTold();
    void removedDirectoryIsTold();
    void missingDirectoryIsGone();
    void fileIsNoDirectory();
};

namespace {

/// As the kernel writes one: a name is filled with zeros.
std::vector<std::byte> eventBytes(std::uint32_t mask, std::string_view name, int watch = 1, std::uint32_t length = 16)
{
    inotify_event head{};
    head.wd = watch;
    head.mask = mask;
    head.len = name.empty() ? 0 : length;
    std::vector<std::byte> bytes(sizeof head + head.len);
    std::memcpy(bytes.data(), &head, sizeof head);
    std::ranges::copy(std::as_bytes(std::span(name)), bytes.begin() + sizeof head);
    return bytes;
}

/// Those that came by now; the kernel tells them before a call that causes one returns.
std::vector<FileEvent> taken(Inotify &inotify)
{
    return inotify.take().value_or(std::vector<FileEvent>());
}

bool has(const std::vector<FileEvent> &events, std::string_view name, bool FileEvent::*what)
{
    return std::ranges::any_of(events, [&](const FileEvent &event) { return event.name == name && event.*what; });
}

} // namespace

void tst_Inotify::eventIsRead()
{
    const auto events = parseFileEvents(eventBytes(IN_CREATE | IN_ISDIR, "src", 7));

    QVERIFY(events);
    QCOMPARE(events->size(), std::size_t{1});
    FileEvent expected{.watch = 7, .name = "src"};
    expected.isDirectory = true;
    expected.hasAppeared = true;
    QVERIFY(events->front() == expected);
}

void tst_Inotify::severalAreReadInOrder()
{
    auto bytes = eventBytes(IN_CLOSE_WRITE, "a");
    for (const auto &more : {eventBytes(IN_MOVED_FROM, "b"), eventBytes(IN_IGNORED, "")}) {
        bytes.insert(bytes.end(), more.begin(), more.end());
    }

    const auto events = parseFileEvents(bytes);

    QVERIFY(events && events->size() == 3);
    QVERIFY((*events)[0].wasWritten && (*events)[0].name == "a");
    QVERIFY((*events)[1].hasGone && (*events)[1].name == "b");
    QVERIFY((*events)[2].hasEnded && (*events)[2].name.empty());
}

void tst_Inotify::overflowIsRead()
{
    const auto events = parseFileEvents(eventBytes(IN_Q_OVERFLOW, "", -1));

    QVERIFY(events && events->size() == 1);
    QVERIFY(events->front().hasOverflowed);
    QCOMPARE(events->front().watch, -1);
}

void tst_Inotify::nothingIsNothing()
{
    QVERIFY(parseFileEvents({})->empty());
}

void tst_Inotify::cutBytesAreMalformed_data()
{
    QTest::addColumn<int>("bytes");
    for (const int bytes : {1, 15, 16, 31, 33, 40, 63}) { // of two events of 32
        QTest::addRow("%d", bytes) << bytes;
    }
}

void tst_Inotify::cutBytesAreMalformed()
{
    QFETCH(const int, bytes);
    auto all = eventBytes(IN_CREATE, "a");
    const auto more = eventBytes(IN_CREATE, "b");
    all.insert(all.end(), more.begin(), more.end());

    const auto events = parseFileEvents(std::span(all).first(static_cast<std::size_t>(bytes)));

    QVERIFY(!events);
    QCOMPARE(events.error().code, ErrorCode::Malformed);
    QCOMPARE(events.error().subject, std::string(bytes < 32 ? "byte 0" : "byte 32"));
}

void tst_Inotify::writtenFileIsTold()
{
    const QTemporaryDir directory;
    auto inotify = Inotify::open();
    QVERIFY(inotify && inotify->watchDirectory(directory.path().toStdString(), WriteNotice::WhenClosed));
    std::ofstream file(directory.filePath(QStringLiteral("a")).toStdString());
    file << "text" << std::flush;

    QVERIFY(!has(taken(*inotify), "a", &FileEvent::wasWritten));
    file.close();
    QVERIFY(has(taken(*inotify), "a", &FileEvent::wasWritten));
    QVERIFY(taken(*inotify).empty());
}

void tst_Inotify::writeIsToldAtOnce()
{
    const QTemporaryDir directory;
    auto inotify = Inotify::open();
    QVERIFY(inotify && inotify->watchDirectory(directory.path().toStdString(), WriteNotice::AtOnce));
    std::ofstream file(directory.filePath(QStringLiteral("a")).toStdString());

    file << "text" << std::flush;

    QVERIFY(has(taken(*inotify), "a", &FileEvent::wasWritten));
}

void tst_Inotify::renamedFileIsTold()
{
    const QTemporaryDir directory;
    const std::filesystem::path path = directory.path().toStdString();
    std::ofstream(path / "a.tmp") << "text";
    auto inotify = Inotify::open();
    QVERIFY(inotify && inotify->watchDirectory(path, WriteNotice::WhenClosed));

    std::filesystem::rename(path / "a.tmp", path / "a");
    const auto events = taken(*inotify);

    QVERIFY(has(events, "a.tmp", &FileEvent::hasGone));
    QVERIFY(has(events, "a", &FileEvent::hasAppeared));
}

void tst_Inotify::removedDirectoryIsTold()
{
    const QTemporaryDir directory;
    const std::filesystem::path path = directory.path().toStdString();
    std::filesystem::create_directory(path / "sub");
    auto inotify = Inotify::open();
    QVERIFY(inotify && inotify->watchDirectory(path / "sub", WriteNotice::WhenClosed));

    std::filesystem::remove(path / "sub");
    const auto events = taken(*inotify);

    QVERIFY(has(events, "", &FileEvent::hasGone));
    QVERIFY(has(events, "", &FileEvent::hasEnded));
}

void tst_Inotify::missingDirectoryIsGone()
{
    const QTemporaryDir directory;
    auto inotify = Inotify::open();

    const auto watch = inotify->watchDirectory(directory.path().toStdString() + "/none", WriteNotice::WhenClosed);

    QVERIFY(!watch);
    QCOMPARE(watch.error().code, ErrorCode::Gone);
}

void tst_Inotify::fileIsNoDirectory()
{
    const QTemporaryDir directory;
    const auto path = directory.path().toStdString() + "/file";
    std::ofstream(path) << "text";
    auto inotify = Inotify::open();

    const auto watch = inotify->watchDirectory(path, WriteNotice::WhenClosed);

    QVERIFY(!watch);
    QCOMPARE(watch.error().sysErrno, ENOTDIR);
}

QTEST_APPLESS_MAIN(tst_Inotify)
#include "tst_inotify.moc"
