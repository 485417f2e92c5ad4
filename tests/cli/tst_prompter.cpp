// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"
#include "app/cli/prompter.h"
#include "app/cli/watchticker.h"
#include "core/base/uniquefd.h"
#include "tests/live/livelook.h"
#include "tests/support/forkedchild.h"
#include "tests/support/pseudoterminal.h"
#include "tests/support/textreader.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QObject>
#include <QString>
#include <QTest>
#include <QTranslator>

#include <cerrno>
#include <csignal>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

using Quay::FileOutput;
using Quay::TerminalPrompter;
using Quay::UniqueFd;
using Quay::Test::PseudoTerminal;
using Quay::Test::TextReader;
using Quay::Test::why;

namespace {

const QString Question = QStringLiteral("Sure?");
constexpr std::string_view Shown = "Sure? [y/N] ";

/// Knows one word only.
class GermanYes : public QTranslator
{
public:
    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(const char * /*context*/, const char *sourceText, const char * /*disambiguation*/,
                                    int /*n*/) const override
    {
        return std::string_view(sourceText) == "yes" ? QStringLiteral("ja") : QString();
    }
};

UniqueFd duplicate(int fd)
{
    return UniqueFd(::fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
}

} // namespace

/// The standard input is a terminal, at whose other end the test types.
class tst_Prompter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void onlyAClearYesIsConsent_data();
    void onlyAClearYesIsConsent();
    void yesOfTheLanguageIsConsentToo_data();
    void yesOfTheLanguageIsConsentToo();
    void rawTerminalEndsALineToo();
    void restOfALongLineAnswersNothingElse();
    void endOfTheInputEndsTheLine();
    void interruptionEndsTheProgram_data();
    void interruptionEndsTheProgram();
    void somebodyIsThereOnATerminalOnly_data();
    void somebodyIsThereOnATerminalOnly();

private:
    void type(std::string_view keys) const;

    UniqueFd m_input; ///< What the standard input was before.
    PseudoTerminal m_terminal;
    TextReader m_screen;
};

void tst_Prompter::init()
{
    auto terminal = Quay::Test::openTerminal();
    QVERIFY2(terminal, why(terminal));
    m_terminal = *std::move(terminal);
    m_screen = TextReader(duplicate(m_terminal.ours.get()));
    m_input = duplicate(STDIN_FILENO);
    QCOMPARE(::dup2(m_terminal.its.get(), STDIN_FILENO), STDIN_FILENO);
}

void tst_Prompter::cleanup()
{
    if (m_input) {
        ::dup2(m_input.get(), STDIN_FILENO);
    } else {
        ::close(STDIN_FILENO);
    }
}

void tst_Prompter::type(std::string_view keys) const
{
    QCOMPARE(::write(m_terminal.ours.get(), keys.data(), keys.size()), static_cast<ssize_t>(keys.size()));
}

void tst_Prompter::onlyAClearYesIsConsent_data()
{
    QTest::addColumn<QByteArray>("keys");
    QTest::addColumn<bool>("isConsent");
    QTest::newRow("y") << QByteArray("y\n") << true;
    QTest::newRow("Y") << QByteArray("Y\n") << true;
    QTest::newRow("yes") << QByteArray("yes\n") << true;
    QTest::newRow("with blanks") << QByteArray(" yes \n") << true;
    QTest::newRow("n") << QByteArray("n\n") << false;
    QTest::newRow("no") << QByteArray("no\n") << false;
    QTest::newRow("empty line") << QByteArray("\n") << false;
    QTest::newRow("blanks") << QByteArray("  \n") << false;
    QTest::newRow("more than yes") << QByteArray("yes, but\n") << false;
    QTest::newRow("too long") << QByteArray("y" + QByteArray(200, ' ') + "no\n") << false;
    QTest::newRow("end of file") << QByteArray("\x04") << false;
    QTest::newRow("end of file in the line") << QByteArray("y\x04\x04") << false;
}

void tst_Prompter::onlyAClearYesIsConsent()
{
    QFETCH(const QByteArray, keys);
    QFETCH(const bool, isConsent);
    FileOutput out(m_terminal.its.get(), "terminal");
    TerminalPrompter prompter(out);
    type(keys.toStdString());

    QCOMPARE(prompter.agrees(Question), isConsent);

    const auto seen = m_screen.readUntil(Shown);
    QVERIFY2(seen, why(seen));
}

void tst_Prompter::yesOfTheLanguageIsConsentToo_data()
{
    QTest::addColumn<QByteArray>("keys");
    QTest::addColumn<bool>("isConsent");
    QTest::newRow("j") << QByteArray("j\n") << true;
    QTest::newRow("ja") << QByteArray("ja\n") << true;
    QTest::newRow("yes") << QByteArray("yes\n") << true;
    QTest::newRow("nein") << QByteArray("nein\n") << false;
}

void tst_Prompter::yesOfTheLanguageIsConsentToo()
{
    QFETCH(const QByteArray, keys);
    QFETCH(const bool, isConsent);
    GermanYes german;
    QVERIFY(QCoreApplication::installTranslator(&german));
    FileOutput out(m_terminal.its.get(), "terminal");
    TerminalPrompter prompter(out);
    type(keys.toStdString());

    QCOMPARE(prompter.agrees(Question), isConsent);
}

/// As a program leaves one behind that was killed: key by key, and Enter is no line feed.
void tst_Prompter::rawTerminalEndsALineToo()
{
    termios settings{};
    QCOMPARE(::tcgetattr(m_terminal.its.get(), &settings), 0);
    ::cfmakeraw(&settings);
    QCOMPARE(::tcsetattr(m_terminal.its.get(), TCSANOW, &settings), 0);
    FileOutput out(m_terminal.its.get(), "terminal");
    TerminalPrompter prompter(out);
    type("yes\r");

    QVERIFY(prompter.agrees(Question));
}

void tst_Prompter::restOfALongLineAnswersNothingElse()
{
    FileOutput out(m_terminal.its.get(), "terminal");
    TerminalPrompter prompter(out);
    type(std::string(64, 'x') + "y\nn\n");

    QVERIFY(!prompter.agrees(Question));

    QVERIFY(!prompter.agrees(Question));
}

void tst_Prompter::endOfTheInputEndsTheLine()
{
    FileOutput out(m_terminal.its.get(), "terminal");
    TerminalPrompter prompter(out);
    type("\x04");

    QVERIFY(!prompter.agrees(Question));

    const auto seen = m_screen.readUntil("\n");
    QVERIFY2(seen, why(seen));
    QCOMPARE(*seen, std::string(Shown) + "\r\n");
}

void tst_Prompter::interruptionEndsTheProgram_data()
{
    QTest::addColumn<bool>("hasTakenOver");
    QTest::newRow("before anything") << false;
    QTest::newRow("after hidden owners were named") << true;
}

void tst_Prompter::interruptionEndsTheProgram()
{
    QFETCH(const bool, hasTakenOver);
    const pid_t child = Quay::Test::forkWithoutHandlers();
    if (child == 0) {
        ::setsid();
        ::ioctl(STDIN_FILENO, TIOCSCTTY, 0);
        Quay::SignalTicker ticker(m_terminal.its.get());
        const bool isReady = !hasTakenOver || ticker.arm();
        FileOutput out(m_terminal.its.get(), "terminal", &ticker);
        ::_exit(isReady && TerminalPrompter(out).agrees(Question) ? 2 : 1);
    }
    QVERIFY(child > 0);
    const auto seen = m_screen.readUntil(Shown);

    type("\x03\n"); // who goes on after the former reads the latter

    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) { }
    QVERIFY2(seen, why(seen));
    QVERIFY(WIFSIGNALED(status));
    QCOMPARE(WTERMSIG(status), SIGINT);
}

void tst_Prompter::somebodyIsThereOnATerminalOnly_data()
{
    QTest::addColumn<bool>("canType");
    QTest::addColumn<bool>("canRead");
    QTest::newRow("terminal") << true << true;
    QTest::newRow("input from elsewhere") << false << true;
    QTest::newRow("output to elsewhere") << true << false;
}

void tst_Prompter::somebodyIsThereOnATerminalOnly()
{
    QFETCH(const bool, canType);
    QFETCH(const bool, canRead);
    const UniqueFd null(::open("/dev/null", O_RDWR | O_CLOEXEC));
    if (!canType) {
        ::dup2(null.get(), STDIN_FILENO);
    }
    FileOutput out(canRead ? m_terminal.its.get() : null.get(), "terminal");

    const TerminalPrompter prompter(out);

    QCOMPARE(prompter.isInteractive(), canType && canRead);
}

QTEST_GUILESS_MAIN(tst_Prompter)
#include "tst_prompter.moc"
