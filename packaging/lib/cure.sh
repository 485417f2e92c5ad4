#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# cure.sh ROOT: run inside a new root, sends every absolute RUNPATH of its libraries below ROOT (see root_cure).
set -euo pipefail

root=$1

libraries_with_absolute_runpath() {
    # A few ".so" are linker scripts, which readelf complains about.
    { find /usr/lib -type f \( -name '*.so' -o -name '*.so.*' \) -exec readelf --dynamic --wide {} + 2>/dev/null || true; } |
        sed -n -e '/^File: /h' -e '/(\(RUNPATH\|RPATH\))/{/\[\(.*:\)\{0,1\}\//{x;s/^File: //;p;x}}'
}

# below_root PATH: PATH, directories divided by colons, with every absolute one below the root.
below_root() {
    local dir cured=''
    while IFS= read -r -d : dir; do
        [[ $dir != /* ]] || dir=$root$dir
        cured+=${cured:+:}$dir
    done <<<"$1:"
    printf '%s\n' "$cured"
}

libraries_with_absolute_runpath | while IFS= read -r library; do
    path=$(below_root "$(patchelf --print-rpath "$library")")
    printf '%s: %s\n' "$library" "$path"
    patchelf --force-rpath --set-rpath "$path" "$library"
done
