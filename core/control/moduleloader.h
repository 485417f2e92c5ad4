// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QObject>
#include <QString>

#include <memory>

class QCoreApplication;
class QPluginLoader;

namespace Quay {

/// A part of the programs that only some runs need, and whose libraries would make each of them start later.
class ModuleLoader
{
public:
    /// @p name: of its file, without the ending.
    explicit ModuleLoader(QString name);
    ModuleLoader(const ModuleLoader &) = delete;
    ModuleLoader &operator=(const ModuleLoader &) = delete;
    ~ModuleLoader();

    /// Loads it at the first call, and where that fails tries again at the next; not when it is of another version. It
    /// goes with this object. Errors: Unsupported, with the loader's reason as subject.
    template<typename Module>
    [[nodiscard]] Result<Module *> load()
    {
        return instance().and_then([this](QObject *instance) -> Result<Module *> {
            if (auto *const module = qobject_cast<Module *>(instance)) {
                return module;
            }
            return fail(ErrorCode::Unsupported, m_name.toStdString()); // of another version
        });
    }

private:
    [[nodiscard]] Result<QObject *> instance();

    QString m_name;
    std::unique_ptr<QCoreApplication> m_application; ///< Null when there was one already.
    std::unique_ptr<QPluginLoader> m_loader; ///< Null until it is loaded.
};

} // namespace Quay
