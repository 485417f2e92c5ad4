#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# enclose.sh CGROUP COMMAND...: runs COMMAND with processes, mounts and cgroups of its own. What it starts ends with it;
# CGROUP, a directory of cgroup2, is all that it sees of the machine's cgroups, and /run is empty.
set -eu
if [ "$1" != --inside ]; then
    echo $$ >"$1/cgroup.procs"
    shift
    exec unshare --mount --propagation unchanged --cgroup --pid --fork --kill-child "$0" --inside "$@"
fi
shift
mount --make-rprivate / 2>/dev/null || true # in a chroot / is no mount, and whoever made it has done this
if ! mountpoint --quiet /; then # container engines mount it anew
    mount --rbind / /mnt
    exec chroot /mnt "$0" --inside "$@"
fi
mount -t proc proc /proc
umount --recursive --lazy /sys/fs/cgroup 2>/dev/null || true
mount -t cgroup2 cgroup2 /sys/fs/cgroup
mount -t tmpfs -o mode=755 tmpfs /run
exec "$@"
