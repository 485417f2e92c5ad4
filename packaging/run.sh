#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Sets up what is needed, builds Quaymaster and starts it. Arguments go to the program. Checks that have built the preset
# ci already name it in QUAY_PRESET.
set -euo pipefail

packaging=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
source "$packaging/lib/all.sh"

preset=${QUAY_PRESET:-release}
prefix="$checkout/build/$preset/prefix"
lists=(run)
[[ $preset == release ]] || lists+=(test)
started_in=$PWD

has_display() {
    [[ -n ${DISPLAY:-}${WAYLAND_DISPLAY:-}${QT_QPA_PLATFORM:-} ]]
}

# What the programs find: the data that this build installed, then the host's; from the root what the host may lack.
set_environment() {
    export XDG_DATA_DIRS="$prefix/share:${XDG_DATA_DIRS:-/usr/local/share:/usr/share}"
    [[ -n $platform_root ]] || return 0
    XDG_DATA_DIRS+=":$platform_root/usr/share"
    native_write_qtconf "$platform_root" "$prefix"
    if [[ ! -e /etc/fonts/fonts.conf ]]; then
        export FONTCONFIG_FILE="$prefix/fonts.conf"
        native_write_fonts "$platform_root" "$FONTCONFIG_FILE"
    fi
}

say_begin "$checkout/build/log"
cd "$checkout"
platform_set_up "${lists[@]}"
build_preset "$preset" install
set_environment

cd "$started_in"
if has_display; then
    exec "$prefix/bin/quaymaster" "$@"
fi
"$prefix/bin/quay" ports
say_no_display "$prefix/bin/quay" "$packaging/run.sh" "$@"
