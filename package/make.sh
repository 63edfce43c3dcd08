#!/usr/bin/env bash
# Makes the Debian package of the programs that are built: package/make.sh [--fast] [--version VERSION] FOLDER
#   --fast     compress little, for tests
#   --version  another version than that of Cargo.toml
#   FOLDER     where iseetutor_VERSION_ARCHITECTURE.deb is put
# Takes cargo-deb, dpkg-shlibdeps (dpkg-dev) and python3. The programs come from CARGO_TARGET_DIR (default: target/).
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$root/target}"
options=(--no-build --locked --offline --package iseetutor-tutorctl)
while (($# > 1)); do
  case $1 in
    --fast) options+=(--fast) ;;
    --version)
      options+=(--deb-version "$2")
      shift
      ;;
    *) break ;;
  esac
  shift
done
if (($# != 1)) || [[ $1 == -* ]]; then
  echo "usage: package/make.sh [--fast] [--version VERSION] FOLDER" >&2
  exit 2
fi
mkdir -p "$1"
folder=$(cd "$1" && pwd)
for program in audiod sttd llmd ttsd tutord syncd tutorctl; do
  [ -x "$CARGO_TARGET_DIR/release/$program" ] || {
    echo "package/make.sh: $CARGO_TARGET_DIR/release/$program is missing; build first: cargo build --release --locked" >&2
    exit 1
  }
done
# The modes of the package are those that it says, whatever the umask of who makes it.
umask 022
cd "$root"
package/notices.py "$CARGO_TARGET_DIR/release/third-party-notices.txt"
cargo deb "${options[@]}" --output "$folder"
