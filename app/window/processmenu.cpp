// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/processmenu.h"

#include "app/shared/endingtext.h"
#include "app/widgets/icons.h"
#include "app/window/endings.h"

#include <QCoreApplication>
#include <QMenu>

namespace Quay {

namespace {

struct MenuTexts
{
    Q_DECLARE_TR_FUNCTIONS(ProcessMenu)
};

} // namespace

QMenu *makeProcessMenu(Endings *endings, const ProcessInfoPtr &process, QWidget *parent)
{
    auto *menu = new QMenu(parent);
    menu->setObjectName(QStringLiteral("processMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [=](const QString &name, const QString &icon, const QString &text, const EndingWay &way) {
        QAction *action = menu->addAction(text, endings, [=] { endings->requestProcess(process, way); });
        action->setObjectName(name);
        action->setIcon(themedIcon(icon));
    };
    const QString who = processText(*process).replace(u'&', QStringLiteral("&&"));
    add(QStringLiteral("stopProcess"), QStringLiteral("process-stop"), MenuTexts::tr("&Stop %1 ...").arg(who),
        {.asksFirst = true});
    add(QStringLiteral("stopProcessTree"), {}, MenuTexts::tr("Stop it with all bel&ow it ..."),
        {.scope = KillScope::Tree, .asksFirst = true});
    add(QStringLiteral("killProcess"), QStringLiteral("edit-delete"), MenuTexts::tr("Force &kill it ..."),
        {.isForced = true, .asksFirst = true});
    add(QStringLiteral("killProcessTree"), {}, MenuTexts::tr("Force kill it with a&ll below it ..."),
        {.scope = KillScope::Tree, .isForced = true, .asksFirst = true});
    return menu;
}

} // namespace Quay
