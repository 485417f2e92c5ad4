// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/listener.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace Quay {

/// One warning: symbol, title and sentence, and on demand the facts that led to it.
class WarningWidget : public QWidget
{
    Q_OBJECT
public:
    explicit WarningWidget(QWidget *parent = nullptr);

    void setWarning(const Warning &warning);

private:
    QLabel *m_title;
    QLabel *m_text;
    QToolButton *m_factsButton;
    QLabel *m_facts;
};

} // namespace Quay
