// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demoserver.h"
#include "app/demo/demoservers.h"
#include "app/privileged/helperclient.h"
#include "app/shared/localenote.h"
#include "app/widgets/icons.h"
#include "app/window/aboutdialog.h"
#include "app/window/commandline.h"
#include "app/window/desktop.h"
#include "app/window/mainwindow.h"
#include "app/window/windowstate.h"
#include "core/base/standardstreams.h"
#include "core/control/leaveoutrules.h"
#include "core/ports/portscanner.h"

#include <QApplication>
#include <QTextStream>

#include <KAboutData>

#include <cstdio>
#include <optional>
#include <span>
#include <string_view>

#include <unistd.h>

namespace {

constexpr int WrongUsage = 2;

}

int main(int argc, char **argv)
{
    Quay::openClosedStreams();
    Quay::silenceLocaleNote();
    const std::span words(argv, static_cast<std::size_t>(argc));
    if (words.size() == 3 && std::string_view(words[1]) == Quay::DemoServerOption) {
        QCoreApplication application(argc, argv); // for the language that it speaks
        Quay::installTranslations(application);
        return Quay::runDemoServer(words[2]);
    }
    if (const auto exitCode = Quay::answerWithoutWindow(argc, argv)) {
        return *exitCode;
    }
    std::optional<Quay::DisplayGuard> guard(std::in_place);
    QApplication application(argc, argv);
    guard.reset();
    Quay::installTranslations(application);
    KAboutData::setApplicationData(Quay::aboutData());
    const auto options = Quay::windowOptions(QApplication::arguments());
    if (!options) {
        QTextStream(stderr) << options.error() << '\n';
        return WrongUsage;
    }
    Quay::chooseIconTheme();
    Quay::Desktop desktop;
    Quay::PortScanner scanner;
    Quay::HelperClient helper;
    Quay::MainWindow window(&scanner, &desktop, Quay::windowStateFile(),
                            ::geteuid() != 0 ? &helper : nullptr); // root needs nobody
    window.show();
    if (options->demo) {
        window.startDemo();
    }
    return QApplication::exec();
}
