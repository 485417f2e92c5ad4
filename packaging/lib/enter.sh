#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# enter.sh ROOT CHECKOUT CACHE COMMAND...: runs COMMAND in ROOT, in the same working directory.
#
# Runs as root in a mount namespace of its own (see root.sh), so all mounts end with it. The checkout is found at its
# own path, and so is ROOT itself: a program linked for use outside then runs inside as well. /run is private, which
# gives each session a system bus of its own.
set -euo pipefail

root=$1 checkout=$2 cache=$3
shift 3
PATH=$PATH:/usr/sbin:/sbin # chroot is there, and not everybody's PATH is

bind() {
    mkdir -p "$root$1"
    mount "$2" "$1" "$root$1"
}

for dir in /proc /sys /dev /tmp; do
    bind "$dir" --rbind
done
mount -t tmpfs -o mode=755 tmpfs "$root/run"
bind "$checkout" --rbind
bind "$cache" --bind
bind "$root" --bind

kept=(TERM="${TERM:-dumb}")
for name in CI NO_COLOR COLUMNS CMAKE_BUILD_PARALLEL_LEVEL CTEST_PARALLEL_LEVEL; do
    [[ -z ${!name:-} ]] || kept+=("$name=${!name}")
done
exec chroot "$root" /usr/bin/env --ignore-environment --chdir="$PWD" \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    HOME=/root LC_ALL=C.UTF-8 QUAY_IN_ROOT=1 \
    CCACHE_DIR="$cache" CCACHE_BASEDIR="$checkout" CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=pch_defines,time_macros \
    "${kept[@]}" "$@"
