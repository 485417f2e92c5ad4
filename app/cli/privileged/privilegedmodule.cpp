// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/privilegedmodule.h"

#include "app/privileged/helperclient.h"

#include <QObject>

namespace Quay {

class PrivilegedModulePlugin : public QObject, public PrivilegedModule
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID QUAY_PRIVILEGED_MODULE_IID)
    Q_INTERFACES(Quay::PrivilegedModule)
public:
    [[nodiscard]] std::unique_ptr<PrivilegedClient> createClient() override { return std::make_unique<HelperClient>(); }
};

} // namespace Quay

#include "privilegedmodule.moc"
