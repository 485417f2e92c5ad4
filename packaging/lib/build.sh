# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Configuring and building a preset on the platform. A tree that is up to date costs a look by ninja and no output.

# build_preset PRESET TARGET...: builds the targets ("all", "install") in build/PRESET; "install" goes to its prefix/.
build_preset() {
    local preset=$1
    shift
    mkdir -p "$checkout/build"
    exec {build_lock}>"$checkout/build/$preset.lock"
    if ! flock --nonblock "$build_lock"; then
        say "Another script is building $preset; waiting for it ..."
        flock "$build_lock"
    fi
    build_configure "$preset"
    build_compile "$preset" "$@"
    exec {build_lock}>&-
}

# Configures when the tree is new or was configured otherwise; ninja sees to it when a CMakeLists.txt changes. When it is
# interrupted while it does, it leaves no build.ninja.
build_configure() {
    local preset=$1 tree="$checkout/build/$1" fresh='' wanted
    local -a options
    mapfile -t options < <(build_options "$preset")
    wanted="${options[*]} $(cksum <"$checkout/CMakePresets.json")"
    if [[ -f $tree/build.ninja && -f $tree/configured && $(<"$tree/configured") == "$wanted" ]]; then
        return
    fi
    [[ ! -f $tree/CMakeCache.txt ]] || fresh=--fresh
    say_step 3 "configuring $preset"
    say_attempt "configure-$preset" 'see in the output what CMake did not find' \
        platform_run cmake --preset "$preset" ${fresh:+"$fresh"} "${options[@]}"
    printf '%s\n' "$wanted" >"$tree/configured"
}

# ccache, as CMake wants a command. Clang's precompiled headers name files of the checkout that they were made in: what
# it compiles is not for another one.
build_launcher() {
    case $1 in
    dev-asan) printf 'env;--unset=CCACHE_BASEDIR;--unset=CCACHE_NOHASHDIR;ccache\n' ;;
    *) printf 'ccache\n' ;;
    esac
}

# The options for configuring, one a line.
build_options() {
    local tree="$checkout/build/$1"
    printf '%s\n' "-DCMAKE_INSTALL_PREFIX=$tree/prefix"
    if [[ -n $(platform_run sh -c 'command -v ccache') ]]; then
        printf '%s\n' "-DCMAKE_CXX_COMPILER_LAUNCHER=$(build_launcher "$1")"
    fi
    # With it, linking hundreds of tests takes a quarter of the time.
    [[ $1 == release || -z $(platform_run sh -c 'command -v mold') ]] || printf '%s\n' -DCMAKE_LINKER_TYPE=MOLD
    [[ $1 != release ]] || printf '%s\n' -DBUILD_TESTING=OFF
    # Other users than the root's owner cannot start what is linked for use outside it, and some of the tests are they.
    [[ $1 != release && $1 != "${QUAY_PRESET:-}" || -z $platform_root ]] || native_link_options "$platform_root"
}

build_compile() {
    local preset=$1 log="$say_logs/build-$1.log" status=0
    shift
    say_doing="step 4/$say_steps, building $preset"
    platform_run cmake --build --preset "$preset" --target "$@" </dev/null 2>&1 | tee "$log" |
        say_progress 4 "building $preset" || status=$?
    ((status == 0)) || say_fail "cmake --build --preset $preset --target $*" 'see the first error in the output' "$log"
}
