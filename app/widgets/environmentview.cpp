// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/environmentview.h"

#include "app/shared/format.h"
#include "app/shared/listenertext.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace Quay {

namespace {

constexpr int MostRows = 10;

enum Column
{
    Name,
    Value,
    ColumnCount
};

} // namespace

EnvironmentView::EnvironmentView(QWidget *parent)
    : QWidget(parent)
    , m_button(new QPushButton(tr("Show &environment"), this))
    , m_note(new QLabel(this))
    , m_list(new QTreeWidget(this))
{
    m_button->setObjectName(QStringLiteral("environmentButton"));
    m_note->setObjectName(QStringLiteral("environmentNote"));
    m_note->setWordWrap(true);
    m_list->setObjectName(QStringLiteral("environmentList"));
    m_list->setAccessibleName(tr("Environment"));
    m_list->setColumnCount(ColumnCount);
    m_list->setHeaderHidden(true);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->header()->setSectionResizeMode(Name, QHeaderView::ResizeToContents);
    m_list->hide();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_button, 0, Qt::AlignLeft);
    layout->addWidget(m_note);
    layout->addWidget(m_list);
    connect(m_button, &QPushButton::clicked, this, [this] {
        if (m_process) {
            Q_EMIT wanted(*m_process);
        }
    });
}

void EnvironmentView::setProcess(std::optional<ProcessId> process, const QString &reason)
{
    m_note->setText(reason);
    if (m_process == process && process) {
        return;
    }
    m_process = process;
    m_list->clear();
    m_list->hide();
    m_button->setVisible(m_process.has_value());
    m_note->setVisible(!m_process);
}

void EnvironmentView::setEnvironment(ProcessId process, const Result<std::vector<EnvironmentVariable>> &environment)
{
    if (m_process != process) {
        return;
    }
    m_list->clear();
    m_note->setVisible(!environment || environment->empty());
    m_list->setVisible(environment && !environment->empty());
    if (!environment) {
        m_note->setText(errorText(environment.error()));
        return;
    }
    m_note->setText(tr("The environment is empty."));
    m_button->hide();
    for (const auto &variable : *environment) {
        addVariable(variable);
    }
    fitHeight();
}

void EnvironmentView::addVariable(const EnvironmentVariable &variable)
{
    auto *item = new QTreeWidgetItem(m_list);
    const auto name = shownText(variable.name);
    const auto value = shownText(variable.value);
    item->setText(Name, name);
    if (variable.isSecret) {
        mask(item, name, value);
        return;
    }
    item->setText(Value, value);
    item->setToolTip(Value, toolTipHtml(shortened(value)));
}

void EnvironmentView::mask(QTreeWidgetItem *item, const QString &name, const QString &value)
{
    auto *show = new QToolButton(m_list);
    show->setText(tr("••••••  Show"));
    show->setAutoRaise(true);
    show->setAccessibleName(tr("Show the value of %1").arg(name));
    auto *cell = new QWidget(m_list); // keeps the button at its own size instead of the column's
    auto *layout = new QHBoxLayout(cell);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(show);
    layout->addStretch();
    m_list->setItemWidget(item, Value, cell);
    connect(show, &QToolButton::clicked, m_list, [this, item, value] {
        m_list->removeItemWidget(item, Value);
        item->setText(Value, value);
        item->setToolTip(Value, toolTipHtml(shortened(value)));
    });
}

void EnvironmentView::fitHeight()
{
    const int rows = std::min(m_list->topLevelItemCount(), MostRows);
    m_list->setFixedHeight((rows * m_list->sizeHintForRow(0)) + (2 * m_list->frameWidth()));
}

} // namespace Quay
