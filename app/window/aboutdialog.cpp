// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/aboutdialog.h"

#include "app/widgets/icons.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QStyle>

#include <KAboutLicense>

namespace Quay {

namespace {

constexpr double TitleScale = 1.5;

} // namespace

KAboutData aboutData()
{
    KAboutData about(QStringLiteral("quaymaster"), QStringLiteral("Quaymaster"), QStringLiteral(QUAY_VERSION),
                     AboutDialog::tr("Who holds which port, and why"), KAboutLicense::GPL_V3,
                     AboutDialog::tr("© 2026 The Quaymaster authors"));
    about.setOrganizationDomain("quaymaster.org");
    about.setDesktopFileName(QStringLiteral("org.quaymaster.Quaymaster"));
    return about;
}

AboutDialog::AboutDialog(QWidget *parent)
    : QDialog(parent)
{
    const auto about = KAboutData::applicationData();
    setWindowTitle(tr("About Quaymaster"));
    auto *icon = new QLabel(this);
    const int size = style()->pixelMetric(QStyle::PM_LargeIconSize) * 2;
    icon->setPixmap(programIcon().pixmap(QSize(size, size), devicePixelRatio()));
    auto *title = new QLabel(about.displayName() % QLatin1Char(' ') % about.version(), this);
    QFont font = title->font();
    font.setPointSizeF(font.pointSizeF() * TitleScale);
    font.setWeight(QFont::DemiBold);
    title->setFont(font);
    const auto licence = about.licenses().constFirst().name(KAboutLicense::FullName);
    auto *text = new QLabel(about.shortDescription() % QLatin1String("\n\n") % about.copyrightStatement()
                                % QLatin1Char('\n') % tr("Licence: %1, or any later version").arg(licence),
                            this);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *layout = new QGridLayout(this);
    layout->setSizeConstraint(QLayout::SetFixedSize);
    layout->setHorizontalSpacing(size / 4);
    layout->addWidget(icon, 0, 0, 2, 1, Qt::AlignTop);
    layout->addWidget(title, 0, 1);
    layout->addWidget(text, 1, 1);
    layout->addWidget(buttons, 2, 0, 1, 2);
}

} // namespace Quay
