# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Loads the libraries of the packaging scripts. Set before: packaging, this folder's parent as an absolute path.

checkout=$(dirname "$packaging")
source "$packaging/lib/say.sh"
source "$packaging/lib/lists.sh"
source "$packaging/lib/packages.sh"
source "$packaging/lib/root.sh"
source "$packaging/lib/platform.sh"
source "$packaging/lib/native.sh"
source "$packaging/lib/build.sh"
source "$packaging/lib/summary.sh"
source "$packaging/lib/tests.sh"
