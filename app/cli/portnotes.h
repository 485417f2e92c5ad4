// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/portselection.h"
#include "core/ports/portsnapshot.h"

namespace Quay {

struct CommandContext;

/// Says, on the error output, what is not known because of the way the ports were read.
void noteHowRead(CommandContext &context, const PortSnapshot &snapshot);

/// Says where nothing listens, of what was asked for.
void noteUnanswered(CommandContext &context, const PortSelection &selection, const SelectedPorts &selected);

/// Says what is not in the table, and what of it deserves a look. Most of it is for a terminal only.
void noteWhatIsShown(CommandContext &context, const SelectedPorts &selected);

} // namespace Quay
