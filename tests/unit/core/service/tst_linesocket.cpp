// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/linesocket.h"

#include <QObject>
#include <QTest>

#include <array>
#include <cerrno>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sys/socket.h>

namespace {

constexpr std::size_t MostBytes = std::size_t{1} << 20U;

struct Pair
{
    Pair()
    {
        std::array<int, 2> ends{};
        ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends.data());
        here = Quay::UniqueFd(ends[0]);
        there = Quay::UniqueFd(ends[1]);
    }

    Quay::UniqueFd here;
    Quay::UniqueFd there;
};

/// Nothing when it was no failure.
std::optional<Quay::ErrorCode> failureOf(const Quay::Result<std::vector<std::string>> &result)
{
    return result ? std::nullopt : std::optional(result.error().code);
}

void write(const Quay::UniqueFd &socket, const std::string &text)
{
    QCOMPARE(::send(socket.get(), text.data(), text.size(), MSG_NOSIGNAL), static_cast<ssize_t>(text.size()));
}

} // namespace

class tst_LineSocket : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void linesInPiecesAreJoined();
    void lastWordsAreGivenBeforeTheEnd();
    void lineThatIsTooLongEndsIt();
    void whoDoesNotReadIsGivenUp();
    void everythingArrivesInOrder();
};

void tst_LineSocket::linesInPiecesAreJoined()
{
    Pair pair;
    Quay::LineSocket socket(std::move(pair.here), MostBytes);
    write(pair.there, "one\ntw");
    QCOMPARE(socket.proceed().value(), std::vector<std::string>{"one"});
    QVERIFY(socket.proceed().value().empty());

    write(pair.there, "o\n\nthree");

    QCOMPARE(socket.proceed().value(), (std::vector<std::string>{"two", ""}));
}

void tst_LineSocket::lastWordsAreGivenBeforeTheEnd()
{
    Pair pair;
    Quay::LineSocket socket(std::move(pair.here), MostBytes);
    write(pair.there, "good-bye\n");
    pair.there.reset();

    QCOMPARE(socket.proceed().value(), std::vector<std::string>{"good-bye"});
    QVERIFY(failureOf(socket.proceed()) == Quay::ErrorCode::Gone);
}

void tst_LineSocket::lineThatIsTooLongEndsIt()
{
    Pair pair;
    Quay::LineSocket socket(std::move(pair.here), 100);

    write(pair.there, std::string(101, 'x'));

    QVERIFY(failureOf(socket.proceed()) == Quay::ErrorCode::Malformed);
}

void tst_LineSocket::whoDoesNotReadIsGivenUp()
{
    Pair pair;
    Quay::LineSocket socket(std::move(pair.here), MostBytes);
    const std::string line = std::string(10'000, 'x') + '\n';
    Quay::Result<> sent;

    for (int i = 0; i < 1'000 && sent; ++i) {
        sent = socket.send(line);
    }

    QVERIFY(!sent.has_value());
    QCOMPARE(sent.error().sysErrno, ENOBUFS);
}

void tst_LineSocket::everythingArrivesInOrder()
{
    Pair pair;
    Quay::LineSocket here(std::move(pair.here), MostBytes);
    Quay::LineSocket there(std::move(pair.there), MostBytes);
    int sent = 0;
    int received = 0;

    for (int round = 0; round < 200; ++round) {
        for (int i = 0; i < 20; ++i) {
            QVERIFY(here.send(std::to_string(sent++) + std::string(500, ' ') + '\n').has_value());
        }
        const auto lines = there.proceed();
        QVERIFY(lines.has_value());
        for (const auto &line : *lines) {
            QCOMPARE(std::stoi(line), received++);
        }
        QVERIFY(here.proceed().has_value()); // sends what was kept
    }
    QVERIFY(here.proceed().has_value());
    while (received < sent) {
        const auto lines = there.proceed();
        QVERIFY(lines.has_value());
        QVERIFY(!lines->empty());
        received += static_cast<int>(lines->size());
        QVERIFY(here.proceed().has_value());
    }

    QCOMPARE(received, sent);
}

QTEST_APPLESS_MAIN(tst_LineSocket)
#include "tst_linesocket.moc"
