# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The package lists under packaging/packages: names divided by blanks, "#" begins a comment.

# lists_read FILE...: the names in all files, one a line, sorted, none twice.
lists_read() {
    sed 's/#.*//' "$@" | tr -s '[:blank:]' '\n' | sed '/^$/d' | LC_ALL=C sort -u
}

# lists_hash RECIPE FILE...: twelve characters that change with RECIPE or with a name in the files.
lists_hash() {
    local recipe=$1
    shift
    { printf '%s\n' "$recipe" && lists_read "$@"; } | sha256sum | cut -c -12
}
