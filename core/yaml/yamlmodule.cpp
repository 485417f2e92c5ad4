// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/yamlmodule.h"

#include "core/yaml/yamlcppparser.h"

#include <QObject>

namespace Quay {

class YamlModulePlugin : public QObject, public YamlModule
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID QUAY_YAML_MODULE_IID)
    Q_INTERFACES(Quay::YamlModule)
public:
    [[nodiscard]] std::unique_ptr<YamlParser> createParser() override { return std::make_unique<YamlCppParser>(); }
};

} // namespace Quay

#include "yamlmodule.moc"
