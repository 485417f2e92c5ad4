// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/moduleloader.h"

#include "core/kernel/ownprogram.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QPluginLoader>

#include <array>
#include <utility>

namespace Quay {

namespace {

/// Beside the program in a build tree; where Qt's plugins are installed, seen from the program, otherwise.
QString modulePath(const QString &name)
{
    const QString directory = QFile::decodeName(ownProgram().c_str()).section(u'/', 0, -2);
    const QString file = QString(u'/' + name + QStringLiteral(".so"));
    const QString inBuildTree = directory + file;
    return QFileInfo::exists(inBuildTree) ? inBuildTree
                                          : QString(directory + QStringLiteral("/" QUAY_MODULE_DIR) + file);
}

} // namespace

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
    // One that has failed stays so, also when what was missing is installed: the next call asks another one.
    const auto failed = std::exchange(m_loader, nullptr);
    return fail(ErrorCode::Unsupported, failed->errorString().toStdString());
}

} // namespace Quay
