// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// windowdriver PORT: opens the window as the program does, and presses in the row of PORT what it reads:
// `authenticate`, `stop`. Says `ready` first, and then, each time that they change, what the row says and what the card
// and the message above the list do.
#include "app/privileged/helperclient.h"
#include "app/widgets/endingcard.h"
#include "app/widgets/messagebar.h"
#include "core/base/number.h"
#include "tests/gui/livewindow.h"
#include "tests/gui/widgettext.h"

#include <QApplication>
#include <QSocketNotifier>
#include <QTest>
#include <QTextStream>
#include <QTimer>
#include <QToolButton>

#include <KMessageWidget>

#include <cstdint>
#include <iostream>
#include <string>

#include <unistd.h>

namespace {

using Quay::Test::LiveWindow;

QString rowText(const LiveWindow &live, std::uint16_t port)
{
    const auto row = live.row(port);
    QStringList cells;
    for (int column = 0; row.isValid() && column < row.model()->columnCount(); ++column) {
        cells << row.siblingAtColumn(column).data().toString();
    }
    return cells.isEmpty() ? QStringLiteral("none") : cells.join(u'|');
}

QString shownText(const LiveWindow &live)
{
    QStringList texts;
    for (const auto *card : live.window()->findChildren<Quay::EndingCard *>()) {
        texts << Quay::Test::shownText(card, QStringLiteral("endingText")).replace(u'\n', u' ');
    }
    for (const auto *message : live.window()->findChildren<KMessageWidget *>()) {
        texts << message->text();
    }
    return texts.join(u'|');
}

/// Whether there was such a button in that row.
bool press(const LiveWindow &live, std::uint16_t port, const QString &name)
{
    live.view()->setFocus();
    live.view()->setCurrentIndex(live.row(port));
    for (auto *button : live.view()->viewport()->findChildren<QToolButton *>(name)) {
        if (QTest::qWaitFor([button] { return button->isVisible() && button->isEnabled(); })) {
            QTest::mouseClick(button, Qt::LeftButton);
            return true;
        }
    }
    return false;
}

} // namespace

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    const auto port = Quay::numberFromText<std::uint16_t>(argc == 2 ? argv[1] : "");
    Quay::HelperClient client;
    LiveWindow live;
    if (!port || !live.open(&client)) {
        std::cout << "no window" << std::endl;
        return 1;
    }
    std::cout << "ready" << std::endl;

    QString row;
    QString shown;
    QTimer looks;
    QObject::connect(&looks, &QTimer::timeout, &looks, [&] {
        if (const auto now = rowText(live, *port); std::exchange(row, now) != now) {
            std::cout << "row " << now.toStdString() << std::endl;
        }
        if (const auto now = shownText(live); std::exchange(shown, now) != now) {
            std::cout << "shown " << now.toStdString() << std::endl;
        }
    });
    looks.start(20);
    QSocketNotifier commands(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&commands, &QSocketNotifier::activated, &commands, [&] {
        std::string word;
        if (!std::getline(std::cin, word)) {
            QCoreApplication::quit();
        } else if (!press(live, *port, QString::fromStdString(word))) {
            std::cout << "no button" << std::endl;
        }
    });
    return QApplication::exec();
}
