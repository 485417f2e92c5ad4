// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QSplitter>

namespace Quay {

/**
 * A list and the details of its current row, below or beside it.
 *
 * As long as nobody has dragged the handle, the room is divided anew with each size: the list has the larger part.
 */
class DetailsSplitter : public QSplitter
{
    Q_OBJECT
public:
    /// Takes both over.
    DetailsSplitter(QWidget *list, QWidget *details, QWidget *parent = nullptr);

    /// The details beside the list, instead of below it. What was chosen for the other way is forgotten.
    void setBeside(bool beside);

    /// For restoreDivision(). Empty: nobody has chosen one.
    [[nodiscard]] QByteArray division() const;
    void restoreDivision(const QByteArray &division, Qt::Orientation orientation);

Q_SIGNALS:
    void divisionChosen();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void divide();

    bool m_isChosen = false;
};

} // namespace Quay
