// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demoserver.h"
#include "app/window/aboutdialog.h"
#include "app/window/commandline.h"
#include "app/window/mainwindow.h"
#include "app/window/portdetails.h"
#include "app/window/portfilterbar.h"
#include "app/window/portspage.h"
#include "app/window/portview.h"
#include "tests/gui/fakedesktop.h"
#include "tests/support/markingtranslator.h"
#include "tests/support/snapshots.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QStatusBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTextDocumentFragment>

#include <KMessageWidget>

#include <cerrno>
#include <functional>

using namespace Quay;
using Test::listenerFrom;
using Test::OwnerSpec;
using Test::snapshotOf;

namespace {

/// The same in every language.
const QStringList Names{QStringLiteral("Quaymaster"), QStringLiteral("TCP"), QStringLiteral("UDP")};

using Texts = QStringList;

void addModel(const QAbstractItemModel &model, const QModelIndex &parent, Texts &texts)
{
    for (int row = 0; row < model.rowCount(parent); ++row) {
        for (int column = 0; column < model.columnCount(parent); ++column) {
            const auto index = model.index(row, column, parent);
            for (const int role : {Qt::DisplayRole, Qt::ToolTipRole, Qt::StatusTipRole, Qt::WhatsThisRole,
                                   Qt::AccessibleTextRole, Qt::AccessibleDescriptionRole}) {
                texts << index.data(role).toString();
            }
        }
        addModel(model, model.index(row, 0, parent), texts);
    }
}

void addView(const QAbstractItemView &view, Texts &texts)
{
    const auto *model = view.model();
    if (model == nullptr) {
        return;
    }
    for (int column = 0; column < model->columnCount(); ++column) {
        texts << model->headerData(column, Qt::Horizontal).toString()
              << model->headerData(column, Qt::Horizontal, Qt::ToolTipRole).toString();
    }
    addModel(*model, {}, texts);
}

void addWidget(const QWidget &widget, Texts &texts)
{
    texts << widget.windowTitle() << widget.toolTip() << widget.statusTip() << widget.whatsThis()
          << widget.accessibleName() << widget.accessibleDescription();
    if (const auto *label = qobject_cast<const QLabel *>(&widget)) {
        texts << label->text();
    } else if (const auto *button = qobject_cast<const QAbstractButton *>(&widget)) {
        texts << button->text();
    } else if (const auto *line = qobject_cast<const QLineEdit *>(&widget)) {
        texts << line->placeholderText() << line->text();
    } else if (const auto *text = qobject_cast<const QPlainTextEdit *>(&widget)) {
        texts << text->toPlainText() << text->placeholderText();
    } else if (const auto *menu = qobject_cast<const QMenu *>(&widget)) {
        texts << menu->title();
    } else if (const auto *message = qobject_cast<const KMessageWidget *>(&widget)) {
        texts << message->text();
    } else if (const auto *view = qobject_cast<const QAbstractItemView *>(&widget)) {
        addView(*view, texts);
    }
}

/// Every text that @p root and all in it show, say or offer, also where it is not visible just now.
Texts textsOf(const QWidget &root)
{
    Texts texts;
    addWidget(root, texts);
    for (const auto *widget : root.findChildren<QWidget *>()) {
        addWidget(*widget, texts);
    }
    for (const auto *action : root.findChildren<QAction *>()) {
        texts << action->text() << action->iconText() << action->toolTip() << action->statusTip();
    }
    return texts;
}

QString untranslatedOf(const Texts &texts)
{
    QStringList found;
    for (const auto &text : texts) {
        if (const auto rest = Test::untranslatable(text, Names); !rest.isEmpty()) {
            found << QString(rest % QLatin1String(" in: ") % text);
        }
    }
    found.removeDuplicates();
    return found.join(u'\n');
}

std::vector<Fact> everyFact()
{
    std::vector<Fact> facts;
    for (const FactKey key : FactKey::all()) {
        facts.push_back({.key = key, .value = "7"});
    }
    return facts;
}

std::vector<Warning> everyWarning()
{
    using enum WarningKind;
    std::vector<Warning> warnings;
    for (const auto kind :
         {SplitBrain, NobodyAccepts, ExecutableDeleted, DirectoryDeleted, OwnerStopped, DevelopmentServerOnNetwork}) {
        warnings.push_back({.kind = kind, .facts = everyFact()});
    }
    return warnings;
}

ListenerPtr withProfile(const ListenerPtr &listener, const std::function<void(OwnerProfile &)> &change)
{
    auto copy = std::make_shared<Listener>(*listener);
    auto profile = *copy->owners.front().profile;
    change(profile);
    copy->owners.front().profile = std::make_shared<const OwnerProfile>(profile);
    return copy;
}

UnitInfo unit(UnitKind kind)
{
    UnitInfo unit;
    unit.kind = kind;
    unit.name = "9.9";
    return unit;
}

/// Everything that can be said about a port. What comes from other processes has no letters.
std::vector<ListenerPtr> everyListener()
{
    const OwnerSpec plain{.pid = 11,
                          .name = "11",
                          .arguments = {"11", "/1"},
                          .uid = 4'123'456'789U,
                          .directory = "/1",
                          .executable = "/2",
                          .project = Test::projectAt("/3", "33", "44"),
                          .kind = ServerKind{.id = "5", .name = "55", .speaksHttp = true, .isDevelopment = true},
                          .cpuShare = 0.5};
    auto other = plain;
    other.pid = 12;
    auto warned =
        listenerFrom({.port = 1, .owners = {plain, other}, .uid = 4'123'456'789U, .warnings = everyWarning()});
    warned = withProfile(warned, [&](OwnerProfile &profile) {
        profile.executable->isDeleted = true;
        profile.workingDirectory->isDeleted = true;
        profile.ancestry.isReparented = true;
        using enum LauncherKind;
        for (const auto launcher : {None, Init, ServiceManager, Timer, ContainerRuntime, DesktopSession, Terminal,
                                    Multiplexer, Ssh, Ide, CodingAgent, Shell, ProcessManager, PackageScript}) {
            profile.ancestry.steps.push_back({.process = warned->owners.front().process, .launcher = launcher});
        }
    });
    std::vector<ListenerPtr> all{
        warned,
        listenerFrom({.port = 2, .protocol = Protocol::Udp, .owners = {plain}, .uid = 4'123'456'789U}),
        listenerFrom({.port = 1, .cookie = 77, .owners = {plain}, .uid = 4'123'456'789U}),
    };
    std::uint16_t port = 3;
    using enum OwnerKnowledge;
    for (const auto knowledge : {Pending, Hidden, InferredFromUnit, NoProcess, Told, FirstFound, Complete}) {
        for (const auto kind : {UnitKind::None, UnitKind::SystemService, UnitKind::Container}) {
            std::vector<OwnerSpec> owners;
            if (knowledge == InferredFromUnit || knowledge == Told || knowledge == FirstFound
                || knowledge == Complete) {
                owners = {plain};
            }
            all.push_back(listenerFrom({.port = ++port,
                                        .address = "0.0.0.0",
                                        .owners = owners,
                                        .knowledge = knowledge,
                                        .uid = 4'123'456'789U,
                                        .unit = unit(kind),
                                        .connections = kind == UnitKind::None ? std::nullopt : std::optional(3U)}));
        }
    }
    return all;
}

} // namespace

/// Marks every text that can be translated, and looks for what the user gets to see or hear without a mark.
class tst_Untranslated : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void aBareTextIsFound();
    void rowsAndTheirDetails();
    void groups_data();
    void groups();
    void vanishedRows();
    void states_data();
    void states();
    void menus();
    void environment();
    void messages();
    void aboutQuaymaster();
    void commandLine_data();
    void commandLine();
    void pagesOfTheDemonstrationServers();

private:
    [[nodiscard]] QString untranslated() const { return untranslatedOf(textsOf(*m_window)); }

    QTemporaryDir m_directory;
    Test::MarkingTranslator m_marking;
    Test::FakeDesktop m_desktop;
    std::unique_ptr<MainWindow> m_window;
};

void tst_Untranslated::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany)); // its dates are numbers
    QCoreApplication::installTranslator(&m_marking);
    KAboutData::setApplicationData(aboutData());
}

void tst_Untranslated::init()
{
    m_window = std::make_unique<MainWindow>(nullptr, &m_desktop, m_directory.filePath(QStringLiteral("none.json")));
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void tst_Untranslated::cleanup()
{
    m_window.reset();
}

void tst_Untranslated::aBareTextIsFound()
{
    QCOMPARE(untranslated(), QString());

    m_window->statusBar()->setToolTip(QStringLiteral("Bare text"));
    m_window->addAction(QStringLiteral("%1 bare").arg(QObject::tr("marked")));

    QCOMPARE(untranslated().count(u'\n'), 1);
}

void tst_Untranslated::rowsAndTheirDetails()
{
    m_window->showSnapshot(snapshotOf(everyListener()));
    auto *view = m_window->portsPage()->view();
    QVERIFY(view->model()->rowCount() > 15);

    for (int row = 0; row < view->model()->rowCount(); ++row) {
        view->setCurrentIndex(view->model()->index(row, 0));
        QCOMPARE(untranslated(), QString());
    }
}

void tst_Untranslated::groups_data()
{
    QTest::addColumn<PortGrouping>("grouping");
    QTest::addRow("project") << PortGrouping::Project;
    QTest::addRow("process") << PortGrouping::Process;
}

void tst_Untranslated::groups()
{
    QFETCH(const PortGrouping, grouping);
    m_window->showSnapshot(snapshotOf(everyListener()));

    m_window->portsPage()->filterBar()->setGrouping(grouping);

    QCOMPARE(untranslated(), QString());
}

void tst_Untranslated::vanishedRows()
{
    m_window->showSnapshot(snapshotOf(everyListener()));
    auto *view = m_window->portsPage()->view();
    view->setCurrentIndex(view->model()->index(0, 0));

    m_window->showSnapshot(snapshotOf({}));

    QCOMPARE(untranslated(), QString());
}

void tst_Untranslated::states_data()
{
    using Enter = std::function<void(MainWindow &)>;
    QTest::addColumn<Enter>("enter");
    QTest::addRow("no port") << Enter([](MainWindow &window) { window.showSnapshot(snapshotOf({})); });
    QTest::addRow("filtered to nothing") << Enter([](MainWindow &window) {
        window.showSnapshot(snapshotOf(everyListener()));
        auto *bar = window.portsPage()->filterBar();
        for (auto *filter : bar->filterActions()) {
            filter->setChecked(false);
        }
    });
    for (const auto code :
         {ErrorCode::Gone, ErrorCode::Denied, ErrorCode::Malformed, ErrorCode::Unsupported, ErrorCode::Invalid}) {
        QTest::addRow("failure %d", static_cast<int>(code))
            << Enter([code](MainWindow &window) { window.portsPage()->setFailure({.code = code, .subject = "/1"}); });
    }
    QTest::addRow("no netlink") << Enter([](MainWindow &window) {
        auto snapshot = std::make_shared<PortSnapshot>(*snapshotOf(everyListener()));
        snapshot->source = SocketSource::ProcNet;
        snapshot->fallbackReason = Error{.code = ErrorCode::Gone, .subject = "7"};
        snapshot->udpFallbackReason = snapshot->fallbackReason;
        window.showSnapshot(snapshot);
    });
    QTest::addRow("netlink refused") << Enter([](MainWindow &window) {
        auto snapshot = std::make_shared<PortSnapshot>(*snapshotOf(everyListener()));
        snapshot->source = SocketSource::ProcNet;
        snapshot->fallbackReason = Error{.code = ErrorCode::Unsupported, .subject = "7"};
        snapshot->isInterrupted = true;
        snapshot->processCount = 12;
        window.showSnapshot(snapshot);
    });
}

void tst_Untranslated::states()
{
    QFETCH(const std::function<void(MainWindow &)>, enter);

    enter(*m_window);

    QCOMPARE(untranslated(), QString());
}

void tst_Untranslated::menus()
{
    for (auto *menu : m_window->findChildren<QMenu *>()) {
        Q_EMIT menu->aboutToShow(); // some are filled only then
    }

    QCOMPARE(untranslated(), QString());
}

void tst_Untranslated::environment()
{
    m_window->showSnapshot(snapshotOf(everyListener()));
    auto *page = m_window->portsPage();
    page->view()->setCurrentIndex(page->view()->model()->index(0, 0));
    const auto process = everyListener().front()->owners.front().process->id;

    page->setEnvironment(process,
                         std::vector<EnvironmentVariable>{{.name = "1", .value = "2", .isSecret = true},
                                                          {.name = "3", .value = "4", .isSecret = false}});
    QCOMPARE(untranslated(), QString());
    page->setEnvironment(process, std::unexpected(Error{.code = ErrorCode::Denied, .subject = "/1"}));
    QCOMPARE(untranslated(), QString());
}

void tst_Untranslated::messages()
{
    m_desktop.canOpen = false;
    m_window->showSnapshot(snapshotOf(everyListener()));
    auto *page = m_window->portsPage();
    page->view()->setCurrentIndex(page->view()->model()->index(1, 0));

    for (auto *action : page->rowActions()) {
        action->trigger();
    }

    QCOMPARE(untranslated(), QString());
}

void tst_Untranslated::aboutQuaymaster()
{
    const AboutDialog dialog;

    QCOMPARE(untranslatedOf(textsOf(dialog)), QString());
}

void tst_Untranslated::commandLine_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addRow("not understood") << QStringList{QStringLiteral("quaymaster"), QStringLiteral("--7")};
    QTest::addRow("too many words") << QStringList{QStringLiteral("quaymaster"), QStringLiteral("7")};
}

void tst_Untranslated::commandLine()
{
    QFETCH(const QStringList, words);

    const auto options = windowOptions(words);

    QVERIFY(!options);
    QCOMPARE(untranslatedOf({options.error()}), QString());
}

void tst_Untranslated::pagesOfTheDemonstrationServers()
{
    const auto page = demoServerPage(QStringLiteral("<7>"));

    QVERIFY(page.contains(QLatin1String("&lt;7&gt;")));
    QVERIFY(page.contains(Test::MarkingTranslator::Opening));
    QCOMPARE(untranslatedOf({page}), QString());
}

QTEST_MAIN(tst_Untranslated)
#include "tst_untranslated.moc"
