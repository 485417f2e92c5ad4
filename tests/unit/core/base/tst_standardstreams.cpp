// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/standardstreams.h"
#include "tests/support/forkedwork.h"

#include <QObject>
#include <QTest>

#include <string>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

class tst_StandardStreams : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void closedOnesLeadNowhere_data();
    void closedOnesLeadNowhere();
};

namespace {

struct stat statusOf(int fd)
{
    struct stat status{};
    ::fstat(fd, &status);
    return status;
}

bool isNull(int fd)
{
    struct stat null{};
    return ::stat("/dev/null", &null) == 0 && statusOf(fd).st_rdev == null.st_rdev;
}

} // namespace

void tst_StandardStreams::closedOnesLeadNowhere_data()
{
    QTest::addColumn<std::vector<int>>("closed");
    QTest::addColumn<std::string>("nowhere");
    QTest::newRow("none") << std::vector<int>() << std::string("---");
    QTest::newRow("output") << std::vector{1} << std::string("-x-");
    QTest::newRow("input and errors") << std::vector{0, 2} << std::string("x-x");
    QTest::newRow("all") << std::vector{0, 1, 2} << std::string("xxx");
}

void tst_StandardStreams::closedOnesLeadNowhere()
{
    QFETCH(const std::vector<int>, closed);
    QFETCH(const std::string, nowhere);
    const auto closeThem = [&closed] {
        for (const int stream : {0, 1, 2}) {
            ::dup2(::open("/", O_RDONLY | O_CLOEXEC), stream); // whatever the test was started with
        }
        for (const int stream : closed) {
            ::close(stream);
        }
        return true;
    };

    const auto found = Quay::Test::runForked(closeThem, [] {
        Quay::openClosedStreams();
        std::string streams;
        for (const int stream : {0, 1, 2}) {
            streams += isNull(stream) ? 'x' : '-';
        }
        return streams;
    });

    QVERIFY(found.has_value());
    QCOMPARE(*found, nowhere);
}

QTEST_GUILESS_MAIN(tst_StandardStreams)
#include "tst_standardstreams.moc"
