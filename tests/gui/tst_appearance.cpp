// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/portmodelroles.h"
#include "app/widgets/icons.h"
#include "app/window/aboutdialog.h"
#include "app/window/mainwindow.h"
#include "app/window/portspage.h"
#include "app/window/portview.h"
#include "app/window/windowstate.h"
#include "tests/gui/fakedesktop.h"
#include "tests/support/snapshots.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QDir>
#include <QFile>
#include <QHeaderView>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPalette>
#include <QScreen>
#include <QTemporaryDir>
#include <QTest>
#include <QToolBar>

#include <algorithm>
#include <cmath>

using namespace Quay;
using Test::listenerFrom;

namespace {

/// What a text needs at least to be read: as WCAG 2 has it for ordinary sizes ...
constexpr double LeastContrast = 4.5;
/// ... and for what may stand back, in whatever colour the desktop has for that, and for symbols.
constexpr double LeastContrastAside = 2.5;

QPalette lightPalette()
{
    return {QColor(239, 240, 241), QColor(252, 252, 252)};
}

QPalette darkPalette()
{
    QPalette palette(QColor(49, 54, 59), QColor(42, 46, 50));
    palette.setColor(QPalette::Base, QColor(27, 30, 32));
    palette.setColor(QPalette::AlternateBase, QColor(35, 38, 41));
    palette.setColor(QPalette::Highlight, QColor(61, 174, 233));
    palette.setColor(QPalette::HighlightedText, QColor(10, 10, 10));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        palette.setColor(role, QColor(252, 252, 252));
    }
    palette.setColor(QPalette::PlaceholderText, QColor(161, 169, 177));
    return palette;
}

double luminance(QRgb color)
{
    const auto linear = [](int channel) {
        const double value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return (0.2126 * linear(qRed(color))) + (0.7152 * linear(qGreen(color))) + (0.0722 * linear(qBlue(color)));
}

/// Between the darkest and the lightest point of a picture: of a text on its background.
double contrastOf(const QImage &image)
{
    double darkest = 1;
    double lightest = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const double value = luminance(image.pixel(x, y));
            darkest = std::min(darkest, value);
            lightest = std::max(lightest, value);
        }
    }
    return (lightest + 0.05) / (darkest + 0.05);
}

double meanLuminance(const QImage &image)
{
    double sum = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            sum += luminance(image.pixel(x, y));
        }
    }
    return sum / (static_cast<double>(image.width()) * image.height());
}

} // namespace

/// The page of ports in light and in dark, and at the scale that QT_SCALE_FACTOR says: the test runs with 1 and with 2.
class tst_Appearance : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void scaleIsTheOneAskedFor();
    void windowFitsOntoTheScreen();
    void everyTextIsReadable_data();
    void everyTextIsReadable();
    void nothingIsClipped_data();
    void nothingIsClipped();
    void iconsFollowPaletteAndScale_data();
    void iconsFollowPaletteAndScale();
    void overflowMarksAreSeen_data();
    void overflowMarksAreSeen();

private:
    static void palettes();
    /// An icon theme with nothing but a magnifying glass, all of one colour.
    void writeTheme(const QString &name, const QString &color) const;
    [[nodiscard]] QImage pictureOf(QWidget *widget, const QRect &part) const;

    QTemporaryDir m_directory;
    Test::FakeDesktop m_desktop;
    std::unique_ptr<MainWindow> m_window;
    PortView *m_view = nullptr;
    qreal m_scale = 1;
};

void tst_Appearance::initTestCase()
{
    KAboutData::setApplicationData(aboutData());
    writeTheme(QStringLiteral("breeze"), QStringLiteral("black"));
    writeTheme(QStringLiteral("breeze-dark"), QStringLiteral("white"));
    QIcon::setThemeSearchPaths({m_directory.path()});
    QIcon::setThemeName(QString());
    chooseIconTheme(); // as the program does before it opens a window
    m_scale = qEnvironmentVariableIsEmpty("QT_SCALE_FACTOR") ? 1 : qEnvironmentVariable("QT_SCALE_FACTOR").toDouble();
}

void tst_Appearance::init()
{
    m_window = std::make_unique<MainWindow>(nullptr, &m_desktop, m_directory.filePath(QStringLiteral("none.json")));
    m_view = m_window->portsPage()->view();
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    m_window->showSnapshot(Test::snapshotOf(
        {listenerFrom({.port = 65535,
                       .owners = {{.pid = 4711, .uid = 0}},
                       .knowledge = OwnerKnowledge::FirstFound,
                       .connections = 12,
                       .warnings = {{.kind = WarningKind::NobodyAccepts, .facts = {{"waiting", "9"}}}}}),
         listenerFrom({.port = 3000, .owners = {{.pid = 4712}}}),
         listenerFrom({.port = 22, .knowledge = OwnerKnowledge::Hidden, .uid = 0})}));
    m_view->setCurrentIndex(m_view->model()->index(2, 0));
}

void tst_Appearance::cleanup()
{
    QApplication::setPalette(lightPalette());
    QCoreApplication::sendPostedEvents(); // to the window, which chooses the icons
    m_window.reset();
}

void tst_Appearance::palettes()
{
    QTest::addColumn<QPalette>("palette");
    QTest::addColumn<bool>("isDark");
    QTest::addRow("light") << lightPalette() << false;
    QTest::addRow("dark") << darkPalette() << true;
}

void tst_Appearance::writeTheme(const QString &name, const QString &color) const
{
    const QDir theme(m_directory.filePath(name));
    QVERIFY(theme.mkpath(QStringLiteral("actions")));
    QFile index(theme.filePath(QStringLiteral("index.theme")));
    QVERIFY(index.open(QIODevice::WriteOnly));
    index.write("[Icon Theme]\nName=Test\nDirectories=actions\n[actions]\nSize=16\nMinSize=8\nMaxSize=512\n"
                "Type=Scalable\n");
    QFile icon(theme.filePath(QStringLiteral("actions/edit-find.svg")));
    QVERIFY(icon.open(QIODevice::WriteOnly));
    icon.write(QStringLiteral("<svg xmlns='http://www.w3.org/2000/svg' width='16' height='16'>"
                              "<rect width='16' height='16' fill='%1'/></svg>")
                   .arg(color)
                   .toUtf8());
}

QImage tst_Appearance::pictureOf(QWidget *widget, const QRect &part) const
{
    return widget->grab(part).toImage();
}

void tst_Appearance::scaleIsTheOneAskedFor()
{
    QCOMPARE(m_window->devicePixelRatio(), m_scale);
    const QImage whole = pictureOf(m_window.get(), m_window->rect());
    QCOMPARE(whole.width(), qRound(m_window->width() * m_scale));
}

void tst_Appearance::windowFitsOntoTheScreen()
{
    const auto fits = [](const QWidget &window) {
        const QSize frame = window.frameGeometry().size();
        const QSize room = window.screen()->availableSize();
        return frame.width() <= room.width() && frame.height() <= room.height();
    };
    QVERIFY(fits(*m_window));

    const auto stateFile = m_directory.filePath(QStringLiteral("large.json"));
    m_window->resize(m_window->screen()->size() * 2); // of a screen that is no longer there
    QVERIFY(saveWindowState(stateFile, {.geometry = m_window->saveGeometry(), .ports = {}}));
    MainWindow restored(nullptr, &m_desktop, stateFile);
    restored.show();
    QVERIFY(QTest::qWaitForWindowExposed(&restored));

    QVERIFY(fits(restored));
}

void tst_Appearance::everyTextIsReadable_data()
{
    palettes();
}

void tst_Appearance::everyTextIsReadable()
{
    QFETCH(const QPalette, palette);
    QFETCH(const bool, isDark);
    QApplication::setPalette(palette);
    QCoreApplication::sendPostedEvents();
    m_view->clearSelection(); // its colours are the desktop's own business

    QCOMPARE(meanLuminance(pictureOf(m_view->viewport(), m_view->viewport()->rect())) < 0.5, isDark);
    for (int row = 0; row < 3; ++row) {
        for (const int column : {PortModelColumn::Port, PortModelColumn::Scope, PortModelColumn::User}) {
            const auto cell = m_view->visualRect(m_view->model()->index(row, column));
            const double contrast = contrastOf(pictureOf(m_view->viewport(), cell));
            QVERIFY2(contrast >= LeastContrast,
                     qPrintable(QStringLiteral("row %1, column %2: %3").arg(row).arg(column).arg(contrast)));
        }
    }
    for (auto *label : m_window->findChildren<QLabel *>()) {
        if (label->isVisible() && !label->text().isEmpty()) {
            const QRect place(label->mapTo(m_window.get(), QPoint()), label->size());
            const double contrast = contrastOf(pictureOf(m_window.get(), place));
            const bool isAside = label->foregroundRole() == QPalette::PlaceholderText;
            QVERIFY2(contrast >= (isAside ? LeastContrastAside : LeastContrast),
                     qPrintable(label->text() % QStringLiteral(": %1").arg(contrast)));
        }
    }
}

void tst_Appearance::nothingIsClipped_data()
{
    palettes();
}

void tst_Appearance::nothingIsClipped()
{
    QFETCH(const QPalette, palette);
    QApplication::setPalette(palette);
    const auto clipped = [this] {
        QStringList found;
        for (const auto *label : m_window->findChildren<QLabel *>()) {
            const int height = label->wordWrap() ? label->heightForWidth(label->width()) : label->sizeHint().height();
            const int width = label->wordWrap() ? 0 : label->sizeHint().width();
            if (label->isVisible() && (label->height() < height || label->width() < width)) {
                found << label->text();
            }
        }
        for (const auto *button : m_window->findChildren<QAbstractButton *>()) {
            if (button->isVisible() && !button->text().isEmpty()
                && button->width() < button->minimumSizeHint().width()) {
                found << button->text();
            }
        }
        return found;
    };

    QTRY_VERIFY2(clipped().isEmpty(), qPrintable(clipped().join(u'\n')));
    const auto *header = m_view->header();
    for (int column = 0; column < PortModelColumn::ColumnCount; ++column) {
        const auto index = m_view->model()->index(2, column);
        if (m_view->isColumnHidden(column)) {
            continue;
        }
        QVERIFY2(header->sectionSize(column) >= header->sectionSizeHint(column), qPrintable(index.data().toString()));
        QVERIFY2(m_view->visualRect(index).height() >= m_view->fontMetrics().height(), "the row is too low");
        QVERIFY2(m_view->visualRect(index).width() >= m_view->fontMetrics().horizontalAdvance(index.data().toString()),
                 qPrintable(index.data().toString()));
    }
}

void tst_Appearance::iconsFollowPaletteAndScale_data()
{
    palettes();
}

void tst_Appearance::iconsFollowPaletteAndScale()
{
    QFETCH(const QPalette, palette);
    QFETCH(const bool, isDark);
    QApplication::setPalette(palette);
    QCoreApplication::sendPostedEvents();

    QCOMPARE(QIcon::themeName(), isDark ? QStringLiteral("breeze-dark") : QStringLiteral("breeze"));
    const auto *search = m_window->findChild<QLineEdit *>(QStringLiteral("search"));
    const auto glass = search->actions().constFirst()->icon().pixmap(QSize(16, 16), m_scale).toImage();
    QCOMPARE(glass.pixelColor(glass.rect().center()), isDark ? QColor(Qt::white) : QColor(Qt::black));
    const QColor background = palette.color(QPalette::Window);
    for (const char *name : {"edit-find", "view-refresh", "edit-copy", "internet-web-browser", "folder-open",
                             "utilities-terminal", "dialog-warning"}) {
        const auto pixmap = themedIcon(QLatin1String(name)).pixmap(QSize(16, 16), m_window->devicePixelRatio());
        QCOMPARE(pixmap.devicePixelRatio(), m_scale);
        QCOMPARE(pixmap.width(), qRound(16 * m_scale)); // drawn for this screen, not a small picture blown up
        QImage image(pixmap.size() + QSize(2, 2), QImage::Format_RGB32); // something of the background stays in sight
        image.fill(background);
        image.setDevicePixelRatio(m_scale);
        QPainter(&image).drawPixmap(0, 0, pixmap);
        const double contrast = contrastOf(image);
        QVERIFY2(contrast >= LeastContrastAside,
                 qPrintable(QStringLiteral("%1: %2").arg(QLatin1String(name)).arg(contrast)));
    }
    const auto warned = m_view->visualRect(m_view->model()->index(2, PortModelColumn::Port));
    QCOMPARE(pictureOf(m_view->viewport(), warned).width(), qRound(warned.width() * m_scale));
}

void tst_Appearance::overflowMarksAreSeen_data()
{
    palettes();
}

void tst_Appearance::overflowMarksAreSeen()
{
    QFETCH(const QPalette, palette);
    QApplication::setPalette(palette);
    QCoreApplication::sendPostedEvents();

    m_window->resize(m_window->minimumSizeHint());

    for (auto *bar : m_window->portsPage()->findChildren<QToolBar *>()) {
        auto *mark = bar->findChild<QWidget *>(QStringLiteral("qt_toolbar_ext_button"));
        QTRY_VERIFY(mark->isVisible());
        const double contrast = contrastOf(pictureOf(mark, mark->rect()));
        QVERIFY2(contrast >= LeastContrastAside, qPrintable(QString::number(contrast)));
    }
}

QTEST_MAIN(tst_Appearance)
#include "tst_appearance.moc"
