// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/ancestrytree.h"

#include <QContextMenuEvent>
#include <QCoreApplication>
#include <QFontMetrics>
#include <QObject>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidgetItemIterator>

#include <memory>
#include <string>

namespace {

constexpr int Depth = 12;

/// Each process the child of the one behind it.
Quay::Ancestry chainOf(int depth)
{
    Quay::Ancestry ancestry;
    for (int i = 0; i < depth; ++i) {
        auto process = std::make_shared<Quay::ProcessInfo>();
        process->id = {.pid = 4000 - i, .startTicks = 1};
        process->name = "longer-name-" + std::to_string(i);
        ancestry.steps.push_back({.process = process, .launcher = Quay::LauncherKind::None, .launcherName = {}});
    }
    ancestry.origin = depth / 2;
    return ancestry;
}

} // namespace

class tst_AncestryTree : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void deepNamesAreShownWhole();
    void theOldestIsOnTop();
    void launcherIsNamedUnlessItsProcessIs();
    void hostileCommandLineIsHarmlessInTheToolTip();
    void longChainIsScrolledByWhatItStandsIn();
    void menuIsAboutTheProcessBelowThePointer();
    void menuKeyIsAboutTheCurrentProcess();
};

void tst_AncestryTree::deepNamesAreShownWhole()
{
    Quay::AncestryTree tree;
    tree.resize(600, 400);
    tree.setAncestry(chainOf(Depth));
    tree.show();

    int level = 0;
    for (QTreeWidgetItemIterator it(&tree); *it != nullptr; ++it, ++level) {
        const int room = tree.columnWidth(0) - (level * tree.indentation());
        QCOMPARE_GE(room, QFontMetrics((*it)->font(0)).horizontalAdvance((*it)->text(0)));
    }
    QCOMPARE(level, Depth);
}

void tst_AncestryTree::theOldestIsOnTop()
{
    Quay::AncestryTree tree;

    tree.setAncestry(chainOf(3));

    QCOMPARE(tree.topLevelItem(0)->text(0), QStringLiteral("longer-name-2"));
    QCOMPARE(tree.topLevelItem(0)->child(0)->child(0)->text(0), QStringLiteral("longer-name-0"));
}

void tst_AncestryTree::launcherIsNamedUnlessItsProcessIs()
{
    Quay::Ancestry ancestry = chainOf(2);
    ancestry.steps[0].launcherName = "Longer-Name-0";
    ancestry.steps[1].launcherName = "VS Code";
    Quay::AncestryTree tree;

    tree.setAncestry(ancestry);

    QCOMPARE(tree.topLevelItem(0)->text(2), QStringLiteral("VS Code"));
    QCOMPARE(tree.topLevelItem(0)->child(0)->text(2), QString());
}

void tst_AncestryTree::hostileCommandLineIsHarmlessInTheToolTip()
{
    Quay::Ancestry ancestry;
    auto process = std::make_shared<Quay::ProcessInfo>();
    process->name = "node";
    process->arguments = {"<img src=x>", "--password=hunter2", std::string(128 * 1024, 'x')};
    ancestry.steps.push_back({.process = process, .launcher = Quay::LauncherKind::None, .launcherName = {}});
    Quay::AncestryTree tree;

    tree.setAncestry(ancestry);

    for (int column = 0; column < tree.columnCount(); ++column) {
        const QString toolTip = tree.topLevelItem(0)->toolTip(column);
        QVERIFY2(toolTip.contains(QLatin1String("&lt;img src=x&gt;")), qPrintable(toolTip));
        QVERIFY(!toolTip.contains(QLatin1String("<img")));
        QVERIFY(!toolTip.contains(QLatin1String("hunter2")));
        QCOMPARE_LT(toolTip.size(), 1000);
    }
}

/// No scroll bars within scroll bars.
void tst_AncestryTree::longChainIsScrolledByWhatItStandsIn()
{
    Quay::AncestryTree tree;
    tree.setAncestry(chainOf(30));
    tree.resize(600, tree.sizeHint().height());
    tree.show();

    const auto *last = tree.topLevelItem(0);
    while (last->childCount() > 0) {
        last = last->child(0);
    }
    QVERIFY(tree.viewport()->rect().contains(tree.visualItemRect(last)));
    QVERIFY(!tree.verticalScrollBar()->isVisible());
}

void tst_AncestryTree::menuIsAboutTheProcessBelowThePointer()
{
    Quay::AncestryTree tree;
    tree.resize(600, 400);
    tree.setAncestry(chainOf(3));
    tree.show();
    const QSignalSpy wanted(&tree, &Quay::AncestryTree::menuRequested);
    const QPoint place = tree.visualItemRect(tree.topLevelItem(0)->child(0)).center();

    QContextMenuEvent event(QContextMenuEvent::Mouse, place, tree.viewport()->mapToGlobal(place));
    QCoreApplication::sendEvent(tree.viewport(), &event);

    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.front().front().value<Quay::ProcessInfoPtr>()->id.pid, 3999); // in the middle
}

void tst_AncestryTree::menuKeyIsAboutTheCurrentProcess()
{
    Quay::AncestryTree tree;
    tree.setAncestry(chainOf(3));
    tree.show();
    const QSignalSpy wanted(&tree, &Quay::AncestryTree::menuRequested);
    QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(), QPoint());

    tree.setCurrentItem(tree.topLevelItem(0)->child(0)->child(0));
    QCoreApplication::sendEvent(tree.viewport(), &event);

    QCOMPARE(wanted.front().front().value<Quay::ProcessInfoPtr>()->id.pid, 4000); // the process itself
}

QTEST_MAIN(tst_AncestryTree)
#include "tst_ancestrytree.moc"
