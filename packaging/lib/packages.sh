# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The distribution's package manager: what it is, what it has, what is missing, and installing that.

# packages_family: debian, fedora, suse or arch, after the package manager that is there.
packages_family() {
    local pair
    for pair in apt-get:debian dnf:fedora zypper:suse pacman:arch; do
        if command -v "${pair%:*}" >/dev/null; then
            printf '%s\n' "${pair#*:}"
            return
        fi
    done
    return 1
}

# "4:6.13.0-1" is version 6.13.0-1; of several lines the first counts.
packages_without_epoch() {
    sed -n '1{s/^[0-9]*://;p}'
}

# packages_installed FAMILY NAME: the version that is installed, nothing if it is not.
packages_installed() {
    case $1 in
    debian) dpkg-query --show --showformat='${db:Status-Status} ${Version}\n' "$2" 2>/dev/null | sed -n 's/^installed //p' ;;
    fedora | suse) rpm --query --queryformat '%{VERSION}\n' "$2" 2>/dev/null | grep -v 'not installed' || true ;;
    arch) pacman --query "$2" 2>/dev/null | cut -d ' ' -f 2 ;;
    esac | packages_without_epoch
}

# packages_candidate FAMILY NAME: the version that an installation would bring, nothing if there is none.
packages_candidate() {
    case $1 in
    debian) LC_ALL=C apt-cache policy "$2" | sed -n 's/^ *Candidate: \([0-9].*\)/\1/p' ;;
    fedora) dnf --quiet repoquery --latest-limit=1 --queryformat '%{version}\n' "$2" 2>/dev/null ;;
    suse) LC_ALL=C zypper --non-interactive --quiet info "$2" 2>/dev/null | sed -n 's/^Version *: //p' ;;
    arch) LC_ALL=C pacman --sync --info "$2" 2>/dev/null | sed -n 's/^Version *: //p' ;;
    esac | packages_without_epoch
}

# packages_missing FAMILY NAME...: those that are not installed.
packages_missing() {
    local family=$1 name
    shift
    case $family in
    debian) comm -23 <(printf '%s\n' "$@" | LC_ALL=C sort -u) <(packages_of_dpkg "$@") ;;
    fedora | suse)
        for name in "$@"; do
            rpm --query --quiet --whatprovides "$name" 2>/dev/null || printf '%s\n' "$name"
        done
        ;;
    arch) pacman --deptest "$@" || true ;;
    esac
}

packages_of_dpkg() {
    dpkg-query --show --showformat='${db:Status-Status} ${Package}\n' "$@" 2>/dev/null |
        sed -n 's/^installed //p' | LC_ALL=C sort -u
}

# packages_as_root COMMAND...: runs COMMAND as root, through sudo when somebody else calls.
packages_as_root() {
    if ((EUID == 0)); then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        say_fail "$*" 'run this command as root, then run this script again'
    fi
}

# packages_refresh FAMILY: has the package manager read anew what can be installed, where that is a step of its own.
packages_refresh() {
    [[ $1 != debian ]] || packages_as_root apt-get --quiet update
}

# packages_install FAMILY NAME...
packages_install() {
    local family=$1
    shift
    case $family in
    debian)
        packages_refresh debian
        packages_as_root env DEBIAN_FRONTEND=noninteractive apt-get --quiet --yes --no-install-recommends install "$@"
        ;;
    fedora) packages_as_root dnf --assumeyes --setopt=install_weak_deps=False install "$@" ;;
    suse) packages_as_root zypper --non-interactive install --no-recommends "$@" ;;
    arch) packages_as_root pacman --sync --needed --noconfirm "$@" ;;
    esac
}

# packages_advice FAMILY: what somebody does when an installation failed.
packages_advice() {
    case $1 in
    arch) echo 'bring the system up to date (pacman -Syu), then run this script again' ;;
    *) echo 'check the network and the package sources, then run this script again' ;;
    esac
}
