# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Programs that are linked in the root and run outside it, with the host's files and without its libraries.
# Nothing of this is in the environment, so the programs that they start are the host's with the host's libraries.

# native_link_options ROOT: the options for CMake, one a line.
native_link_options() {
    local root=$1 loader libraries
    loader=$(native_first "$root"/lib64/ld-linux*.so.* "$root"/lib/ld-linux*.so.*)
    libraries=$(native_first "$root"/usr/lib/*-linux-gnu*)
    # The old-style RPATH also serves plugins and the libraries of libraries; CMake would rewrite it on installing.
    # CMake takes quotes off a value that begins and ends with one: the flag without any comes first.
    printf '%s\n' -DCMAKE_SKIP_RPATH=ON \
        "-DCMAKE_EXE_LINKER_FLAGS=-Wl,--disable-new-dtags '-Wl,--dynamic-linker,$loader' '-Wl,-rpath,$libraries'"
}

# native_first PATTERN...: the first path that exists.
native_first() {
    local path
    for path in "$@"; do
        if [[ -e $path ]]; then
            printf '%s\n' "$path"
            return
        fi
    done
    return 1
}

# native_write_qtconf ROOT PREFIX: tells the installed programs where Qt's plugins and translations are.
native_write_qtconf() {
    local root=$1 prefix=$2 libraries dir
    libraries=$(native_first "$root"/usr/lib/*-linux-gnu*)
    find "$prefix" -type f -perm -100 ! -name '*.so*' -printf '%h\n' | sort -u | while IFS= read -r dir; do
        cat >"$dir/qt.conf" <<EOF
[Paths]
Prefix="$root/usr"
Plugins=${libraries#"$root/usr/"}/qt6/plugins
Translations=share/qt6/translations
EOF
    done
}

# native_write_fonts ROOT FILE: a configuration with the root's fonts, for a host that has no fontconfig and so no fonts.
native_write_fonts() {
    cat >"$2" <<EOF
<?xml version="1.0"?>
<fontconfig>
  <dir>$1/usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
  <include ignore_missing="yes">$1/etc/fonts/conf.d</include>
</fontconfig>
EOF
}
