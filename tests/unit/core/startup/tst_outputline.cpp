// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/startup/outputline.h"

#include <QObject>
#include <QTest>

#include <string>

class tst_OutputLine : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void lineIsCleaned_data();
    void lineIsCleaned();
    void longLineIsCut();
    void prefixIsLeftOut_data();
    void prefixIsLeftOut();
};

void tst_OutputLine::lineIsCleaned_data()
{
    QTest::addColumn<std::string>("line");
    QTest::addColumn<std::string>("expected");
    const auto row = [](const char *name, const std::string &line, const std::string &expected) {
        QTest::newRow(name) << line << expected;
    };

    row("plain", "ready in 3 ms", "ready in 3 ms");
    row("empty", "", "");
    row("line break", "ready\r\n", "ready");
    row("colours", "\x1b[32m\x1b[1mVITE\x1b[22m v5\x1b[39m", "VITE v5");
    row("long colour", "\x1b[38;2;1;2;3mready\x1b[0m", "ready");
    row("title", "\x1b]0;vite\x07ready", "ready");
    row("link", "\x1b]8;;http://x/\x1b\\here\x1b]8;;\x1b\\", "here");
    row("character set", "\x1b(B\x1b[mready", "ready");
    row("cut character set", "ready\x1b(", "ready");
    row("other sequence", "\x1b=ready", "ready");
    row("cut sequence", "ready\x1b[", "ready");
    row("escape at the end", "ready\x1b", "ready");
    row("title without end", "ready\x1b]0;vite", "ready");
    row("progress", "10 %\r50 %\rready", "ready");
    row("not UTF-8", "not\xff", "not\xff");
}

void tst_OutputLine::lineIsCleaned()
{
    QFETCH(const std::string, line);
    QFETCH(const std::string, expected);
    Quay::LineCleaner cleaner;

    const std::string cleaned(cleaner.clean(line));

    QCOMPARE(cleaned, expected);
}

void tst_OutputLine::longLineIsCut()
{
    Quay::LineCleaner cleaner;
    const std::string line(1'000'000, 'a');

    const auto cleaned = cleaner.clean(line);

    QCOMPARE(cleaned.size(), Quay::MostLineBytes);
}

void tst_OutputLine::prefixIsLeftOut_data()
{
    QTest::addColumn<std::string>("line");
    QTest::addColumn<std::string>("expected");
    const auto row = [](const std::string &line, const std::string &expected) {
        QTest::newRow(line.c_str()) << line << expected;
    };

    row("ready", "ready");
    row("   ready", "ready");
    row("INFO:     ready", "ready");
    row("[INFO] ready", "ready");
    row("2026-01-02T10:11:12.345Z ready", "ready");
    row("2026-01-02 10:11:12,345 INFO ready", "ready");
    row("2026-01-02 10:11:12 - INFO - ready", "ready");
    row("[2026-01-02 10:11:12 +0000] [4711] [INFO] ready", "ready");
    row("2026/01/02 10:11:12 [notice] ready", "ready");
    row("[Fri Jan  2 10:11:12 2026] ready", "ready");
    row("10:11:12 PM ready", "ready");
    row("[I 2026-01-02 10:11:12.371 ServerApp] ready", "ready");
    row("web-1  | ready", "ready");
    row("web-1  | 2026-01-02 10:11:12 INFO ready", "ready");
    row("[2/4] build", "[2/4] build");
    row("[STARTUP] step", "[STARTUP] step");
    row("[webpack-dev-server] x", "[webpack-dev-server] x");
    row("a | b | c", "b | c"); // as Compose writes it
    row("two words | c", "two words | c");
    row("information", "information");
    row("Error that matters", "Error that matters");
    row("System check", "System check");
    row("error: ready", "ready");
    row("8000 requests", "8000 requests");
    row("1.2.3 released", "1.2.3 released");
    row("127.0.0.1:5432 refused", "refused"); // cannot be told from a time
    row("[", "[");
    row("[]", "[]");
    row("", "");
}

void tst_OutputLine::prefixIsLeftOut()
{
    QFETCH(const std::string, line);
    QFETCH(const std::string, expected);

    const std::string message(Quay::withoutLogPrefix(line));

    QCOMPARE(message, expected);
}

QTEST_GUILESS_MAIN(tst_OutputLine)
#include "tst_outputline.moc"
