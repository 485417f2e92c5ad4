// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/widgets/endingcard.h"

#include <QScrollArea>
#include <QTimer>

#include <cstddef>
#include <cstdint>
#include <map>

class QVBoxLayout;

namespace Quay {

class Endings;
struct WindowEnding;

/**
 * A card for each ending: below the list, as high as its cards, and half of the page at most.
 *
 * What went as it was to go is taken away after a while, unless the pointer rests on the strip; what did not stays
 * until it is closed.
 */
class EndingStrip : public QScrollArea
{
    Q_OBJECT
public:
    /// @p endings outlives it.
    explicit EndingStrip(Endings *endings, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    /// Whatever had the keyboard is gone: it belongs to the list again.
    void focusLeft();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showEndings();
    void updateCards();
    void fitHeight();
    void tidyUp();
    [[nodiscard]] EndingCard *makeCard(std::uint64_t id);
    [[nodiscard]] EndingCard::Content contentOf(const WindowEnding &ending) const;

    Endings *m_endings;
    QVBoxLayout *m_layout;
    std::map<std::uint64_t, EndingCard *> m_cards;
    std::ptrdiff_t m_done = 0; ///< How many went as they were to go.
    QTimer m_countdown;
    QTimer m_tidy;
};

} // namespace Quay
