// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/moduleloader.h"

#include "core/control/modulepath.h"

#include <QCoreApplication>
#include <QPluginLoader>

#include <array>
#include <utility>

namespace Quay {

ModuleLoader::ModuleLoader(QString name)
    : m_name(std::move(name))
{
}

ModuleLoader::~ModuleLoader() = default;

Result<QObject *> ModuleLoader::instance()
{
    if (m_loader == nullptr) {
        if (QCoreApplication::instance() == nullptr) {
            static int argumentCount = 1; // QCoreApplication keeps references to both
            static std::array<char, 5> name{"quay"};
            static std::array<char *, 2> arguments{name.data(), nullptr};
            m_application = std::make_unique<QCoreApplication>(argumentCount, arguments.data());
        }
        m_loader = std::make_unique<QPluginLoader>(modulePath(m_name));
    }
    if (auto *const instance = m_loader->instance()) {
        return instance;
    }
    return fail(ErrorCode::Unsupported, m_loader->errorString().toStdString());
}

} // namespace Quay
