# packages.sh: to be sourced. need_packages WHY PACKAGE... installs the Debian packages that
# are missing, and only those; says in one line what and why.

packages_missing() {
    local package
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' ||
            printf '%s ' "$package"
    done
}

need_packages() {
    local why=$1 missing as_root=()
    shift
    missing=$(packages_missing "$@")
    [ -n "$missing" ] || return 0

    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            echo "$why needs packages that are not installed. As root: apt-get install $missing" >&2
            exit 1
        fi
        as_root=(sudo)
    fi
    echo "Installing for $why: $missing" >&2
    if [ -z "${packages_updated:-}" ]; then
        "${as_root[@]}" apt-get update -qq >&2
        packages_updated=yes
    fi
    # The list is words on purpose.
    # shellcheck disable=SC2086
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
        --no-install-recommends $missing >&2
}

# What the program itself is built with.
build_packages=(gcc libc6-dev meson ninja-build pkg-config
    libsqlite3-dev libsodium-dev libxml2-dev libmicrohttpd-dev zlib1g-dev)

# What the tests in a real browser need. Node that came from elsewhere brings its own npm, and
# Debian's npm does not go with it.
browser_packages=(chromium fonts-noto-core)
command -v node >/dev/null || browser_packages+=(nodejs)
command -v npm >/dev/null || browser_packages+=(npm)
