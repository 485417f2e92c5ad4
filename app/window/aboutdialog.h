// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include <KAboutData>

namespace Quay {

/// What this program is, for the desktop, `--version` and the about dialog.
[[nodiscard]] KAboutData aboutData();

/// Name, version, licence and where to find more.
class AboutDialog : public QDialog
{
    Q_OBJECT
public:
    explicit AboutDialog(QWidget *parent = nullptr);
};

} // namespace Quay
