// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// rawcaller ACTION BYTES [NAME]: asks the helper as anybody may, with arguments (hexadecimal) that no client of ours
// sends, in somebody else's NAME. Prints what became of it.
#include "core/control/privilegedcontract.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusError>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusUnixFileDescriptor>
#include <QMap>
#include <QStringList>
#include <QTextStream>

#include <KAuth/ActionReply>

#include <cstdio>

namespace {

QString outcome(const QByteArray &bytes)
{
    const auto reply = KAuth::ActionReply::deserialize(bytes);
    if (reply.succeeded()) {
        return QStringLiteral("done");
    }
    if (reply.type() == KAuth::ActionReply::HelperErrorType) {
        return QStringLiteral("refused: %1").arg(QString::fromStdString(Quay::errorFromReply(reply.data()).subject));
    }
    switch (reply.errorCode()) {
    case KAuth::ActionReply::AuthorizationDeniedError:
        return QStringLiteral("denied");
    case KAuth::ActionReply::HelperBusyError:
        return QStringLiteral("busy");
    default:
        return QStringLiteral("error %1").arg(reply.errorCode());
    }
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    qDBusRegisterMetaType<QMap<QString, QDBusUnixFileDescriptor>>();
    const QStringList words = QCoreApplication::arguments();
    const auto bus = QDBusConnection::systemBus();
    QDBusMessage call =
        QDBusMessage::createMethodCall(QString(Quay::HelperId), QStringLiteral("/"), QStringLiteral("org.kde.kf6auth"),
                                       QStringLiteral("performAction"));
    call << words.value(1) << words.value(3, bus.baseService()).toUtf8() << QVariantMap()
         << QByteArray::fromHex(words.value(2).toLatin1())
         << QVariant::fromValue(QMap<QString, QDBusUnixFileDescriptor>());
    QDBusMessage reply = bus.call(call);
    while (reply.errorName() == QDBusError::errorString(QDBusError::UnknownObject)) {
        reply = bus.call(call); // it has its name before it has its object
    }
    QTextStream(stdout) << (reply.type() == QDBusMessage::ReplyMessage
                                ? outcome(reply.arguments().value(0).toByteArray())
                                : reply.errorName())
                        << '\n';
    return 0;
}
