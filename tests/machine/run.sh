#!/usr/bin/env bash
# The machine tier: a whole emulated machine (QEMU) with Debian 12, its kernel, the package, disks that can be locked, things that
# are plugged in, and a plug that can be pulled.
#   tests/machine/run.sh [--arm64] [--all] [--cuts N] [--only STAGES] [--keep]
#   --arm64   a machine of that architecture, with the programs of package/cross.sh: only the stage talk
#   --all     30 power cuts, and not 3
#   --cuts N  N power cuts
#   --only S  only these stages, such as setup,full: setup, again, wrong-key, cuts, full, container, container-again, talk
#   --keep    leave the machine's disks and its console, and say where
# Takes root, mmdebstrap and qemu-system-x86, or qemu-system-arm and qemu-user-static; a machine without them is told so, and it
# exits with 77 (skipped).
# The programs come from CARGO_TARGET_DIR (default: target/), the models from ISEETUTOR_MODELS (default: as tutorctl). Only the stage
# talk has models: emulated they take long, so that elsewhere sttd, llmd and ttsd are masked.
# Emulated, so that it needs no /dev/kvm: what it shows is behaviour, never speed.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
models=${ISEETUTOR_MODELS:-${XDG_DATA_HOME:-$HOME/.local/share}/iseetutor/models}/starter
arch=amd64 cuts=3 keep='' only=''
while (($#)); do
  case $1 in
    --arm64) arch=arm64 ;;
    --all) cuts=30 ;;
    --cuts)
      cuts=${2:?--cuts needs a number}
      shift
      ;;
    --only)
      only=${2:?--only needs the names of stages}
      shift
      ;;
    --keep) keep=yes ;;
    *)
      echo "usage: tests/machine/run.sh [--arm64] [--all] [--cuts N] [--only STAGES] [--keep]" >&2
      exit 2
      ;;
  esac
  shift
done

skip() {
  echo "SKIP  machine tier: $*"
  exit 77
}
[ "$(uname -m)" = x86_64 ] || skip "it is for x86_64, and this is $(uname -m)"
[ "$(id -u)" -eq 0 ] || skip "it takes root"
command -v mmdebstrap >/dev/null || skip "there is no mmdebstrap; it is in the package of its name"
command -v sfdisk >/dev/null || skip "there is no sfdisk; it is in the package fdisk"
# The second serial port carries what inside.sh finds; the machine virt has one only, and a console of virtio.
case $arch in
  amd64)
    qemu=(qemu-system-x86_64 -machine q35 -cpu max) console=ttyS0 report=ttyS1 package=qemu-system-x86
    built=$target/release
    ;;
  arm64)
    # With dotprod and fp16, as the Orin has them.
    qemu=(qemu-system-aarch64 -machine virt -cpu cortex-a76) console=ttyAMA0 report=hvc0 package=qemu-system-arm
    built=$target/aarch64-unknown-linux-gnu/release only=talk
    command -v qemu-aarch64-static >/dev/null || skip "there is no qemu-aarch64-static; it is in the package qemu-user-static"
    ;;
esac
command -v "${qemu[0]}" >/dev/null || skip "there is no ${qemu[0]}; it is in the package $package"
for program in audiod sttd llmd ttsd tutord syncd tutorctl; do
  [ -x "$built/$program" ] || {
    echo "machine tier: $built/$program is missing; build first: cargo build --release --workspace (arm64: package/cross.sh cargo ...)" >&2
    exit 1
  }
done

# --- the machine ----------------------------------------------------------------------------------------------------

packages=systemd,systemd-sysv,dbus,udev,kmod,initramfs-tools,linux-image-$arch,e2fsprogs,cryptsetup-bin,libasound2,alsa-utils,libespeak-ng1,espeak-ng-data,nftables,iproute2,sqlite3,libtss2-esys-3.0.2-0,libtss2-rc0,libtss2-mu0,libtss2-tcti-device0
cache=${XDG_CACHE_HOME:-$HOME/.cache}/iseetutor
image=$cache/machine-$(sha256sum <<<"$packages" | cut -c1-12).tar
if [ ! -f "$image" ]; then
  echo "   making a Debian 12 root with its kernel (some minutes, once)"
  mkdir -p "$cache"
  # The kernel is told how to run programs of the other processor, and to forget it again.
  binfmt=/proc/sys/fs/binfmt_misc
  if [ "$arch" = arm64 ] && [ ! -e "$binfmt/qemu-aarch64" ]; then
    [ -e "$binfmt/register" ] || mount -t binfmt_misc binfmt_misc "$binfmt" || skip "this kernel runs programs of its own processor only"
    cat /usr/lib/binfmt.d/qemu-aarch64.conf >"$binfmt/register" || skip "this kernel cannot be told to run programs for arm64"
    trap 'echo -1 >"$binfmt/qemu-aarch64"' EXIT
  fi
  mmdebstrap --quiet --variant=minbase --architectures="$arch" --format=tar --include="$packages" bookworm "$image.part" || {
    rm -f "$image.part"
    skip "mmdebstrap could not make a Debian 12 root; is the network there?"
  }
  mv "$image.part" "$image"
  if [ -n "$(trap -p EXIT)" ]; then
    trap - EXIT
    echo -1 >"$binfmt/qemu-aarch64"
  fi
fi

# In memory where there is room for it: the disks are written and thrown away.
place=/tmp
[ "$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print int($4 / 1048576) }')" -lt 6 ] || place=/dev/shm
box=$(mktemp -d "$place/isee-machine.XXXXXX")
machine=
# shellcheck disable=SC2317 # the trap calls it
clean() {
  [ -z "$machine" ] || kill -KILL "$machine" 2>/dev/null || true
  if [ -n "$keep" ]; then echo "   the machine's disks and its console are in $box"; else rm -rf "$box"; fi
}
trap clean EXIT

tree=$box/tree
mkdir "$tree"
tar -xf "$image" -C "$tree"
make=(env CARGO_TARGET_DIR="$target" "$root/package/make.sh" --fast "$tree/usr/share/iseetutor-test")
if [ "$arch" = amd64 ]; then
  deb=$("${make[@]}")
  chroot "$tree" dpkg -i "${deb#"$tree"}" >"$box/dpkg.txt" 2>&1 || {
    cat "$box/dpkg.txt"
    echo "machine tier: the package cannot be installed" >&2
    exit 1
  }
else
  # Its programs run only there, so it is installed there.
  "$root/package/cross.sh" "${make[@]}" >"$box/make.txt"
fi
# "What is twelve times seven?", and three seconds of quiet.
python3 - "$root/tests/fixtures/speech/conversation.wav" "$tree/usr/share/iseetutor-test/question.wav" <<'END'
import sys, wave
with wave.open(sys.argv[1]) as whole, wave.open(sys.argv[2], "wb") as part:
    rate = whole.getframerate()
    part.setparams(whole.getparams())
    whole.setpos(int(3.2 * rate))
    part.writeframes(whole.readframes(int(3.2 * rate)) + bytes(2 * 3 * rate))
END
install -D -m 0755 "$root/tests/machine/inside.sh" "$tree/usr/lib/iseetutor-test/inside.sh"
units=$tree/etc/systemd/system
mkdir -p "$units/multi-user.target.wants"
[ "$arch" = arm64 ] || ln -s /usr/lib/systemd/system/iseetutor.target "$units/multi-user.target.wants/iseetutor.target"
# A button, as docs/operations.md tells of it: QEMU's keyboard.
mkdir -p "$tree/etc/udev/rules.d"
echo 'SUBSYSTEM=="input", ATTRS{idVendor}=="0627", ATTRS{idProduct}=="0001", ENV{ISEETUTOR_BUTTON}="1"' \
  >"$tree/etc/udev/rules.d/84-iseetutor-button.rules"
# They need models, which only the stage talk has.
for daemon in sttd llmd ttsd; do ln -s /dev/null "$units/$daemon.service"; done
cat >"$units/inside.service" <<'END'
[Unit]
After=dbus.service systemd-udevd.service
[Service]
Type=exec
ExecStart=/usr/lib/iseetutor-test/inside.sh
END
ln -s ../inside.service "$units/multi-user.target.wants/inside.service"
echo tutor >"$tree/etc/hostname"
: >"$tree/etc/fstab"
kernel=$box/vmlinuz initrd=$box/initrd
cp "$tree"/boot/vmlinuz-* "$kernel"
cp "$tree"/boot/initrd.img-* "$initrd"
truncate -s 3G "$box/system.img"
mke2fs -q -t ext4 -L isee-system -d "$tree" "$box/system.img"
rm -rf "$tree"
# A disk that was used before: somebody's files are on its one partition.
truncate -s 600M "$box/ssd.img"
sfdisk -q "$box/ssd.img" <<<$'label: gpt\n,'
mke2fs -q -t ext4 -L photographs -E offset=1048576 "$box/ssd.img" 590M

# --- boots ----------------------------------------------------------------------------------------------------------

passed=0 failed=0 told=0
# MiB, and the seconds that a stage may take.
memory=1536 limit=400
# start STAGE [QEMU ARGUMENT...]: boots the machine, which does what inside.sh has for the stage.
start() {
  local stage=$1
  shift
  out=$box/out-$stage.txt
  rm -f "$box/monitor"
  mkfifo "$box/monitor"
  local port=(-serial "file:$out")
  # shellcheck disable=SC2054 # the commas are QEMU's
  [ "$report" != hvc0 ] || port=(-chardev "file,id=report,path=$out" -device virtio-serial-pci -device virtconsole,chardev=report)
  told=0
  "${qemu[@]}" -accel tcg,thread=multi -smp 2 -m "$memory" -nic none -display none -no-reboot -kernel "$kernel" -initrd "$initrd" \
    -append "root=LABEL=isee-system rw console=$console systemd.show_status=0 loglevel=4 net.ifnames=0 isee.stage=$stage isee.report=$report" \
    -drive "file=$box/system.img,format=raw,if=virtio" \
    -serial "file:$box/console-$stage.txt" "${port[@]}" -monitor stdio \
    -audiodev none,id=sound -device qemu-xhci,id=usb "$@" <"$box/monitor" >"$box/monitor-$stage.txt" 2>&1 &
  machine=$!
  # Open for as long as the machine runs.
  exec 9>"$box/monitor"
}
# shellcheck disable=SC2054 # the commas are QEMU's
ssd=(-drive "file=$box/ssd.img,format=raw,if=none,id=ssd" -device virtio-blk-pci,drive=ssd,serial=ssd)
running() { kill -0 "$machine" 2>/dev/null; }
stopped() {
  exec 9>&-
  wait "$machine" 2>/dev/null || true
  machine=
}
# within SECONDS COMMAND...
within() {
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < end)) || return 1
    sleep 0.2
  done
}
# What is plugged in and pressed is in the hands of whoever sits in front of the machine: QEMU's monitor.
ended() {
  local line
  while read -r line; do
    told=$((told + 1))
    echo "$line" >&9
  done < <(sed -n 's/^MONITOR \(.*\) ;$/\1/p' "$out" 2>/dev/null | tail -n "+$((told + 1))")
  ! running
}
report() {
  grep -E '^(ok|FAIL|SKIP|      )' "$out" || true
  passed=$((passed + $(grep -c '^ok' "$out" || true)))
  failed=$((failed + $(grep -c '^FAIL' "$out" || true)))
  grep -q '^END' "$out" || {
    echo "FAIL  the stage did not come to its end; the end of the console:"
    tail -n 15 "$box/console-${out##*/out-}" | sed 's/^/      /'
    failed=$((failed + 1))
  }
}
chosen() { [ -z "$only" ] || [[ ,$only, == *,$1,* ]]; }
# stage NAME [QEMU ARGUMENT...]: boots, waits until the machine is off, and reports.
stage() {
  chosen "$1" || return 0
  echo "== $1"
  local began=$SECONDS
  start "$@"
  within "$limit" ended || { kill -KILL "$machine"; }
  stopped
  report
  echo "   $((SECONDS - began)) s"
}

stage setup "${ssd[@]}"
stage again "${ssd[@]}"
stage wrong-key "${ssd[@]}"

# --- power cuts -----------------------------------------------------------------------------------------------------

: >"$box/acknowledged"
chosen cuts && [ "$arch" = amd64 ] || cuts=0
for ((cut = 1; cut <= cuts; cut++)); do
  start "write-$cut" "${ssd[@]}"
  # At no particular moment of the answers.
  wanted=$((RANDOM % 12 + 4))
  answered() {
    local have
    have=$(grep -cs '^ACK' "$out" || true)
    ! running || [ "${have:-0}" -ge "$wanted" ]
  }
  if within 300 answered && running; then
    sleep "0.$((RANDOM % 900 + 100))"
    kill -KILL "$machine"
    stopped
    # The last line may be cut, too.
    grep -E '^ACK [0-9a-f-]{36}$' "$out" | cut -d' ' -f2 >>"$box/acknowledged"
    grep -E '^(ok|FAIL|      )' "$out" || true
    passed=$((passed + $(grep -c '^ok' "$out" || true)))
    failed=$((failed + $(grep -c '^FAIL' "$out" || true)))
    echo "   cut $cut, after $(grep -c '^ACK' "$out") events; $(wc -l <"$box/acknowledged") acknowledged in all"
  else
    kill -KILL "$machine" 2>/dev/null || true
    stopped
    echo "FAIL  no answers were written before cut $cut"
    failed=$((failed + 1))
    report
  fi
done
if ((cuts > 0)); then
  only=${only:+$only,count}
  stage count "${ssd[@]}" -drive "file=$box/acknowledged,format=raw,if=none,id=list,read-only=on" -device virtio-blk-pci,drive=list,serial=list
fi

stage full "${ssd[@]}"
stage container
stage container-again

# --- a conversation -------------------------------------------------------------------------------------------------

if chosen talk; then
  if [ -f "$models/whisper-tiny.en.bin" ]; then
    truncate -s 400M "$box/models.img"
    mke2fs -q -t ext4 -L isee-models -d "$models" "$box/models.img"
    memory=3072 limit=1500
    stage talk -drive "file=$box/models.img,format=raw,if=virtio,read-only=on"
  else
    echo "SKIP  talk: the starter models are not in $models; get them with: tutorctl models fetch"
  fi
fi

printf '%d passed, %d failed\n' "$passed" "$failed"
((failed == 0))
