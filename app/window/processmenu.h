// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/processes/processinfo.h"

class QMenu;
class QWidget;

namespace Quay {

class Endings;

/// What can be done with one process, whether or not it holds a port: a menu that deletes itself when it closes. Each
/// way to end it is asked about first. @p endings outlives it.
[[nodiscard]] QMenu *makeProcessMenu(Endings *endings, const ProcessInfoPtr &process, QWidget *parent);

} // namespace Quay
