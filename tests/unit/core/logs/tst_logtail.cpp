// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logs/logtail.h"

#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

using Quay::LogTail;
using Quay::OutputStream;

class tst_LogTail : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void linesComeAsTheyAreWritten();
    void fileMayComeLater();
    void whatIsThereCanBeLeftOut();
    void lineIsTakenWhenItsEndIsThere();
    void piecesAreJoined();
    void tornLineIsLeftOut();
    void fileThatWasPutAsideIsReadToItsEnd();
    void severalFilesWerePutAside();
    void filesThatAreGoneAreAGap();
    void muchIsTakenInTurns();

private:
    void write(const std::string &text);
    void line(const std::string &text);
    void rotate(int kept);
    std::vector<std::string> read();

    std::unique_ptr<QTemporaryDir> m_directory;
    std::string m_path;
    std::unique_ptr<LogTail> m_tail;
};

namespace {

using Texts = std::vector<std::string>;

} // namespace

void tst_LogTail::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_path = m_directory->filePath(QStringLiteral("log")).toStdString();
    m_tail = std::make_unique<LogTail>(m_path);
}

void tst_LogTail::write(const std::string &text)
{
    std::ofstream(m_path, std::ios::app) << text;
}

void tst_LogTail::line(const std::string &text)
{
    write("2026-11-27T20:00:00.123456789Z stdout F " + text + '\n');
}

/// As the supervisor puts a file aside.
void tst_LogTail::rotate(int kept)
{
    const auto name = [this](int number) { return number == 0 ? m_path : m_path + '.' + std::to_string(number); };
    std::filesystem::remove(name(kept));
    for (int number = kept; number > 0; --number) {
        if (std::filesystem::exists(name(number - 1))) {
            std::filesystem::rename(name(number - 1), name(number));
        }
    }
    write("");
}

std::vector<std::string> tst_LogTail::read()
{
    Texts texts;
    for (const auto &read : m_tail->read()) {
        texts.push_back(read.text);
    }
    return texts;
}

void tst_LogTail::linesComeAsTheyAreWritten()
{
    write("2026-11-27T20:00:00.500000000Z stderr F careful\n");
    const auto first = m_tail->read();
    line("two");

    QCOMPARE(first.size(), std::size_t{1});
    QCOMPARE(first.front().stream, OutputStream::Error);
    QCOMPARE(first.front().text, std::string("careful"));
    QCOMPARE(read(), Texts{"two"});
    QCOMPARE(read(), Texts{});
}

void tst_LogTail::fileMayComeLater()
{
    QCOMPARE(read(), Texts{});

    line("one");

    QCOMPARE(read(), Texts{"one"});
}

void tst_LogTail::whatIsThereCanBeLeftOut()
{
    line("old");

    m_tail->skipToEnd();
    line("new");

    QCOMPARE(read(), Texts{"new"});
}

void tst_LogTail::lineIsTakenWhenItsEndIsThere()
{
    write("2026-11-27T20:00:00.500000000Z stdout F half");
    QCOMPARE(read(), Texts{});

    write(" of it\n");

    QCOMPARE(read(), Texts{"half of it"});
}

void tst_LogTail::piecesAreJoined()
{
    write("2026-11-27T20:00:00.500000000Z stdout P one,\n"
          "2026-11-27T20:00:00.500000000Z stderr F between\n"
          "2026-11-27T20:00:00.500000000Z stdout F two\n");

    QCOMPARE(read(), (Texts{"between", "one,two"}));
}

void tst_LogTail::tornLineIsLeftOut()
{
    write("2026-11-27T20:0\n\n");
    line("whole");

    QCOMPARE(read(), Texts{"whole"});
}

void tst_LogTail::fileThatWasPutAsideIsReadToItsEnd()
{
    line("one");
    QCOMPARE(read(), Texts{"one"});

    line("two");
    rotate(4);
    line("three");

    QCOMPARE(read(), (Texts{"two", "three"}));
    QCOMPARE(m_tail->gaps(), std::uint64_t{0});
}

void tst_LogTail::severalFilesWerePutAside()
{
    line("one");
    (void)read();

    for (const char *const text : {"two", "three", "four"}) {
        rotate(4);
        line(text);
    }

    QCOMPARE(read(), (Texts{"two", "three", "four"}));
    QCOMPARE(m_tail->gaps(), std::uint64_t{0});
}

void tst_LogTail::filesThatAreGoneAreAGap()
{
    line("one");
    (void)read();

    for (const char *const text : {"two", "three", "four"}) {
        rotate(1);
        line(text);
    }

    QCOMPARE(read(), (Texts{"three", "four"}));
    QCOMPARE(m_tail->gaps(), std::uint64_t{1});
}

void tst_LogTail::muchIsTakenInTurns()
{
    const std::string text(1'000, 'x');
    std::string all;
    const std::size_t count = 2 * LogTail::MostReadBytes / text.size();
    for (std::size_t i = 0; i < count; ++i) {
        all += "2026-11-27T20:00:00.500000000Z stdout F " + text + '\n';
    }
    write(all);

    const auto first = read();
    QVERIFY(m_tail->hasMore());
    QVERIFY(first.size() < count);
    std::size_t lines = first.size();
    while (m_tail->hasMore()) {
        lines += read().size();
    }

    QCOMPARE(lines, count);
}

QTEST_APPLESS_MAIN(tst_LogTail)
#include "tst_logtail.moc"
