# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The Debian 13 root: a tree of files below the user's cache in which Quaymaster is built on an older distribution.
# It is named after what it is made of, and has its name only once it is complete.

root_suite=trixie
# Part of the name: raise it when the way a root is made changes.
root_recipe=1

root_cache="${XDG_CACHE_HOME:-$HOME/.cache}/quaymaster"

# root_path LIST...: where the root with these package lists is, or would be.
root_path() {
    printf '%s/root-%s\n' "$root_cache" "$(lists_hash "$root_suite $root_recipe" "$@")"
}

# root_privileged [OPTION...] -- COMMAND...: runs COMMAND as root with mounts of its own, which vanish with it; the
# options are for unshare(1). It ends when the caller does. Somebody who is not root gets a user namespace: there, files belong to root and to the
# system's users without belonging to them outside.
root_privileged() {
    local -a space=(setpriv --pdeathsig KILL unshare --mount --propagation private)
    ((EUID == 0)) || space+=(--map-root-user --map-auto)
    "${space[@]}" "$@"
}

# root_enter ROOT COMMAND...: runs COMMAND inside, in the same working directory.
root_enter() {
    local root=$1
    shift
    mkdir -p "$root_cache/ccache"
    root_privileged -- "$packaging/lib/enter.sh" "$root" "$checkout" "$root_cache/ccache" "$@"
}

# root_tools FAMILY: installs what makes roots on this system.
root_tools() {
    local -a wanted=(mmdebstrap) missing
    ((EUID == 0)) || wanted+=(uidmap)
    if [[ $1 != debian ]]; then
        command -v mmdebstrap >/dev/null ||
            say_fail mmdebstrap 'install mmdebstrap and the Debian archive keyring, then run this script again'
        return
    fi
    mapfile -t missing < <(packages_missing "$1" "${wanted[@]}")
    ((${#missing[@]} == 0)) && return
    say_step 1 "installing ${missing[*]}"
    say_attempt tools "$(packages_advice "$1")" packages_install "$1" "${missing[@]}"
}

# The mirror that this system's own package sources name, or nothing: then mmdebstrap takes Debian's own.
root_mirror() {
    # shellcheck disable=SC2016 # apt fills these in
    apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
        sed -n 's/^Debian|Debian|\(https\{0,1\}:.*\)/\1/p' | head -n 1
}

# root_bootstrap DIR NAME...: fills DIR with Debian and the named packages. All its processes end when the one that
# calls does, even if that is killed: nothing goes on filling a root that nobody waits for.
root_bootstrap() {
    local dir=$1 proxy mirror
    shift
    local -a options=(
        --mode=root --variant=apt --components=main
        --aptopt='Acquire::Languages "none"'
        --dpkgopt='path-exclude=/usr/share/doc/*'
        --dpkgopt=force-unsafe-io
        --include="$(IFS=, && printf '%s' "$*")"
    )
    proxy=$(apt-config dump --format '%v%n' Acquire::http::Proxy 2>/dev/null || true)
    [[ -z $proxy ]] || options+=(--aptopt="Acquire::http::Proxy \"$proxy\"")
    mirror=$(root_mirror)
    root_privileged --pid --fork --kill-child --mount-proc -- \
        mmdebstrap "${options[@]}" "$root_suite" "$dir" ${mirror:+"$mirror"}
}

# root_cure DIR ROOT: makes every library of DIR that looks for others at an absolute place look there below ROOT.
# Such a RUNPATH would have a program that runs outside take the host's libraries; and since a RUNPATH (other than the
# older RPATH) switches off the RPATH of the program, all that this library needs would come from the host as well.
root_cure() {
    root_enter "$1" "$packaging/lib/cure.sh" "$2"
}

# root_make ROOT LIST...: makes the root unless another script has just done so.
root_make() {
    local root=$1 partial="$1.partial" names
    shift
    mapfile -t names < <(lists_read "$@")
    mkdir -p "$root_cache"
    exec {root_lock}>"$root_cache/lock"
    if ! flock --nonblock "$root_lock"; then
        say 'Another script is making a root; waiting for it ...'
        flock "$root_lock"
    fi
    if [[ ! -d $root ]]; then
        say_step 2 "making a Debian 13 root with ${#names[@]} packages in $root (about two minutes, 2 GB)"
        root_remove "$root_cache"/root-*.partial
        say_attempt root 'check the network and the free space there, then run this script again; nothing half-made is kept' \
            root_bootstrap "$partial" patchelf "${names[@]}"
        say_attempt cure 'run this script again; if it fails again, report it with the output above' \
            root_cure "$partial" "$root"
        mv -T "$partial" "$root"
    fi
    exec {root_lock}>&-
}

# root_remove DIR...: removes what exists of them, also the files of other users inside.
root_remove() {
    local dir
    for dir in "$@"; do
        [[ ! -d $dir ]] || root_privileged -- rm --recursive --force --one-file-system -- "$dir"
    done
}

# root_use ROOT: notes that this checkout's programs need ROOT.
root_use() {
    grep --quiet --line-regexp --fixed-strings -- "$checkout" "$1/checkouts" 2>/dev/null ||
        printf '%s\n' "$checkout" >>"$1/checkouts"
}

# root_drop_unused KEEP...: removes the roots that no checkout needs: those that only this checkout used, and those of
# checkouts that are gone.
root_drop_unused() {
    local root user kept
    for root in "$root_cache"/root-*; do
        [[ -d $root && $root != *.partial ]] || continue
        kept=''
        for user in "$@"; do
            [[ $root != "$user" ]] || kept=yes
        done
        while IFS= read -r user; do
            [[ $user == "$checkout" || ! -d $user ]] || kept=yes
        done < <(cat "$root/checkouts" 2>/dev/null || true)
        if [[ -z $kept ]]; then
            say "      removing $root, which nothing uses any more"
            root_remove "$root"
        fi
    done
}

# root_check: ends the script where this user cannot enter a root.
root_check() {
    root_privileged -- true 2>/dev/null || ((EUID == 0)) || ! command -v newuidmap >/dev/null ||
        say_fail "$(printf '%q ' unshare --mount --map-root-user --map-auto true)" \
            'allow user namespaces (and a range for you in /etc/subuid), or run this script as root'
}
