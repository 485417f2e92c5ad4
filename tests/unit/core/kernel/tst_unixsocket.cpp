// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/uniquefd.h"
#include "core/kernel/unixsocket.h"

#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <string>

#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

using Quay::ErrorCode;

class tst_UnixSocket : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void messagesStayApart();
    void pathMayBeLong();
    void peerIsTheOneWhoConnected();
    void socketIsForTheUserOnly();
    void whatIsThereIsReplaced();
    void errorsTellWhy();

private:
    QTemporaryDir m_directory;
    std::string m_path = m_directory.path().toStdString() + "/socket";
};

void tst_UnixSocket::messagesStayApart()
{
    const auto listener = Quay::listenAt(m_path);
    const auto client = Quay::connectTo(m_path);
    QVERIFY(listener && client);
    const auto server = Quay::acceptFrom(listener->get());
    QVERIFY(server.has_value());

    QCOMPARE(::send(client->get(), "one", 3, 0), ssize_t{3});
    QCOMPARE(::send(client->get(), "two", 3, 0), ssize_t{3});

    std::array<char, 100> buffer{};
    QCOMPARE(::recv(server->get(), buffer.data(), buffer.size(), 0), ssize_t{3});
    QCOMPARE(::recv(server->get(), buffer.data(), buffer.size(), 0), ssize_t{3});
    QCOMPARE(::recv(server->get(), buffer.data(), buffer.size(), 0), ssize_t{-1}); // does not wait
    QCOMPARE(errno, EAGAIN);
}

void tst_UnixSocket::pathMayBeLong()
{
    const std::string directory = m_directory.path().toStdString() + '/' + std::string(200, 'd');
    std::filesystem::create_directory(directory);
    const std::string path = directory + '/' + std::string(40, 's');

    const auto listener = Quay::listenAt(path);
    QVERIFY2(listener, listener ? "" : listener.error().subject.c_str());

    QVERIFY(Quay::connectTo(path).has_value());
    QVERIFY(std::filesystem::is_socket(path));
}

void tst_UnixSocket::peerIsTheOneWhoConnected()
{
    const auto listener = Quay::listenAt(m_path);
    const auto client = Quay::connectTo(m_path);
    const auto server = Quay::acceptFrom(listener->get());
    QVERIFY(server && client);

    const auto peer = Quay::peerOf(server->get());

    QVERIFY(peer.has_value());
    QCOMPARE(peer->pid, ::getpid());
    QCOMPARE(peer->uid, ::geteuid());
}

void tst_UnixSocket::socketIsForTheUserOnly()
{
    const auto listener = Quay::listenAt(m_path);

    QVERIFY(listener.has_value());
    QCOMPARE(std::filesystem::status(m_path).permissions(),
             std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

void tst_UnixSocket::whatIsThereIsReplaced()
{
    std::filesystem::remove(m_path);
    std::ofstream(m_path) << "left over";

    const auto listener = Quay::listenAt(m_path);

    QVERIFY(listener.has_value());
    QVERIFY(Quay::connectTo(m_path).has_value());
}

void tst_UnixSocket::errorsTellWhy()
{
    QCOMPARE(Quay::connectTo("/nowhere/socket").error().code, ErrorCode::Gone);
    QCOMPARE(Quay::connectTo("socket").error().code, ErrorCode::Invalid);
    QCOMPARE(Quay::listenAt("/nowhere/socket").error().code, ErrorCode::Gone);
    {
        const auto listener = Quay::listenAt(m_path);
        QVERIFY(listener.has_value());
        QCOMPARE(Quay::acceptFrom(listener->get()).error().sysErrno, EAGAIN);
    }
    QCOMPARE(Quay::connectTo(m_path).error().sysErrno, ECONNREFUSED); // nobody listens any more
}

QTEST_APPLESS_MAIN(tst_UnixSocket)
#include "tst_unixsocket.moc"
