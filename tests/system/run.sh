#!/usr/bin/env bash
# The system tier: the package under a real systemd, in a container of Debian 12, with the real programs and starter models.
#   tests/system/run.sh [--all] [--keep]
#   --all   kill each daemon 20 times, and not 2
#   --keep  leave the container's files, and say where
# Takes root, systemd-nspawn and mmdebstrap; a machine without them is told so, and it exits with 77 (skipped).
# The programs come from CARGO_TARGET_DIR (default: target/), the models from ISEETUTOR_MODELS (default: as tutorctl).
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
built=${CARGO_TARGET_DIR:-$root/target}/release
models=${ISEETUTOR_MODELS:-${XDG_DATA_HOME:-$HOME/.local/share}/iseetutor/models}
kills=2 keep=
while (($#)); do
  case $1 in
    --all) kills=20 ;;
    --keep) keep=yes ;;
    *)
      echo "usage: tests/system/run.sh [--all] [--keep]" >&2
      exit 2
      ;;
  esac
  shift
done

skip() {
  echo "SKIP  system tier: $*"
  exit 77
}
[ "$(id -u)" -eq 0 ] || skip "it takes root"
for tool in systemd-nspawn mmdebstrap; do
  command -v "$tool" >/dev/null || skip "there is no $tool; it is in the package of its name (systemd-nspawn: systemd-container)"
done
for program in audiod sttd llmd ttsd tutord syncd tutorctl iseetutor-probe; do
  [ -x "$built/$program" ] || {
    echo "system tier: $built/$program is missing; build first: cargo build --release --workspace" >&2
    exit 1
  }
done
[ -f "$models/starter/whisper-tiny.en.bin" ] || skip "the starter models are not in $models; get them with: tutorctl models fetch"

# --- the container --------------------------------------------------------------------------------------------------

packages=systemd,systemd-sysv,dbus,udev,libasound2,libespeak-ng1,espeak-ng-data,libstdc++6,libgcc-s1,nftables,iproute2
cache=${XDG_CACHE_HOME:-$HOME/.cache}/iseetutor
image=$cache/bookworm-$(sha256sum <<<"$packages" | cut -c1-12).tar
if [ ! -f "$image" ]; then
  echo "   making a Debian 12 root (a minute, once)"
  mkdir -p "$cache"
  mmdebstrap --quiet --variant=minbase --format=tar --include="$packages" bookworm "$image.part" || {
    rm -f "$image.part"
    skip "mmdebstrap could not make a Debian 12 root; is the network there?"
  }
  mv "$image.part" "$image"
fi

# In memory where there is room for it: it is a gigabyte of small files.
place=/tmp
[ "$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print int($4 / 1048576) }')" -lt 3 ] || place=/dev/shm
box=$(mktemp -d "$place/isee-system.XXXXXX")
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
tar -xf "$image" -C "$box"

# The version before this one, as far as dpkg can tell; inside.sh upgrades to the other.
mkdir -p "$box/usr/share/iseetutor-test"
mv "$("$root/package/make.sh" --fast --version 0.0.1 "$box/tmp")" "$box/usr/share/iseetutor-test/older.deb"
mv "$("$root/package/make.sh" --fast "$box/tmp")" "$box/usr/share/iseetutor-test/newer.deb"
chroot "$box" dpkg -i /usr/share/iseetutor-test/older.deb >"$box/dpkg.txt" 2>&1 || {
  cat "$box/dpkg.txt"
  echo "system tier: the package cannot be installed" >&2
  exit 1
}
for daemon in sttd llmd ttsd; do
  install -m 0644 "$box/usr/share/iseetutor/models-starter/$daemon.toml" "$box/etc/iseetutor/$daemon.d/30-models.toml"
done
install "$built/iseetutor-probe" "$box/usr/lib/iseetutor/probe"
install -D -m 0755 "$root/tests/system/inside.sh" "$box/usr/lib/iseetutor-test/inside.sh"
install -D -m 0644 -t "$box/usr/share/iseetutor-test" "$root/tests/fixtures/speech/conversation.wav"
mkdir -p "$box/mnt/storage/models/starter" "$box/etc/systemd/system/multi-user.target.wants" "$box/var/log/journal"
# The storage is a plain folder here.
ln -s /dev/null "$box/etc/systemd/system/mnt-storage.mount"
ln -s /usr/lib/systemd/system/iseetutor.target "$box/etc/systemd/system/multi-user.target.wants/iseetutor.target"
cat >"$box/etc/systemd/system/inside.service" <<END
[Unit]
After=multi-user.target
[Service]
ExecStart=/usr/lib/iseetutor-test/inside.sh $kills
StandardOutput=file:/out.txt
StandardError=inherit
END
ln -s ../inside.service "$box/etc/systemd/system/multi-user.target.wants/inside.service"

# --- the run --------------------------------------------------------------------------------------------------------

: >"$box/out.txt"
timeout -s TERM 900 systemd-nspawn -q --register=no --keep-unit --private-network -b -D "$box" \
  --bind-ro="$models/starter:/mnt/storage/models/starter" --console=pipe </dev/null >"$box/console.txt" 2>&1 &
container=$!
tail -n +1 -F --pid="$container" "$box/out.txt" 2>/dev/null &
follower=$!
status=0
wait "$container" || status=$?
container=
wait "$follower" 2>/dev/null || true
if ((status != 0)); then
  echo "   the container's journal, from warnings up:"
  journalctl -D "$box/var/log/journal" -p warning --no-pager -o short-monotonic 2>/dev/null | tail -n 40 | sed 's/^/   /'
fi
grep -q ' passed, ' "$box/out.txt" || {
  echo "system tier: the container ended before its test did (status $status)" >&2
  exit 1
}
exit "$status"
