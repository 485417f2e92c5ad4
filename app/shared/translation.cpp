// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/translation.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTranslator>

#include <array>
#include <cstdlib>
#include <memory>
#include <string_view>

namespace Quay {

namespace {

/// Whether the environment asks for another language than English: else no locale data need be loaded.
bool wantsTranslation()
{
    for (const char *const variable : {"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"}) { // in the order of gettext(3)
        const char *const value = std::getenv(variable);
        if (value == nullptr || *value == '\0') {
            continue;
        }
        const std::string_view locale(value);
        const std::string_view language = locale.substr(0, locale.find_first_of("_.@:-"));
        return language != "en" && language != "C" && language != "POSIX";
    }
    return false;
}

} // namespace

void installTranslation(QCoreApplication &application)
{
    const auto directory = QStringLiteral(":/i18n");
    auto translator = std::make_unique<QTranslator>();
    const bool isFound =
        wantsTranslation() && translator->load(QLocale(), QStringLiteral("quaymaster"), QStringLiteral("_"), directory);
    if (isFound
        || translator->load(QStringLiteral("quaymaster_en"), directory)) { // English has plural forms to look up, too
        translator->setParent(&application);
        QCoreApplication::installTranslator(translator.release()); // owned by the application
    }
}

} // namespace Quay
