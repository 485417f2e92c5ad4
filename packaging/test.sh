#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Sets up what is needed, builds Quaymaster (preset ci) and runs every test. Arguments go to ctest (-R NAME, -L LABEL).
set -euo pipefail

packaging=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
source "$packaging/lib/all.sh"

say_begin "$checkout/build/log"
cd "$checkout"
platform_set_up run test
build_preset ci all
say_step 5 'testing'
tests_run ci "$@"
summary_close
