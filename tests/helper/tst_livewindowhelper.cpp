// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/privilegedcontract.h"
#include "core/kernel/pidfd.h"
#include "tests/helper/livepolkit.h"
#include "tests/helper/polkitagent.h"

#include <QFile>
#include <QGuiApplication>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <optional>

#include <sys/stat.h>

using Quay::PidFd;
using namespace Quay::Test;

/// The window of a user without rights, the helper as root, the real polkit and bus, and a server of yet another user:
/// its buttons are pressed, a password is asked for and given or not, and the row says what came of it.
class tst_LiveWindowHelper : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void hiddenOwnerIsNamedAndItsServerStopped();
    void refusedAuthenticationNamesNobody();
    void refusedStopLeavesTheServer();

private:
    [[nodiscard]] QByteArray portText() const { return QByteArray::number(m_server->port()); }
    void press(const char *button);
    /// Whether the window has said it by now.
    [[nodiscard]] bool hasSaid(const QByteArray &text);
    [[nodiscard]] bool isServerAlive() const { return m_handle->hasEnded() == false; }

    std::unique_ptr<QTemporaryDir> m_state;
    std::optional<TestServer> m_server;
    std::optional<PidFd> m_handle;
    std::unique_ptr<PolkitAgent> m_agent;
    std::unique_ptr<QProcess> m_window;
    QByteArray m_said; ///< Since the last press.
};

void tst_LiveWindowHelper::initTestCase()
{
    if (QGuiApplication::platformName() != QLatin1String("xcb")) {
        QSKIP("no X display: set DISPLAY, for example with xvfb-run and openbox");
    }
    if (!hasOwnSystemBus()) {
        QSKIP("needs a system bus of its own, which packaging/test.sh has in its Debian root only");
    }
    QVERIFY(installHelper());
}

void tst_LiveWindowHelper::init()
{
    m_state = std::make_unique<QTemporaryDir>();
    QCOMPARE(::chmod(QFile::encodeName(m_state->path()).constData(), 0755), 0);
    m_server.emplace(startOthersServer());
    m_handle.emplace(PidFd::open(m_server->pid()).value());
    m_agent = std::make_unique<PolkitAgent>();
    m_window = std::make_unique<QProcess>();
    m_window->setProcessChannelMode(QProcess::MergedChannels);
    const QString driver = QString::fromStdString(programPath("windowdriver"));
    QVERIFY(prepareUser(*m_window, AskedUid, m_state->filePath(QStringLiteral("home")),
                        {driver, QString::fromLatin1(portText())}));
    QCOMPARE(m_agent->serve(processIdOf(static_cast<pid_t>(m_window->processId())), AskedUid), QString());
    beginUser(*m_window, true);
    QTRY_VERIFY2_WITH_TIMEOUT(hasSaid("row " + portText()), m_said.constData(), LongEnoughMs);
}

void tst_LiveWindowHelper::cleanup()
{
    m_window->closeWriteChannel();
    QTRY_COMPARE_WITH_TIMEOUT(m_window->state(), QProcess::NotRunning, LongEnoughMs);
    m_window.reset();
    m_agent.reset();
    m_handle.reset();
    m_server.reset();
    m_said.clear();
}

void tst_LiveWindowHelper::press(const char *button)
{
    m_said.clear();
    m_window->write(QByteArray(button) + '\n');
}

bool tst_LiveWindowHelper::hasSaid(const QByteArray &text)
{
    m_said += m_window->readAllStandardOutput();
    return m_said.contains(text);
}

void tst_LiveWindowHelper::hiddenOwnerIsNamedAndItsServerStopped()
{
    QVERIFY2(!hasSaid(QByteArray::number(m_server->pid())), m_said.constData()); // hidden

    press("authenticate");
    const QByteArray named = '|' + QByteArray::number(m_server->pid()) + '|';
    QTRY_VERIFY2_WITH_TIMEOUT(hasSaid(named) && hasSaid("testserver"), m_said.constData(), LongEnoughMs);

    press("stop");
    QTRY_VERIFY2_WITH_TIMEOUT(hasSaid("Port " + portText() + " is free."), m_said.constData(), LongEnoughMs);
    QTRY_VERIFY2_WITH_TIMEOUT(hasSaid("row none"), m_said.constData(), LongEnoughMs);
    QVERIFY(!isServerAlive());
    QCOMPARE(m_agent->asked, (QStringList{QString(Quay::InspectSocketsAction), QString(Quay::SignalProcessAction)}));
    QVERIFY2(m_agent->failures.isEmpty(), qPrintable(m_agent->failures.join(u'\n')));
}

void tst_LiveWindowHelper::refusedAuthenticationNamesNobody()
{
    m_agent->answer = PolkitAgent::Answer::Cancelled;

    press("authenticate");

    QTRY_VERIFY2_WITH_TIMEOUT(hasSaid("You were not given the permission"), m_said.constData(), LongEnoughMs);
    QVERIFY2(!hasSaid(QByteArray::number(m_server->pid())), m_said.constData());
}

void tst_LiveWindowHelper::refusedStopLeavesTheServer()
{
    press("authenticate");
    QTRY_VERIFY2_WITH_TIMEOUT(hasSaid("testserver"), m_said.constData(), LongEnoughMs);
    m_agent->answer = PolkitAgent::Answer::WrongPassword;

    press("stop");

    QTRY_VERIFY2_WITH_TIMEOUT(hasSaid("could not be stopped: You were not given the permission"), m_said.constData(),
                              LongEnoughMs);
    QVERIFY2(hasSaid("waiting for permission"), m_said.constData()); // in the row, while the prompt was open
    QVERIFY(isServerAlive());
}

QTEST_MAIN(tst_LiveWindowHelper)
#include "tst_livewindowhelper.moc"
