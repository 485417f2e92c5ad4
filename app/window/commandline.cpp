// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/commandline.h"

#include "app/shared/translation.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QTextStream>

#include <cstdio>
#include <cstdlib>
#include <optional>

#include <unistd.h>

namespace Quay {

namespace {

/// tr() for what belongs to no class.
struct CommandLine
{
    Q_DECLARE_TR_FUNCTIONS(Quay::CommandLine)
};

const QString DemoOption = QStringLiteral("demo");

void setupParser(QCommandLineParser &parser)
{
    parser.setApplicationDescription(CommandLine::tr("Shows which process holds which port, and why."));
    // Qt's own options have one dash, and are not those letters of ours that they are made of.
    parser.setSingleDashWordOptionMode(QCommandLineParser::ParseAsLongOptions);
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOption({DemoOption, CommandLine::tr("Start a few demonstration servers, which end with the window.")});
}

bool isPlatformChosen(const QStringList &arguments)
{
    return arguments.contains(QLatin1String("-platform")) || arguments.contains(QLatin1String("--platform"))
        || !qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM");
}

bool hasDisplay()
{
    return !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
}

QString advice()
{
    return CommandLine::tr("In a terminal, “quay ports” prints the same table.");
}

/// Said when Qt gives up. Made beforehand: without an application nothing is translated.
QByteArray &displayFailure()
{
    static QByteArray sentence;
    return sentence;
}

/// The only place where Qt says why it cannot go on, and the last one before it aborts.
void endInsteadOfAborting(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const bool isOver = type == QtFatalMsg; // what it says then is to install everything anew
    const QByteArray line = isOver ? displayFailure() : qFormatLogMessage(type, context, message).toLocal8Bit() + '\n';
    std::fputs(line.constData(), stderr);
    if (isOver) {
        ::_exit(EXIT_FAILURE);
    }
}

} // namespace

DisplayGuard::DisplayGuard()
    : m_before(qInstallMessageHandler(endInsteadOfAborting))
{
}

DisplayGuard::~DisplayGuard()
{
    qInstallMessageHandler(m_before);
}

std::expected<WindowOptions, QString> windowOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    setupParser(parser);
    if (!parser.parse(arguments)) {
        return std::unexpected(parser.errorText());
    }
    if (!parser.positionalArguments().isEmpty()) {
        return std::unexpected(
            CommandLine::tr("There is nothing to do with “%1”.").arg(parser.positionalArguments().constFirst()));
    }
    return WindowOptions{.demo = parser.isSet(DemoOption)};
}

std::optional<int> answerWithoutWindow(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    installTranslations(application);
    QCommandLineParser parser;
    setupParser(parser);
    parser.parse(QCoreApplication::arguments()); // what is wrong with it is said later, when Qt took its own options
    if (parser.isSet(QStringLiteral("help"))) {
        QTextStream(stdout) << parser.helpText();
        return EXIT_SUCCESS;
    }
    if (parser.isSet(QStringLiteral("version"))) {
        QTextStream(stdout) << "quaymaster " QUAY_VERSION "\n";
        return EXIT_SUCCESS;
    }
    if (!isPlatformChosen(QCoreApplication::arguments()) && !hasDisplay()) {
        QTextStream(stderr) << CommandLine::tr("There is no display to show a window on.") << ' ' << advice() << '\n';
        return EXIT_FAILURE;
    }
    displayFailure() =
        QString(CommandLine::tr("No window can be shown on this display.") + u' ' + advice() + u'\n').toLocal8Bit();
    return std::nullopt;
}

void installTranslations(QCoreApplication &application)
{
    installQtTranslation(application);
    installTranslation(application);
}

} // namespace Quay
