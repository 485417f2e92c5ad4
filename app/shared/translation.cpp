// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/translation.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QString>
#include <QTranslator>

#include <array>
#include <cstdlib>
#include <initializer_list>
#include <memory>
#include <string_view>
#include <utility>

namespace Quay {

namespace {

/// The first of @p variables that is set. Empty: none is.
std::string_view firstOf(std::initializer_list<const char *> variables)
{
    for (const char *const variable : variables) {
        if (const char *const value = std::getenv(variable); value != nullptr && *value != '\0') {
            return value;
        }
    }
    return {};
}

bool isEnglish(std::string_view locale)
{
    const std::string_view language = locale.substr(0, locale.find_first_of("_.@:-"));
    return language.empty() || language == "en" || language == "C" || language == "POSIX";
}

/// Whether the environment asks for another language than English: else no locale data need be loaded. As gettext(3)
/// has it: a script that sets LC_ALL=C means it, whatever LANGUAGE says.
bool wantsTranslation()
{
    const std::string_view locale = firstOf({"LC_ALL", "LC_MESSAGES", "LANG"});
    const bool isNone = locale.empty() || locale == "C" || locale == "POSIX";
    return !isNone && !isEnglish(firstOf({"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"}));
}

bool loadWanted(QTranslator &translator, const QString &name, const QString &directory)
{
    return wantsTranslation() && translator.load(QLocale(), name, QStringLiteral("_"), directory);
}

void install(std::unique_ptr<QTranslator> translator, QCoreApplication &application)
{
    translator->setParent(&application);
    QCoreApplication::installTranslator(translator.release()); // owned by the application
}

} // namespace

void installTranslation(QCoreApplication &application)
{
    const auto directory = QStringLiteral(":/i18n");
    auto translator = std::make_unique<QTranslator>();
    const bool isFound = loadWanted(*translator, QStringLiteral("quaymaster"), directory);
    if (isFound
        || translator->load(QStringLiteral("quaymaster_en"), directory)) { // English has plural forms to look up, too
        install(std::move(translator), application);
    }
}

void installQtTranslation(QCoreApplication &application)
{
    auto translator = std::make_unique<QTranslator>();
    if (loadWanted(*translator, QStringLiteral("qtbase"), QLibraryInfo::path(QLibraryInfo::TranslationsPath))) {
        install(std::move(translator), application);
    }
}

} // namespace Quay
