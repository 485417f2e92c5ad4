// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/widgets/emptystate.h"
#include "core/base/error.h"

namespace Quay {

/// What stands in the place of the list of ports while it is empty: why, and the one thing to do next.
class NoPorts : public EmptyState
{
    Q_OBJECT
public:
    explicit NoPorts(QWidget *parent = nullptr);

    /// The ports could not be read.
    void sayFailed(const Error &error);
    /// The search and the filters leave none of @p total.
    void sayFiltered(int total);
    void sayNoneIsOpen();

Q_SIGNALS:
    void lookRequested();
    void clearRequested();
    void demoRequested();

private:
    void (NoPorts::*m_request)() = nullptr; ///< What the button is for.
};

} // namespace Quay
