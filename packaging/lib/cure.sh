#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# cure.sh ROOT: run inside a new root, sends every absolute RUNPATH of its libraries below ROOT (see root_cure).
set -euo pipefail

root=$1

libraries_with_absolute_runpath() {
    find /usr/lib -type f \( -name '*.so' -o -name '*.so.*' \) -exec readelf --dynamic --wide {} + 2>/dev/null |
        sed -n -e 's/^File: //h' -e '/(\(RUNPATH\|RPATH\))/{/\[\(.*:\)\{0,1\}\//{x;s/^File: //;p;x}}'
}

libraries_with_absolute_runpath | while IFS= read -r library; do
    path=$(patchelf --print-rpath "$library" | sed -E "s|(^\|:)/|\1$root/|g")
    printf '%s: %s\n' "$library" "$path"
    patchelf --force-rpath --set-rpath "$path" "$library"
done
