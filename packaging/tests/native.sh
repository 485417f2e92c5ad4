#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# native.sh PROGRAM: watches PROGRAM, as packaging/run.sh built it, for five seconds, and fails if it does not run or if
# one of its libraries comes from elsewhere than its loader: the root that it was built in, or this system.
set -euo pipefail

seconds=5
program=$1
logs=$(mktemp --directory)
trap 'rm --recursive --force "$logs"' EXIT

status=0
HOME=$logs QT_QPA_PLATFORM=offscreen LD_DEBUG=libs LD_DEBUG_OUTPUT="$logs/ld" \
    timeout "$seconds" "$(realpath "$program")" || status=$?
if ((status != 124)); then
    echo "$program ended by itself, with exit code $status"
    exit 1
fi

# Of the programs that were traced (timeout is one), the one in question is the one with the most libraries.
log=$(grep --count 'calling init: ' "$logs"/ld.* | sort --field-separator=: --key=2 --numeric-sort | tail -n 1)
log=${log%:*}
libraries=$(sed -n 's/.*calling init: //p' "$log")
loader=$(head -n 1 <<<"$libraries")
root=${loader%/lib*/ld-*}
foreign=$(grep --invert-match --fixed-strings "$root/" <<<"$libraries" || true)
echo "$(wc -l <<<"$libraries") libraries from ${root:-this system}"
if [[ -n $foreign ]]; then
    printf 'and from elsewhere:\n%s\n' "$foreign"
    exit 1
fi
