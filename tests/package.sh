#!/usr/bin/env bash
# Checks the Debian package of the programs that are built, without installing it: tests/package.sh
# That of arm64: package/cross.sh tests/package.sh
# What this machine has no tool for is said as SKIP, with the reason. tests/system/run.sh installs it.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
passed=0 failed=0

pass() {
  passed=$((passed + 1))
  printf 'ok    %s\n' "$1"
}
fail() {
  failed=$((failed + 1))
  printf 'FAIL  %s\n' "$1"
  shift
  (($# == 0)) || printf '%s\n' "$@" | sed 's/^/      /'
}
is() { if [ "$2" = "$3" ]; then pass "$1"; else fail "$1" "wanted: $2" "have:   $3"; fi; }

package=$(umask 077 && package/make.sh --fast "$tmp") || {
  echo "tests/package.sh: the package cannot be made" >&2
  exit 1
}
dpkg-deb -x "$package" "$tmp/tree"
dpkg-deb -e "$package" "$tmp/control"

# --- what is in it --------------------------------------------------------------------------------------------------

is "it is root's, and nobody else may write it" "" "$(dpkg-deb -c "$package" | grep -Ev '^[-dl]rw[-xs]r-[-xs]r-[-xs] root/root ')"
units/place.sh "$tmp/placed" jetson
is "it has all that a service is made of" "" "$(cd "$tmp/placed" && find . -type f -exec sh -c '
  for file; do cmp -s "$file" "$0/$file" || echo "$file"; done' "$tmp/tree" {} +)"
is "every setting is a conffile" "$(cd "$tmp/tree" && find etc -type f -printf '/%p\n' | sort)" "$(cat "$tmp/control/conffiles")"
# What a unit starts.
missing=
mapfile -t started < <(sed -n 's/^Exec[A-Za-z]*=[-+!]*\(\/usr\/lib\/iseetutor\/[^ ]*\).*/\1/p' units/*.service | sort -u)
for program in "${started[@]}"; do
  [ -x "$tmp/tree$program" ] || missing+="$program "
done
is "the programs that the units start are in it" "" "$missing"
for part in Depends:libespeak-ng1 Depends:libasound2 Depends:nftables Depends:espeak-ng-data Recommends:cryptsetup-bin; do
  if dpkg-deb -f "$package" "${part%%:*}" | grep -q "${part#*:}"; then pass "${part%%:*}: ${part#*:}"; else fail "${part%%:*}: ${part#*:}"; fi
done
is "no debugging information is shipped" "" "$(find "$tmp/tree/usr" -type f -perm -u+x -exec sh -c '
  for file; do readelf -S "$file" 2>/dev/null | grep -q " .debug_info" && echo "$file"; done' sh {} +)"
notices=$(zcat "$tmp/tree/usr/share/doc/iseetutor/third-party-notices.txt.gz")
for library in whisper-rs llama-cpp zbus rusqlite; do
  if grep -q "^$library" <<<"$notices"; then pass "the notices name $library"; else fail "the notices name $library"; fi
done
is "a version that is none is refused" 1 "$(package/make.sh --version 'one two' "$tmp" >/dev/null 2>&1 && echo 0 || echo 1)"
if command -v lintian >/dev/null; then
  is "lintian finds nothing" "" "$(lintian --allow-root --fail-on none "$package" 2>&1 | grep '^[EW]:' || true)"
else
  echo "SKIP  lintian: it is not installed; it is in the package of its name"
fi

# --- what the programs need of the system's libraries ---------------------------------------------------------------

# newest PREFIX FILE...: the highest version of the symbols PREFIX_x.y that the files ask for.
gnu=$(dpkg-architecture -a "${ISEETUTOR_ARCHITECTURE:-$(dpkg --print-architecture)}" -q DEB_HOST_GNU_TYPE 2>/dev/null)
newest() {
  local prefix=$1
  shift
  "$gnu-objdump" -T "$@" | grep -o "${prefix}_[0-9.]*" | sort -Vu | tail -n 1 | cut -d_ -f2
}
at_most() { [ "$(printf '%s\n' "$1" "$2" | sort -V | tail -n 1)" = "$2" ]; }
programs=("$tmp"/tree/usr/lib/iseetutor/{audiod,sttd,llmd,ttsd,tutord,syncd} "$tmp/tree/usr/bin/tutorctl")
processor=${gnu%%-*}
is "they are for ${processor//_/-}" "" "$(for program in "${programs[@]}"; do
  readelf -h "$program" | grep -qi "Machine:.*${processor//_/-}" || echo "$program"
done)"
# JetPack 6 is an Ubuntu 22.04. A package that is built on a newer system may ask for more, and says so in its Depends.
for limit in GLIBC:2.35 GLIBCXX:3.4.30; do
  wanted=$(newest "${limit%%:*}" "${programs[@]}")
  if at_most "$wanted" "${limit#*:}"; then
    pass "it needs ${limit%%:*} $wanted, and Ubuntu 22.04 has ${limit#*:}"
  elif at_most "$(ldd --version | sed -n '1s/.* //p')" 2.36; then
    fail "it needs ${limit%%:*} $wanted, and Ubuntu 22.04 has ${limit#*:}" "build it on Ubuntu 22.04 or Debian 12"
  else
    echo "SKIP  it needs ${limit%%:*} $wanted of the system that it was built on; Ubuntu 22.04 has ${limit#*:}"
  fi
done
# Those are for parts of glibc of one release only: a sign that some of it was linked into the program.
is "it needs nothing that is glibc's own" "" "$("$gnu-objdump" -T "${programs[@]}" | grep -w GLIBC_PRIVATE)"

# --- the installer --------------------------------------------------------------------------------------------------

# What the installer would have written, of what this user may see; the rest of the system may change meanwhile.
changed() {
  { find /etc/iseetutor /etc/systemd /etc/crypttab /etc/cryptsetup-keys.d /usr/lib/systemd /usr/lib/iseetutor /usr/bin/tutorctl \
    /var/lib/iseetutor /mnt/storage -newer "$package" 2>/dev/null || true; } | sort
}
before=$(changed)
plan=$(./install.sh --dry-run --storage container 2>&1) || fail "the installer's dry run" "$plan"
for part in 'package/make.sh' 'apt-get install' 'storage setup --container 16G' 'models fetch --set' 'lexicon build' 'enable iseetutor.target'; do
  if grep -qF -- "$part" <<<"$plan"; then pass "the dry run tells of $part"; else fail "the dry run tells of $part" "$plan"; fi
done
back=$(./install.sh --uninstall --dry-run 2>&1) || fail "the dry run of the way back" "$back"
if grep -q 'purge -y iseetutor' <<<"$back"; then pass "... and the way back of its own"; else fail "... and the way back of its own" "$back"; fi
is "neither has changed the system" "$before" "$(changed)"
for wrong in '--storage' '--storage /dev/null/x' '--storage pocket' '--storage container:lots' '--models none' '--sing' '--uninstall --sing'; do
  # shellcheck disable=SC2086 # words on purpose
  if out=$(./install.sh --dry-run $wrong 2>&1); then fail "refused: $wrong" "$out"; else pass "refused: $wrong"; fi
done

printf '%d passed, %d failed\n' "$passed" "$failed"
((failed == 0))
