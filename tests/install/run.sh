#!/usr/bin/env bash
# The installer, from nothing to a tutor that answers and back, in a container of Debian 12 with a real systemd:
#   tests/install/run.sh [--keep]
#   --keep  leave the container's files, and say where
# Takes root, systemd-nspawn, mmdebstrap and a Rust of rustup's; a machine without them is told so, and it exits with 77 (skipped).
# The container has no network: what would be downloaded is this machine's own (the build packages in its root, Cargo's
# registry, the models), and what is built already (CARGO_TARGET_DIR) is not built again. Nothing of it is changed.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
models=${ISEETUTOR_MODELS:-${XDG_DATA_HOME:-$HOME/.local/share}/iseetutor/models}/starter
keep=
case $* in
  '') ;;
  --keep) keep=yes ;;
  *)
    echo "usage: tests/install/run.sh [--keep]" >&2
    exit 2
    ;;
esac

skip() {
  echo "SKIP  installer: $*"
  exit 77
}
[ "$(id -u)" -eq 0 ] || skip "it takes root"
for tool in systemd-nspawn mmdebstrap; do
  command -v "$tool" >/dev/null || skip "there is no $tool; it is in the package of its name (systemd-nspawn: systemd-container)"
done
cargo=${CARGO_HOME:-$HOME/.cargo} rustup=${RUSTUP_HOME:-$HOME/.rustup}
[ -d "$rustup/toolchains" ] || skip "the Rust of this machine is not rustup's, so it cannot be lent to the container"
[ -f "$models/whisper-tiny.en.bin" ] || skip "the starter models are not in $models; get them with: tutorctl models fetch"
[ -x "$target/release/tutorctl" ] || {
  echo "installer: $target/release/tutorctl is missing; build first: cargo build --release --workspace" >&2
  exit 1
}

packages=systemd,systemd-sysv,dbus,udev,libnss-myhostname,iproute2,nftables,procps
packages+=,build-essential,cmake,pkg-config,libclang-dev,libasound2-dev,libespeak-ng-dev,espeak-ng-data,wordnet-base,python3,python3-pip,ca-certificates
cache=${XDG_CACHE_HOME:-$HOME/.cache}/iseetutor
image=$cache/install-$(sha256sum <<<"$packages" | cut -c1-12).tar
if [ ! -f "$image" ]; then
  echo "   making a Debian 12 root with what a build takes (some minutes, once)"
  mkdir -p "$cache"
  mmdebstrap --quiet --variant=minbase --format=tar --include="$packages" bookworm "$image.part" || {
    rm -f "$image.part"
    skip "mmdebstrap could not make a Debian 12 root; is the network there?"
  }
  mv "$image.part" "$image"
fi

place=/tmp
[ "$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print int($4 / 1048576) }')" -lt 6 ] || place=/dev/shm
box=$(mktemp -d "$place/isee-install.XXXXXX")
container=
# shellcheck disable=SC2317 # the trap calls it
clean() {
  # With TERM it stops in order; killed, it would leave its mounts behind.
  if [ -n "$container" ] && kill -TERM "$container" 2>/dev/null; then
    wait "$container" || true
  fi
  if [ -n "$keep" ]; then echo "   the container's files are in $box"; else rm -rf "$box"; fi
}
trap clean EXIT
tree=$box/tree
mkdir "$tree" "$box/source" "$box/target" "$box/cargo" "$box/rustup"
tar -xf "$image" -C "$tree"
units=$tree/etc/systemd/system
mkdir -p "$units/multi-user.target.wants" "$tree/var/log/journal"
cat >"$units/inside.service" <<END
[Unit]
After=multi-user.target
[Service]
Environment=HOME=$HOME CARGO_HOME=$cargo RUSTUP_HOME=$rustup CARGO_TARGET_DIR=$target CARGO_NET_OFFLINE=true
Environment=PATH=$cargo/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
Environment=ISEETUTOR_MIRROR=$models SOURCE=$root
ExecStart=/bin/bash $root/tests/install/inside.sh
StandardOutput=append:/out.txt
StandardError=inherit
END
ln -s ../inside.service "$units/multi-user.target.wants/inside.service"
: >"$tree/out.txt"
timeout -s TERM 1800 systemd-nspawn -q --register=no --keep-unit --private-network -b -D "$tree" --bind-ro="$models" \
  --overlay="$root:$box/source:$root" --overlay="$target:$box/target:$target" \
  --overlay="$cargo:$box/cargo:$cargo" --overlay="$rustup:$box/rustup:$rustup" \
  --console=pipe </dev/null >"$box/console.txt" 2>&1 &
container=$!
tail -n +1 -F --pid="$container" "$tree/out.txt" 2>/dev/null &
follower=$!
status=0
wait "$container" || status=$?
container=
wait "$follower" 2>/dev/null || true
if ((status != 0)); then
  echo "   the container's journal, from warnings up:"
  journalctl -D "$tree/var/log/journal" -p warning --no-pager -o short-monotonic 2>/dev/null | tail -n 40 | sed 's/^/   /'
  tail -n 5 "$box/console.txt"
fi
grep -q ' passed, ' "$tree/out.txt" || {
  echo "installer: the container ended before its test did (status $status)" >&2
  exit 1
}
exit "$status"
