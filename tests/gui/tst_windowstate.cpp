// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/windowstate.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace Quay;

class tst_WindowState : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatIsSavedIsLoaded();
    void firstStartHasNone();
    void damagedStateIsRefused_data();
    void damagedStateIsRefused();
    void unknownValuesMeanTheDefault();
    void unwritablePlaceFails();
    void lastWindowWins();

private:
    [[nodiscard]] QString file() const { return m_directory.filePath(QStringLiteral("deep/er/window.json")); }
    void write(const QByteArray &text) const;

    QTemporaryDir m_directory;
};

void tst_WindowState::write(const QByteArray &text) const
{
    QVERIFY(saveWindowState(file(), {})); // makes the directories
    QFile state(file());
    QVERIFY(state.open(QIODevice::WriteOnly));
    state.write(text);
}

void tst_WindowState::whatIsSavedIsLoaded()
{
    const WindowState state{.geometry = QByteArrayLiteral("g\0\xff"),
                            .ports = {.columns = QByteArrayLiteral("c"),
                                      .splitter = QByteArrayLiteral("s"),
                                      .detailsBeside = Qt::Horizontal,
                                      .detailsShown = false,
                                      .hideSystemServices = true,
                                      .grouping = PortGrouping::Project}};

    const auto saved = saveWindowState(file(), state);
    const auto loaded = loadWindowState(file());

    QVERIFY(saved);
    QVERIFY(loaded);
    QVERIFY(*loaded == state);
}

void tst_WindowState::firstStartHasNone()
{
    const auto loaded = loadWindowState(m_directory.filePath(QStringLiteral("none.json")));

    QVERIFY(!loaded);
    QCOMPARE(loaded.error().code, ErrorCode::Gone);
}

void tst_WindowState::damagedStateIsRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addRow("empty") << QByteArray();
    QTest::addRow("cut off") << QByteArray("{\"geometry\": \"AA");
    QTest::addRow("no object") << QByteArray("[1, 2]");
    QTest::addRow("binary") << QByteArray("\0\1\2\3", 4);
}

void tst_WindowState::damagedStateIsRefused()
{
    QFETCH(const QByteArray, text);
    write(text);

    const auto loaded = loadWindowState(file());

    QVERIFY(!loaded);
    QCOMPARE(loaded.error().code, ErrorCode::Malformed);
}

void tst_WindowState::unknownValuesMeanTheDefault()
{
    write("{\"geometry\": 7, \"ports\": {\"grouping\": \"colour\", \"columns\": null}, \"from\": \"a later version\"}");

    const auto loaded = loadWindowState(file());

    QVERIFY(loaded);
    QVERIFY(*loaded == WindowState());
}

void tst_WindowState::unwritablePlaceFails()
{
    QFile notADirectory(m_directory.filePath(QStringLiteral("file")));
    QVERIFY(notADirectory.open(QIODevice::WriteOnly));
    const auto place = m_directory.filePath(QStringLiteral("file/window.json"));

    const auto saved = saveWindowState(place, {});

    QVERIFY(!saved);
    QCOMPARE(saved.error().subject, place.toStdString());
}

void tst_WindowState::lastWindowWins()
{
    WindowState first;
    first.ports.detailsShown = false;
    WindowState second;
    second.ports.hideSystemServices = true;

    QVERIFY(saveWindowState(file(), first));
    QVERIFY(saveWindowState(file(), second));

    QVERIFY(loadWindowState(file()).value() == second);
    QCOMPARE(QFileInfo(file()).dir().entryList(QDir::Files | QDir::Hidden).size(), 1); // no left-overs
}

QTEST_GUILESS_MAIN(tst_WindowState)
#include "tst_windowstate.moc"
