// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace Quay {

/// Has @p widget written with digits of one width, where its font has such: numbers that change do not move what stands
/// beside them.
void useTabularFigures(QWidget *widget);

} // namespace Quay
