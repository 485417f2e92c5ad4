// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/helper.h"
#include "core/control/privilegedcontract.h"

#include <QFile>
#include <QMetaMethod>
#include <QObject>
#include <QSettings>
#include <QStringList>
#include <QTest>

/// What the helper does, what polkit asks about, and what is asked for are the same.
class tst_HelperActions : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everySlotIsAnAction();
    void everyActionIsAskedForByItsName();
    void everyActionNeedsAnAdministratorOnceASession();
    void everyActionHasGermanTexts();
};

namespace {

const auto ActionsFile = QStringLiteral(QUAY_SOURCE_DIR "/app/helper/org.quaymaster.helper.actions");

QStringList actions()
{
    QStringList groups = QSettings(ActionsFile, QSettings::IniFormat).childGroups();
    groups.removeAll(QStringLiteral("Domain"));
    groups.sort();
    return groups;
}

QString valueOf(const QString &action, const char *key)
{
    return QSettings(ActionsFile, QSettings::IniFormat).value(QString(action + u'/' + QLatin1String(key))).toString();
}

} // namespace

void tst_HelperActions::everySlotIsAnAction()
{
    QStringList slotActions;
    const auto &meta = Quay::Helper::staticMetaObject;
    for (int i = meta.methodOffset(); i < meta.methodCount(); ++i) {
        QCOMPARE(meta.method(i).methodType(), QMetaMethod::Slot);
        QCOMPARE(meta.method(i).methodSignature(), QByteArray(meta.method(i).name() + "(QVariantMap)"));
        slotActions << QString(Quay::HelperId + u'.' + QString::fromLatin1(meta.method(i).name()));
    }
    slotActions.sort();

    QCOMPARE(slotActions, actions());
}

void tst_HelperActions::everyActionIsAskedForByItsName()
{
    QStringList known{QString(Quay::InspectSocketsAction), QString(Quay::SignalProcessAction)};
    known.sort();

    QCOMPARE(known, actions());
}

void tst_HelperActions::everyActionNeedsAnAdministratorOnceASession()
{
    for (const QString &action : actions()) {
        QCOMPARE(valueOf(action, "Policy"), QStringLiteral("auth_admin"));
        QCOMPARE(valueOf(action, "Persistence"), QStringLiteral("session"));
        QCOMPARE(valueOf(action, "PolicyInactive"), QString());
    }
}

void tst_HelperActions::everyActionHasGermanTexts()
{
    for (const QString &action : actions()) {
        for (const char *const key : {"Name", "Description", "Name[de]", "Description[de]"}) {
            QVERIFY2(!valueOf(action, key).isEmpty(), qPrintable(QString(action + u' ' + QLatin1String(key))));
        }
    }
}

QTEST_APPLESS_MAIN(tst_HelperActions)
#include "tst_helperactions.moc"
