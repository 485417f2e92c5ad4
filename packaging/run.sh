#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Sets up what is needed, builds Quaymaster (preset release) and starts it. Arguments go to the program.
set -euo pipefail

packaging=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
source "$packaging/lib/all.sh"

# What is found among data files: what this build installed, what the host has, then what the root has (icons).
data_dirs() {
    printf '%s' "$prefix/share:${XDG_DATA_DIRS:-/usr/local/share:/usr/share}${platform_root:+:$platform_root/usr/share}"
}

has_display() {
    [[ -n ${DISPLAY:-}${WAYLAND_DISPLAY:-}${QT_QPA_PLATFORM:-} ]]
}

prefix="$checkout/build/release/prefix"
started_in=$PWD

say_begin "$checkout/build/log"
cd "$checkout"
platform_set_up run
build_preset release install
[[ -z $platform_root ]] || native_write_qtconf "$platform_root" "$prefix"

XDG_DATA_DIRS=$(data_dirs)
export XDG_DATA_DIRS
cd "$started_in"
if has_display; then
    exec "$prefix/bin/quaymaster" "$@"
fi
"$prefix/bin/quay" ports
say
say "No display, so this is the table only. To see the window: xvfb-run $0, or log in with ssh -X and run it again."
