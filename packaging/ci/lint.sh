#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# lint.sh SECONDS CHECKS < SOURCES: clang-tidy over the sources in its input, one a line and in that order, as many as
# can be begun within the time. Runs in the root, from the checkout, with the commands of the preset dev.
set -euo pipefail

seconds=$1 checks=$2
mapfile -t sources
begun=$(mktemp)
export begun checks
export deadline=$(($(date +%s) + seconds))

# shellcheck disable=SC2016 # expanded by the shell below
lint_one='(($(date +%s) < deadline)) || exit 0
echo >>"$begun"
clang-tidy-19 -quiet -p build/dev -checks="$checks" "$1" 2>/dev/null'

status=0
printf '%s\n' "${sources[@]}" |
    xargs --delimiter='\n' --max-args=1 --max-procs="$(nproc)" -- bash -c "$lint_one" lint || status=$?
echo "$(wc -l <"$begun") of ${#sources[@]} sources were looked at."
rm "$begun"
exit "$status"
