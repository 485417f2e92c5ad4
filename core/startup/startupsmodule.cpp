// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/startup/startuphistory.h"
#include "core/startup/startupstore.h"

#include <QObject>

#include <memory>
#include <string>
#include <utility>

namespace Quay {

class StartupsModulePlugin : public QObject, public StartupsModule
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID QUAY_STARTUPS_MODULE_IID)
    Q_INTERFACES(Quay::StartupsModule)
public:
    [[nodiscard]] Result<std::unique_ptr<StartupStore>> open(const std::string &path) override
    {
        return StartupHistory::open(path).transform([](StartupHistory history) -> std::unique_ptr<StartupStore> {
            return std::make_unique<StartupHistory>(std::move(history));
        });
    }
};

} // namespace Quay

#include "startupsmodule.moc"
