#!/usr/bin/env bash
# ISEE Tutor from a fresh Debian or Ubuntu machine: see usage() below, or ./install.sh --help
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# Checks licences and advisories of the dependencies; built from source when it is not there.
cargo_deny_version=0.20.2

usage() {
  cat <<'HELP'
Usage: ./install.sh [COMMAND]

  demo [--recording] [--out FILE.wav]
             Hold a spoken conversation. Uses the microphone and speaker if there are any; otherwise, or
             with --recording, a bundled recording is the microphone and a WAV file the speaker.
  test [--all]
             Run every check: formatting, lints, documentation, licences, the package, all tests, and, for root with
             systemd-nspawn and mmdebstrap, the service in a container. With --all also what takes longer: fuzzing,
             all the kills in the container, an emulated machine.
  build      Only install what is missing and build.
  help       Show this.

Each of these first installs what is missing (system packages with apt, through sudo unless you are root; a Rust
toolchain), builds the programs, and fetches the starter models. Done once, the next time takes seconds.

Without a command, and as root, this machine becomes a tutor that starts by itself. What will be done is shown first.

  --storage DISK|container[:SIZE]|folder
             Where records and models are kept: all of a disk, encrypted; an encrypted file (default: 16G); or a
             plain folder, for trying. Asked when it is not said.
  --models starter|jetson
             Which models. Default: jetson on a Jetson, else starter.
  --cuda     Use the GPU; takes nvcc.
  --yes      Ask nothing.
  --dry-run  Only show what would be done.
  --uninstall [--yes] [--dry-run]
             Take everything back, except the data.

Environment:
  CARGO_TARGET_DIR    where to build             default: target/ in this folder
  ISEETUTOR_MODELS    where the models are kept  default: ~/.local/share/iseetutor/models
  ISEETUTOR_MIRROR    folder with models already downloaded, used in place of the network
  JOBS                compilers at a time        default: by cores and memory
HELP
}

say() { printf '\n== %s\n' "$*"; }
note() { printf '   %s\n' "$*"; }
fail() {
  printf '\ninstall.sh: %s\n' "$1" >&2
  shift
  (($# == 0)) || printf '  %s\n' "$@" >&2
  exit 1
}

# --- the machine ---------------------------------------------------------------------------------------------------

# A home that is not set, not there or not ours makes cargo and the model store fail in confusing ways later.
check_home() {
  if [ -z "${HOME:-}" ]; then
    HOME=$(getent passwd "$(id -u)" | cut -d: -f6)
    export HOME
  fi
  if [ ! -d "$HOME" ] || [ ! -w "$HOME" ]; then
    fail "cannot write to the home directory '$HOME' of $(id -un)" "Set HOME to a folder of yours and try again."
  fi
  if [ "$(id -u)" -eq 0 ] && [ -n "${SUDO_USER:-}" ] && [ "$SUDO_USER" != root ]; then
    note "Running as root through sudo, so what is built belongs to root. Plain ./install.sh asks for sudo when needed."
  fi
  export PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    fail "needs root, and there is no sudo here" "Run this as root, then try again:  $*"
  fi
}

apt() { as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 "$@"; }

installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

apt_updated=
apt_update() {
  [ -z "$apt_updated" ] || return 0
  apt update || fail "apt-get update failed" "Check the network and the lists in /etc/apt."
  apt_updated=yes
}

# install_packages PACKAGE...: those that are missing.
install_packages() {
  local package missing=()
  if ! { command -v dpkg-query && command -v apt-get; } >/dev/null; then
    fail "this is not Debian or Ubuntu (there is no apt-get)" "Install the equivalents of: $*" \
      "then build with: cargo build --release --locked"
  fi
  for package in "$@"; do
    installed "$package" || missing+=("$package")
  done
  ((${#missing[@]})) || return 0
  note "installing: ${missing[*]}"
  apt_update
  apt install -y --no-install-recommends "${missing[@]}" >/dev/null ||
    fail "apt-get could not install: ${missing[*]}" "Read what it says above; try: apt-get install ${missing[*]}"
}

# at_least WANTED HAVE: whether version HAVE is WANTED or newer.
at_least() { [ "$(printf '%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }

rust_wanted=$(sed -n 's/^rust-version *= *"\(.*\)"/\1/p' "$root/Cargo.toml")

rust_is_there() {
  local have
  # A rustup without a default toolchain answers with an error; so does a broken one.
  have=$(rustc --version 2>/dev/null | cut -d' ' -f2) || return 1
  [ -n "$have" ] && at_least "$rust_wanted" "$have" && cargo --version >/dev/null 2>&1 &&
    { [ "$command" != test ] || { cargo fmt --version && cargo clippy --version; } >/dev/null 2>&1; }
}

# The version of PACKAGE that apt would install, empty if none.
candidate() { apt-cache policy "$1" 2>/dev/null | sed -n 's/^ *Candidate: *\([0-9][0-9.]*\).*/\1/p'; }

# With the newest stable toolchain from rustup, for this run only: your default stays as it is.
use_rustup() {
  note "installing the stable Rust toolchain with rustup"
  rustup toolchain install stable --profile minimal --component rustfmt --component clippy --no-self-update >/dev/null 2>&1 ||
    return 1
  export RUSTUP_TOOLCHAIN=stable
}

use_rust_org() {
  local script status=0
  note "installing Rust with the Rust project's installer"
  install_packages curl ca-certificates
  script=$(mktemp)
  { curl --proto '=https' --tlsv1.2 -fsSL --retry 2 --max-time 60 -o "$script" https://sh.rustup.rs &&
    sh "$script" -y --no-modify-path --profile minimal --default-toolchain stable -c rustfmt -c clippy >/dev/null; } || status=1
  rm -f "$script"
  return "$status"
}

# Rust comes from rustup if it is there, else from the distribution if it has a new enough one, else from the Rust project.
install_rust() {
  rust_is_there && return 0
  note "Rust $rust_wanted or newer is missing (found: $(rustc --version 2>/dev/null || echo none))"
  if command -v rustup >/dev/null && use_rustup && rust_is_there; then return 0; fi
  apt_update
  if [ -n "$(candidate rustup)" ] && ! command -v rustup >/dev/null; then
    install_packages rustup
    if use_rustup && rust_is_there; then return 0; fi
  fi
  # Debian 12 has the Rust that its browsers are built with beside its old one.
  if at_least "$rust_wanted" "$(candidate rustc-web)" && ! installed rustup; then
    install_packages rustc-web cargo-web rustfmt-web rust-web-clippy
    # Found before an older one of rustup's.
    export PATH="/usr/bin:$PATH"
    if rust_is_there; then return 0; fi
  fi
  if use_rust_org && rust_is_there; then return 0; fi
  fail "could not install Rust $rust_wanted or newer" \
    "This needs the network once. Without it, install Rust from the Rust project's offline installer," \
    "see that 'rustc --version' says $rust_wanted or newer, and try again."
}

# A C++ compiler of the engines takes up to 1.5 GB; too many at a time and the machine ends them.
parallel_jobs() {
  local cores gib most
  cores=$(nproc)
  gib=$(awk '/^MemAvailable/ { print int($2 / 1048576) }' /proc/meminfo)
  most=$(((gib * 2 + 2) / 3))
  ((most >= 1)) || most=1
  echo "$((cores < most ? cores : most))"
}

prepare() {
  say "system packages and toolchain"
  check_home
  local packages=(build-essential cmake pkg-config libclang-dev libasound2-dev libespeak-ng-dev espeak-ng-data
    wordnet-base dbus python3 python3-pip ca-certificates)
  [ "$command" != test ] || packages+=(shellcheck systemd nftables)
  install_packages "${packages[@]}"
  install_rust
  note "$(cargo --version), $(c++ --version | head -n 1)"

  export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$root/target}"
  export CARGO_BUILD_JOBS="${JOBS:-$(parallel_jobs)}"
  mkdir -p "$CARGO_TARGET_DIR" ||
    fail "cannot make the folder $CARGO_TARGET_DIR" "Set CARGO_TARGET_DIR to a folder of yours."
  CARGO_TARGET_DIR=$(cd "$CARGO_TARGET_DIR" && pwd)
  local free
  free=$(df -Pk "$CARGO_TARGET_DIR" | awk 'NR == 2 { print int($4 / 1048576) }')
  if [ ! -x "$CARGO_TARGET_DIR/release/tutorctl" ] && ((free < 4)); then
    fail "only $free GiB free in $CARGO_TARGET_DIR; a build takes 4" "Free some, or set CARGO_TARGET_DIR to another disk."
  fi
}

build() {
  say "build (about 15 minutes the first time on two cores; $CARGO_BUILD_JOBS at a time)"
  cargo build --release --locked --workspace ||
    fail "the build failed" "The first error above says why. If a compiler was 'Killed', memory ran out: try JOBS=1 ./install.sh $command"
  tutorctl=$CARGO_TARGET_DIR/release/tutorctl
}

fetch_models() {
  say "starter models"
  local from=()
  [ -z "${ISEETUTOR_MIRROR:-}" ] || from=(--from "$ISEETUTOR_MIRROR")
  "$tutorctl" models fetch "${from[@]}" ||
    fail "the models could not be fetched" "What is there is kept: run ./install.sh $command again to go on."
  make_dictionary
}

# The dictionary lies beside the models. It is made anew when WordNet or the program is newer.
make_dictionary() {
  local file=${ISEETUTOR_MODELS:-${XDG_DATA_HOME:-$HOME/.local/share}/iseetutor/models}/lexicon.db
  if [ "$file" -nt "$tutorctl" ] && [ "$file" -nt /usr/share/wordnet/data.noun ]; then
    return 0
  fi
  "$tutorctl" lexicon build --to "$file" ||
    fail "the dictionary could not be made" "Once mended, try it alone: $tutorctl lexicon build"
}

# --- demo ----------------------------------------------------------------------------------------------------------

# Whether there is a microphone and a speaker that this user may open.
sound_card() {
  local device
  grep -qs capture /proc/asound/pcm && grep -qs playback /proc/asound/pcm || return 1
  for device in /dev/snd/pcmC*c; do
    [ -r "$device" ] && [ -w "$device" ] && return 0
  done
  note "There is a sound card, but $(id -un) may not use it; mend that with: sudo usermod -aG audio $(id -un), then log in again."
  return 1
}

demo() {
  local recording='' out=${XDG_CACHE_HOME:-$HOME/.cache}/iseetutor/demo.wav
  while (($#)); do
    case $1 in
      --recording) recording=yes ;;
      --out)
        (($# > 1)) || usage_error "--out needs a file"
        out=$2
        shift
        ;;
      *) usage_error "demo does not know '$1'" ;;
    esac
    shift
  done
  # A path given is meant from where the caller stands.
  [[ $out == /* ]] || out=$caller/$out
  prepare
  cd "$root"
  build
  fetch_models
  if [ -z "$recording" ] && sound_card; then
    say "speak to the tutor, for example: What is twelve times seven?  (Ctrl-C ends)"
    exec "$tutorctl" talk
  fi
  say "a conversation, with a recording as the microphone and a WAV file as the speaker"
  mkdir -p "$(dirname "$out")" || fail "cannot make the folder of $out" "Choose another with --out FILE.wav"
  "$tutorctl" talk --wav "$root/tests/fixtures/speech/conversation.wav" --out "$out" ||
    fail "the conversation failed" "What is wrong is above; $tutorctl doctor looks for more."
  printf '\nThe tutor'\''s voice is in %s\n' "$out"
}

# --- test ----------------------------------------------------------------------------------------------------------

# gate NAME COMMAND...: a check, with the command to repeat it alone if it fails.
gate() {
  local name=$1 started=$SECONDS
  shift
  say "$name"
  "$@" || fail "this check failed: $name" "Once mended, try it alone: cd $root && $*"
  note "passed in $((SECONDS - started)) s"
}

# Programs of the checks, built from source once, beside the build cache of other projects.
install_cargo_deny() {
  local tools=${XDG_CACHE_HOME:-$HOME/.cache}/iseetutor/tools
  export PATH="$PATH:$tools/bin"
  cargo deny --version >/dev/null 2>&1 && return 0
  note "installing cargo-deny $cargo_deny_version (some minutes, once)"
  # Unoptimised: it compiles in half the time, and runs for seconds.
  CARGO_PROFILE_DEV_DEBUG=0 CARGO_TARGET_DIR="$tools/build" cargo install --quiet --locked --debug \
    --root "$tools" "cargo-deny@$cargo_deny_version" ||
    fail "could not install cargo-deny $cargo_deny_version" "Install it by hand: cargo install --locked cargo-deny"
  rm -rf "$tools/build"
}

check_dependencies() {
  local check=(cargo deny --locked --log-level error check --hide-inclusion-graph)
  install_cargo_deny
  gate "licences, bans and sources of the dependencies" "${check[@]}" licenses bans sources
  # Advisories that cannot be read are not advisories that are not there.
  if timeout 120 cargo deny --locked --log-level off fetch db >/dev/null 2>&1; then
    gate "advisories on the dependencies" "${check[@]}" advisories
  else
    say "advisories on the dependencies"
    note "SKIPPED: the advisory database cannot be fetched from this machine"
  fi
}

check_scripts_and_units() {
  local scripts
  mapfile -t scripts < <(find tests units package -name '*.sh' | sort)
  gate "shellcheck" shellcheck install.sh .ci/run package/scripts/* "${scripts[@]}"
  gate "units, users, firewall and udev rules" tests/units.sh
}

run_tests() {
  if cargo nextest --version >/dev/null 2>&1; then
    gate "examples in the documentation" cargo test --release --locked --workspace --doc --quiet
    # Last, so that the count of the tests is what ends the output.
    say "tests"
    cargo nextest run --release --locked --workspace || fail "a test failed" "The report above names it."
  else
    say "tests"
    cargo test --release --locked --workspace --no-fail-fast || fail "a test failed" "The report above names it."
  fi
}

# tier NAME COMMAND...: a check that a machine may have no means for; it says so itself, with exit code 77.
tier() {
  local name=$1 started=$SECONDS status=0
  shift
  say "$name"
  "$@" || status=$?
  case $status in
    0) note "passed in $((SECONDS - started)) s" ;;
    77) note "skipped, see above" ;;
    *) fail "this check failed: $name" "Once mended, try it alone: cd $root && $*" ;;
  esac
}

# Every step uses the release profile, so that the engines' C++ is compiled once.
test_all() {
  local all=
  case $* in
    '') ;;
    --all) all=yes ;;
    *) usage_error "test takes --all, and nothing else" ;;
  esac
  prepare
  cd "$root"
  check_scripts_and_units
  gate "rustfmt" cargo fmt --all --check
  check_dependencies
  build
  gate "the Debian package and the installer" tests/package.sh
  fetch_models
  gate "clippy" cargo clippy --release --locked --workspace --all-targets -- -D warnings
  gate "rustdoc" env RUSTDOCFLAGS="-D warnings" cargo doc --release --locked --workspace --no-deps
  tier "as a service, in a container" tests/system/run.sh ${all:+--all}
  if [ -n "$all" ]; then
    gate "parsers fed with what nobody would write" tests/fuzz.sh
    tier "as a machine, emulated" tests/machine/run.sh --all
  fi
  run_tests
}

# --- command line --------------------------------------------------------------------------------------------------

usage_error() {
  printf 'install.sh: %s\n\n' "$1" >&2
  usage >&2
  exit 2
}

caller=$PWD
command=${1:-}
case $command in
  '')
    command=help
    # On a machine that boots, root means this; in a container or as a user it would only fail.
    if [ "$(id -u)" -eq 0 ] && [ -d /run/systemd/system ]; then command=device; fi
    ;;
  --uninstall)
    command=uninstall
    shift
    ;;
  -h | --help) shift ;;
  -*) command=device ;;
  *) shift ;;
esac
# shellcheck source=package/device.sh
. "$root/package/device.sh"
case $command in
  demo) demo "$@" ;;
  test) test_all "$@" ;;
  build)
    (($# == 0)) || usage_error "build takes no arguments"
    prepare
    cd "$root"
    build
    note "the programs are in $CARGO_TARGET_DIR/release"
    ;;
  device) device "$@" ;;
  uninstall) uninstall "$@" ;;
  help | -h | --help) usage ;;
  *) usage_error "unknown command '$command'" ;;
esac
