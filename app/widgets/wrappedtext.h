// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

namespace Quay {

/**
 * Text to read, select and copy, by mouse and by keyboard. It is broken anywhere: for paths and command lines, which
 * have no blanks where one is needed.
 *
 * It is as high as its text needs at its width, up to a limit; beyond that it scrolls.
 */
class WrappedText : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit WrappedText(QWidget *parent = nullptr);

    /// Does nothing when the text is the same: a selection survives.
    void setText(const QString &text);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void fitHeight();
};

} // namespace Quay
