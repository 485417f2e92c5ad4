// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/helper.h"

#include <KAuth/HelperSupport>

KAUTH_HELPER_MAIN("org.quaymaster.helper", Quay::Helper)
