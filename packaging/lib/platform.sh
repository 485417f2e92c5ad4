# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Where Quaymaster is built: on this system, when its distribution has what is needed, else in a Debian 13 root.

platform_qt=6.8
platform_kf=6.13
# The root that is built in; empty when this system itself is the platform.
platform_root=''

# platform_set_up LIST...: finds or makes the platform with the packages of the lists ("run", "test").
platform_set_up() {
    local family
    family=$(packages_family) ||
        say_fail 'apt-get, dnf, zypper or pacman' 'use a distribution with one of these, or build by hand (CONTRIBUTING.md)'
    if platform_has "$family" packages_installed; then
        platform_set_up_here "$family" "$@"
    elif [[ -d $(platform_root_of "$@") ]]; then
        platform_set_up_root "$family" "$@"
    elif platform_offers "$family"; then
        platform_set_up_here "$family" "$@"
    else
        platform_set_up_root "$family" "$@"
    fi
}

# platform_run COMMAND...: runs COMMAND on the platform, in the same working directory.
platform_run() {
    if [[ -n $platform_root ]]; then
        root_enter "$platform_root" "$@"
    else
        "$@"
    fi
}

# platform_recent VERSION NEEDED
platform_recent() {
    [[ -n $1 ]] && printf '%s\n' "$2" "$1" | sort --version-sort --check=quiet
}

# platform_has FAMILY QUESTION: whether QUESTION, a function of packages.sh, answers with versions that suffice.
platform_has() {
    local qt kf
    case $1 in
    debian) qt=qt6-base-dev kf=libkf6coreaddons-dev ;;
    fedora) qt=qt6-qtbase-devel kf=kf6-kcoreaddons-devel ;;
    suse) qt=qt6-base-devel kf=kf6-kcoreaddons-devel ;;
    arch) qt=qt6-base kf=kcoreaddons ;;
    esac
    platform_recent "$("$2" "$1" "$qt")" "$platform_qt" && platform_recent "$("$2" "$1" "$kf")" "$platform_kf"
}

# Whether the distribution offers them. A machine that has never read its package sources does that first.
platform_offers() {
    if [[ $1 == debian && -z $(packages_candidate debian build-essential) ]]; then
        say_step 1 'reading the package sources'
        say_attempt refresh "$(packages_advice debian)" packages_refresh debian
    fi
    platform_has "$1" packages_candidate
}

# platform_lists FAMILY NAME...: the files of the named lists.
platform_lists() {
    local family=$1 name
    shift
    for name in "$@"; do
        printf '%s\n' "$packaging/packages/$family-$name.txt"
    done
}

# platform_root_lists NAME...: Debian's, and what only a root has.
platform_root_lists() {
    local name
    platform_lists debian "$@"
    for name in "$@"; do
        [[ ! -f $packaging/packages/root-$name.txt ]] || printf '%s\n' "$packaging/packages/root-$name.txt"
    done
}

platform_set_up_here() {
    local family=$1 lists names missing
    shift
    mapfile -t lists < <(platform_lists "$family" "$@")
    mapfile -t names < <(lists_read "${lists[@]}")
    mapfile -t missing < <(packages_missing "$family" "${names[@]}")
    ((${#missing[@]} == 0)) && return
    say_step 1 "installing ${#missing[@]} packages"
    say_attempt packages "$(packages_advice "$family")" packages_install "$family" "${missing[@]}"
}

platform_root_of() {
    local lists
    mapfile -t lists < <(platform_root_lists "$@")
    root_path "${lists[@]}"
}

platform_set_up_root() {
    local family=$1 lists
    shift
    platform_root=$(platform_root_of "$@")
    if [[ ! -d $platform_root ]]; then
        mapfile -t lists < <(platform_root_lists "$@")
        root_check
        root_tools "$family"
        root_make "$platform_root" "${lists[@]}"
        root_drop_unused "$(platform_root_of run)" "$(platform_root_of run test)"
    fi
    root_use "$platform_root"
}
