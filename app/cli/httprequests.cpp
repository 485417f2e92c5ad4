// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/httprequests.h"

#include "app/shared/translation.h"

#include <QCoreApplication>

namespace Quay {

Result<std::unique_ptr<HttpRequester>> createTranslatedRequester(ModuleLoader &loader)
{
    [[maybe_unused]] static const bool isInstalled = [] {
        installQtTranslation(*QCoreApplication::instance());
        return true;
    }();
    return createHttpRequester(loader);
}

} // namespace Quay
