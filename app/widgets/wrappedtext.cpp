// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/wrappedtext.h"

#include <QEvent>
#include <QPlainTextDocumentLayout>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextLayout>
#include <QTextOption>

#include <algorithm>

namespace Quay {

namespace {

constexpr int MostLines = 10;
constexpr int NarrowestInCharacters = 16;

} // namespace

WrappedText::WrappedText(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setReadOnly(true);
    setFrameShape(QFrame::NoFrame);
    setTabChangesFocus(true);
    setUndoRedoEnabled(false);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    viewport()->setAutoFillBackground(false); // it reads like a label, not like a field to fill in
    document()->setDocumentMargin(0);
    fitHeight();
}

void WrappedText::setText(const QString &text)
{
    if (text == toPlainText()) {
        return;
    }
    setPlainText(text);
    fitHeight();
}

QSize WrappedText::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * NarrowestInCharacters * 2, height()};
}

QSize WrappedText::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * NarrowestInCharacters, height()};
}

void WrappedText::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    fitHeight();
}

void WrappedText::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        fitHeight();
    }
}

void WrappedText::fitHeight()
{
    int lines = 0;
    for (QTextBlock block = document()->begin(); block.isValid() && lines <= MostLines; block = block.next()) {
        blockBoundingRect(block); // has the block laid out at the present width
        lines += std::max(1, block.layout()->lineCount());
    }
    const int wanted = fontMetrics().lineSpacing() * std::clamp(lines, 1, MostLines);
    if (wanted != height() || minimumHeight() != wanted) {
        setFixedHeight(wanted);
    }
    setVerticalScrollBarPolicy(lines > MostLines ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
}

} // namespace Quay
