// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QJsonValue>
#include <QStringList>

namespace Quay::Test {

/**
 * Checks a value against a JSON Schema.
 *
 * The part of draft 2020-12 that our schemas use. A keyword it does not know is a mistake too: otherwise a schema could
 * promise what nobody checks. Returns each mistake as `place: what`, none when the value fits.
 */
[[nodiscard]] QStringList schemaMistakes(const QJsonValue &value, const QJsonObject &schema);

} // namespace Quay::Test
