# What the scripts need from the system, installed when it is missing. Sourced, not run.

# Says what is wrong on standard error and ends with EX_UNAVAILABLE.
give_up() {
  echo "$*" >&2
  exit 69
}

require_swift() {
  command -v swift >/dev/null ||
    give_up "Swift is missing: install Swift 6.3 or newer from swift.org and put it on the PATH."
}

# install PACKAGE...: by apt, as root or with sudo; elsewhere it says what to install.
install() {
  command -v apt-get >/dev/null ||
    give_up "Please install with your system's package manager (Debian's names): $*"
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || give_up "Please install as root: apt-get install $*"
    as_root=(sudo)
  fi
  echo "installing $*" >&2
  "${as_root[@]}" apt-get update -qq >&2 || true
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
    --no-install-recommends "$@" >&2 || give_up "apt-get could not install: $*"
}

# The ncurses headers and library that the terminal module is built with.
require_headers() {
  local directory
  for directory in /usr/include /usr/include/ncursesw /usr/local/include; do
    if [ -e "$directory/ncurses.h" ]; then return; fi
  done
  install libncurses-dev
}

# require_command COMMAND PACKAGE: a program that the tests drive.
require_command() {
  command -v "$1" >/dev/null || install "$2"
}
