// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/portmodelroles.h"
#include "app/widgets/messagebar.h"
#include "app/window/aboutdialog.h"
#include "app/window/mainwindow.h"
#include "app/window/portspage.h"
#include "app/window/portview.h"
#include "tests/gui/fakedesktop.h"
#include "tests/support/snapshots.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>

using namespace Quay;
using Test::listenerFrom;

/// German words are longer: they must not be cut off at the size with which the window first opens.
class tst_German : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void nothingIsClipped_data();
    void nothingIsClipped();
    void filtersFitIntoTheirBar();
    void headersShowTheirTitles();
    void searchHintIsWhole();
    void messageIsWholeInASmallWindow();
    void questionIsWholeInANarrowWindow();

private:
    [[nodiscard]] QStringList clipped() const;

    QTemporaryDir m_directory;
    QTranslator m_german;
    Test::FakeDesktop m_desktop;
    std::unique_ptr<MainWindow> m_window;
};

void tst_German::initTestCase()
{
    QVERIFY(m_german.load(QStringLiteral(":/i18n/quaymaster_de.qm")));
    QLocale::setDefault(QLocale(QLocale::German));
    QCoreApplication::installTranslator(&m_german);
    KAboutData::setApplicationData(aboutData());
    for (const char *const variable : {"XDG_STATE_HOME", "XDG_CONFIG_HOME"}) {
        qputenv(variable, QFile::encodeName(m_directory.path()));
    }
}

void tst_German::init()
{
    m_window = std::make_unique<MainWindow>(nullptr, &m_desktop, m_directory.filePath(QStringLiteral("none.json")));
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void tst_German::cleanup()
{
    m_window.reset();
}

QStringList tst_German::clipped() const
{
    QStringList found;
    for (const auto *widget : m_window->findChildren<QWidget *>()) {
        if (!widget->isVisible()) {
            continue;
        }
        if (const auto *label = qobject_cast<const QLabel *>(widget)) {
            const int needed = label->wordWrap() ? label->heightForWidth(label->width()) : label->sizeHint().height();
            const bool isNarrow = !label->wordWrap() && label->width() < label->sizeHint().width();
            if (isNarrow || label->height() < needed) {
                found << label->objectName() % QLatin1String(": ") % label->text();
            }
        } else if (const auto *button = qobject_cast<const QAbstractButton *>(widget)) {
            if (!button->text().isEmpty() && button->width() < button->minimumSizeHint().width()) {
                found << button->text();
            }
        }
    }
    return found;
}

void tst_German::nothingIsClipped_data()
{
    QTest::addColumn<QList<ListenerPtr>>("listeners");
    QTest::addRow("no port") << QList<ListenerPtr>();
    QTest::addRow("warnings") << QList{
        listenerFrom({.port = 3000,
                      .owners = {{.pid = 4711, .uid = 0}, {.pid = 4712}},
                      .knowledge = OwnerKnowledge::FirstFound,
                      .warnings = {{.kind = WarningKind::NobodyAccepts, .facts = {{"waiting", "9"}}},
                                   {.kind = WarningKind::DevelopmentServerOnNetwork, .facts = {}}}})};
    QTest::addRow("hidden") << QList{listenerFrom({.port = 22, .knowledge = OwnerKnowledge::Hidden, .uid = 0})};
}

void tst_German::nothingIsClipped()
{
    QFETCH(const QList<ListenerPtr>, listeners);
    m_window->showSnapshot(Test::snapshotOf({listeners.begin(), listeners.end()}));
    if (!listeners.isEmpty()) {
        auto *view = m_window->portsPage()->view();
        view->setCurrentIndex(view->model()->index(0, 0));
    }

    QTRY_VERIFY2(clipped().isEmpty(), qPrintable(clipped().join(QLatin1Char('\n'))));
}

void tst_German::filtersFitIntoTheirBar()
{
    const auto extensions = m_window->findChildren<QWidget *>(QStringLiteral("qt_toolbar_ext_button"));

    QVERIFY(!extensions.isEmpty());
    for (const auto *extension : extensions) {
        QVERIFY(!extension->isVisible());
    }
}

void tst_German::headersShowTheirTitles()
{
    m_window->showSnapshot(Test::snapshotOf({listenerFrom({.port = 3000, .owners = {{.pid = 1}}})}));
    const auto *header = m_window->portsPage()->view()->header();

    for (int column = 0; column < PortModelColumn::ColumnCount; ++column) {
        QVERIFY2(header->isSectionHidden(column) || header->sectionSize(column) >= header->sectionSizeHint(column),
                 qPrintable(header->model()->headerData(column, Qt::Horizontal).toString()));
    }
}

void tst_German::searchHintIsWhole()
{
    const auto *search = m_window->findChild<QLineEdit *>(QStringLiteral("search"));

    const int needed = search->fontMetrics().horizontalAdvance(search->placeholderText());

    QVERIFY2(needed < search->width() - search->height(), qPrintable(search->placeholderText())); // less the icon
}

void tst_German::messageIsWholeInASmallWindow()
{
    auto *bar = m_window->portsPage()->messages();
    bar->showAnswer(QStringLiteral("demoRuns"), KMessageWidget::Information,
                    MainWindow::tr("The demonstration servers run on this machine only, and end with this window."));
    const auto *message = bar->findChild<QWidget *>(QStringLiteral("demoRuns"));
    QTRY_COMPARE_GT(message->width(), 640);
    QTRY_COMPARE(message->minimumHeight(), message->maximumHeight()); // it holds on to the height of one line

    m_window->resize(640, 480);

    const auto text = bar->messageText(QStringLiteral("demoRuns"));
    QTRY_COMPARE_LT(message->width(), 640);
    QTRY_COMPARE(message->height(), message->heightForWidth(message->width()));
    QTRY_VERIFY2(!clipped().join(u'\n').contains(text), qPrintable(clipped().join(u'\n')));
}

void tst_German::questionIsWholeInANarrowWindow()
{
    m_window->resize(500, 700);
    m_window->showSnapshot(
        Test::snapshotOf({listenerFrom({.port = 3000,
                                        .owners = {{.pid = 4711}},
                                        .unit = {.kind = UnitKind::SystemService, .name = "postgresql.service"}})}));
    auto *view = m_window->portsPage()->view();
    view->setCurrentIndex(view->model()->index(0, 0));

    m_window->findChild<QAction *>(QStringLiteral("stopOtherwise"))->trigger();

    const auto *strip = m_window->findChild<QScrollArea *>(QStringLiteral("endingStrip"));
    QTRY_VERIFY(strip->isVisible());
    const auto beyond = [strip] {
        QStringList found;
        for (const auto *widget : strip->widget()->findChildren<QWidget *>()) {
            const QRect place(widget->mapTo(strip->viewport(), QPoint()), widget->size());
            const bool isNarrow = widget->width() < widget->minimumSizeHint().width();
            if (widget->isVisible() && (isNarrow || place.right() > strip->viewport()->width())) {
                found << widget->objectName();
            }
        }
        return found;
    };
    QTRY_VERIFY2(beyond().isEmpty(), qPrintable(beyond().join(u'\n')));
    QTRY_VERIFY2(clipped().isEmpty(), qPrintable(clipped().join(u'\n')));
    QCOMPARE(strip->widget()->height(), strip->widget()->heightForWidth(strip->viewport()->width()));
    QCOMPARE(m_window->width(), 500);
}

QTEST_MAIN(tst_German)
#include "tst_german.moc"
