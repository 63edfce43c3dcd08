#!/usr/bin/env bash
# The machine tier's test, run by systemd inside of the machine that run.sh boots; the stage is on the kernel's command line.
# What it finds goes to the port that is named there too, and the machine is switched off at the end.
# shellcheck disable=SC2016,SC2317 # commands are handed over to check, within and bash -c
set -uo pipefail

read -ra words </proc/cmdline
for word in "${words[@]}"; do
  case $word in
    isee.stage=*) stage=${word#*=} ;;
    isee.report=*) port=/dev/${word#*=} ;;
  esac
done
# The driver of virtio's is a module.
[ -c "$port" ] || modprobe virtio_console
until [ -c "$port" ]; do sleep 0.1; done
stty -F "$port" raw -echo
exec >"$port" 2>&1
cd /root || exit 1
export HOME=/root

pass() { printf 'ok    %s\n' "$1"; }
fail() {
  printf 'FAIL  %s\n' "$1"
  shift
  (($# == 0)) || printf '%s\n' "$@" | tail -n 25 | sed 's/^/      /'
}
# check NAME COMMAND...
check() {
  local what=$1 out
  shift
  if out=$("$@" 2>&1); then pass "$what"; else fail "$what" "$out"; fi
}
# is WHAT WANTED HAVE
is() { if [ "$2" = "$3" ]; then pass "$1"; else fail "$1" "wanted: $2" "have:   $3"; fi; }
# refused NAME TEXT COMMAND...: it fails, and says this.
refused() {
  local what=$1 text=$2 out
  shift 2
  if out=$("$@" </dev/null 2>&1); then
    fail "$what: it was done" "$out"
  elif grep -q -- "$text" <<<"$out"; then
    pass "$what"
  else
    fail "$what: it does not say \"$text\"" "$out"
  fi
}
# within SECONDS COMMAND...: whether the command comes true in time.
within() {
  local end=$(($(date +%s) + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    (($(date +%s) < end)) || return 1
    sleep 0.2
  done
}
active() { systemctl is-active -q "$1"; }
# Nothing of the boot waits to be done.
settled() { [ -z "$(systemctl list-jobs --no-legend)" ]; }
# contains TEXT IN: and says what there is, for the report of a failure.
contains() { grep -q -- "$1" <<<"$2" || { printf '%s\n' "$2" && return 1; }; }
mount_of() { findmnt -n -o "$1" --mountpoint /mnt/storage; }
database=/mnt/storage/databases/iseetutor.db
sql() { sqlite3 -cmd '.timeout 5000' "file:$database?mode=ro" "$1"; }
setup() { tutorctl storage setup "$@"; }
finish() {
  echo END
  # What is written to the port reaches the file.
  stty -F "$port" sane
  systemctl poweroff
}

tutor_is_up() {
  check "tutord is up" within 60 active tutord.service
  check "... and on the bus" within 20 busctl get-property org.iseetutor.Tutor1 /org/iseetutor/Tutor1 org.iseetutor.Daemon1 State
}
storage_is_up() {
  if within 150 active mnt-storage.mount; then
    pass "the storage came up"
  else
    fail "the storage came up" "$(systemctl list-jobs --no-legend)" "$(ls -l /dev/mapper /dev/disk/by-id 2>&1)" \
      "$(journalctl -b -o short-monotonic --no-pager -u systemd-cryptsetup@iseetutor -u mnt-storage.mount -p notice 2>&1 | tail)" \
      "$(journalctl -b -o short-monotonic --no-pager -p warning | tail -n 8)"
  fi
}
in_order() {
  is "the storage is the unlocked volume" "/dev/mapper/iseetutor ext4" "$(mount_of SOURCE,FSTYPE | tr -s ' ')"
  for option in noatime nodev nosuid; do check "... mounted $option" contains "$option" "$(mount_of OPTIONS)"; done
  check "status finds nothing wrong" tutorctl storage status
}

# --- stages ---------------------------------------------------------------------------------------------------------

# A disk of which the machine has nothing yet.
head_of() { head -c 32M "$1" | sha256sum; }
stage_setup() {
  local out disk=/dev/disk/by-id/virtio-ssd system before
  disk=$(realpath "$disk")
  system=$(realpath "$(findmnt -n -o SOURCE /)")
  refused "without a storage, status says so" "no storage is set up" tutorctl storage status
  refused "the system's disk is refused" "holds the running system" setup "$system" --yes
  refused "... also when it is named twice" "holds the running system" setup "$system" --erase "$system" --yes
  refused "a disk with data is refused" "photographs" setup "$disk" --yes
  refused "... when another is named for erasing" "Name the same twice" setup "$disk" --erase /dev/vdx --yes
  mkdir -p /media/old && mount "$disk"1 /media/old
  refused "a mounted disk is refused" "umount /media/old" setup "$disk" --erase "$disk" --yes
  umount /media/old
  refused "a file is no disk" "container" setup /etc/hostname --yes
  refused "nobody is there to be asked" "with --yes" setup "$disk" --erase "$disk"
  refused "a disk without an ISEE Tutor is not adopted" "no storage of ISEE Tutor" tutorctl storage adopt "$disk"
  before=$(head_of "$disk")
  out=$(setup "$disk" --erase "$disk" --dry-run 2>&1)
  check "a dry run shows the steps" contains "cryptsetup luksFormat" "$out"
  is "... and changes nothing" "$before" "$(head_of "$disk")"
  check "... in the system neither" test ! -e /etc/cryptsetup-keys.d

  # Files in the plain folder would be hidden.
  mkdir -p /mnt/storage/databases && echo record >/mnt/storage/databases/old
  refused "files in the plain folder are not hidden" "/mnt/storage/databases/old" setup "$disk" --erase "$disk" --yes
  rm -r /mnt/storage/databases

  # A failure in the middle: there is no mkfs.ext4.
  mv /usr/sbin/mkfs.ext4 /usr/sbin/mkfs.away
  out=$(setup "$disk" --erase "$disk" --yes 2>&1)
  is "a failure in the middle fails" 1 $?
  mv /usr/sbin/mkfs.away /usr/sbin/mkfs.ext4
  check "... names the step" contains "make the file system) failed" "$out"
  check "... what is left" contains "left as it is: .*add the recovery key" "$out"
  check "... and how to go on" contains "to go on, .*tutorctl storage setup $disk" "$out"
  is "... and leaves nothing open" "" "$(find /dev/mapper -name 'iseetutor*')"
  grep -A 2 'RECOVERY KEY' <<<"$out" | tail -n 1 | tr -d ' ' >/root/paper
  chmod 0600 /root/paper
  is "the recovery key has its form" 35 "$(tr -d '\n' </root/paper | wc -c)"

  out=$(setup "$disk" --yes 2>&1)
  is "run again, it goes on" 0 $?
  check "... with the file system" contains "make the file system" "$out"
  check "... and makes no new volume" bash -c '! grep -q luksFormat <<<"$1"' _ "$out"
  if contains RECOVERY "$out" >/dev/null; then fail "... nor a new recovery key" "$out"; fi
  in_order
  is "its key is root's alone" "root:root:400 root:root:700" \
    "$(stat -c %U:%G:%a /etc/cryptsetup-keys.d/iseetutor.key) $(stat -c %U:%G:%a /etc/cryptsetup-keys.d)"
  is "the volume is LUKS2 with our label" "2 iseetutor" "$(cryptsetup luksDump "$disk" | awk '/^Version/ { v = $2 } /^Label/ { print v, $2 }')"
  check "the recovery key opens it, with plain cryptsetup too" bash -c 'tr -d "\n" </root/paper | cryptsetup open --test-passphrase "$1" --key-file -' _ "$disk"
  is "... and nothing of the old partition is left" "" "$(lsblk -n -o NAME "$disk"1 2>/dev/null)"
  is "udev knows it by its label" "$disk" "$(realpath /dev/iseetutor/locked)"
  before=$(sha256sum /etc/crypttab)
  out=$(setup "$disk" --yes 2>&1)
  check "set up, it says so" contains "set up already" "$out"
  out=$(setup "$disk" --erase "$disk" --yes 2>&1)
  check "... and is not erased while it is in use" contains "set up already" "$out"
  is "... crypttab is as it was" "$before" "$(sha256sum /etc/crypttab)"
  refused "a plain folder does not take its place" "encrypted storage" setup --plain --yes
  tutor_is_up
  check "a child is added" tutorctl learner add Maya --level lower
  echo kept >/mnt/storage/models/marker

  sound
  button
}

# monitor COMMAND...: whoever sits in front of the machine does it.
monitor() { printf 'MONITOR %s ;\n' "$*"; }
loops() { grep -q Loopback /proc/asound/cards; }

# A card that is plugged in while the machine runs.
sound() {
  modprobe snd-aloop && modprobe snd-usb-audio
  check "a loopback card is there" within 10 loops
  is "... and keeps its own name, because it is not on USB" "" "$(grep -o 'Tutor[A-Za-z]*' /proc/asound/cards)"
  systemctl stop audiod.service
  monitor device_add usb-audio,audiodev=sound,id=card,bus=usb.0
  named() { [ -e /proc/asound/TutorSpeaker ]; }
  check "a USB speaker plugged in gets its name" within 60 named
  check "... and starts audiod" within 30 active audiod.service
  check "... under which it is opened" aplay -q -D plughw:CARD=TutorSpeaker -d 1 -f cd /dev/zero
}

# A button that is plugged in, pressed and pulled out.
button() {
  local counters="busctl get-property org.iseetutor.Audio1 /org/iseetutor/Audio1 org.iseetutor.Daemon1 Counters"
  local device=/dev/input/iseetutor-button
  modprobe usbhid
  monitor device_add usb-kbd,id=button,bus=usb.0
  plugged() { [ -e "$device" ]; }
  check "a button plugged in gets its name" within 60 plugged
  is "... and its group" "root:iseetutor-button:640" "$(stat -L -c %U:%G:%a "$device")"
  found() { journalctl -b -u audiod -o cat --no-pager | grep -q 'push-to-talk button is there'; }
  check "... and audiod finds it" within 30 found
  monitor sendkey ret 300
  pressed() { $counters | grep -q '"button_presses" 1'; }
  check "a press of it is heard" within 30 pressed
  monitor device_del button
  pulled() { journalctl -b -u audiod -o cat --no-pager | grep -q 'push-to-talk button is gone'; }
  check "... and pulled out, it is let go" within 30 pulled
  check "... while audiod is the same" active audiod.service
}

after() { systemctl show -P ActiveEnterTimestampMonotonic "$1"; }
stage_again() {
  check "the boot comes to its end" within 150 settled
  is "after a reboot it is unlocked by itself" active "$(systemctl is-active systemd-cryptsetup@iseetutor.service)"
  in_order
  is "what was on it is there" kept "$(cat /mnt/storage/models/marker)"
  tutor_is_up
  check "tutord waited for it" test "$(after mnt-storage.mount)" -lt "$(after tutord.service)"
  check "the target is up" within 60 active iseetutor.target
  check "the child is known" contains Maya "$(tutorctl learner list 2>&1)"
  # The key is lost: the next boot has a wrong one.
  chmod 0600 /etc/cryptsetup-keys.d/iseetutor.key
  echo 00000-00000-00000-00000-00000-00000 >/etc/cryptsetup-keys.d/iseetutor.key
}

stage_wrong-key() {
  check "with a wrong key the boot comes to its end" within 200 settled
  is "the storage stays locked" "failed" "$(systemctl is-active systemd-cryptsetup@iseetutor.service)"
  check "... no volume is open" test ! -e /dev/mapper/iseetutor
  is "... and nothing is mounted" "" "$(mount_of SOURCE)"
  is "tutord does not run without it" inactive "$(systemctl is-active tutord.service)"
  is "nothing was written into the empty folder" "" "$(find /mnt/storage -mindepth 1)"
  is "nobody is offered a shell: no emergency" "inactive inactive" \
    "$(systemctl is-active emergency.service) $(systemctl is-active rescue.service)"
  is "... and nobody is asked for a passphrase" "" "$(find /run/systemd/ask-password -name 'ask.*' 2>/dev/null)"
  is "... no unit of ours has a shell" "" "$(systemd-cgls -u iseetutor.slice --no-pager 2>/dev/null | grep -E '\b(ba|da|)sh\b')"
  is "the machine itself is up" active "$(systemctl is-active multi-user.target)"
  refused "status says that the key is wrong" "does not open it" tutorctl storage status
  refused "... and that the recovery key helps" "tutorctl storage adopt" tutorctl storage status
  check "the journal says it" contains 'iseetutor' "$(journalctl -b -u systemd-cryptsetup@iseetutor.service -o cat --no-pager)"

  local disk out
  disk=$(realpath /dev/iseetutor/locked)
  refused "setting it up anew does not take the data" "storage adopt" setup "$disk" --yes
  refused "a recovery key with a wrong letter is refused" "wrong\|another storage" bash -c \
    'tr 0-9 1-90 </root/paper | tutorctl storage adopt "$1"' _ "$disk"
  out=$(tutorctl storage adopt "$disk" </root/paper 2>&1)
  is "the recovery key from the paper mends it" 0 $? || printf '%s\n' "$out"
  [ -e /mnt/storage/models/marker ] || fail "adopt" "$out"
  in_order
  is "what was on it is there" kept "$(cat /mnt/storage/models/marker)"
  tutor_is_up
}

# Answers, each acknowledged when it is told: that is when it is on disk.
answers() {
  local last seq id line told=yes
  last=$(sql 'SELECT coalesce(max(seq), 0) FROM events')
  # A practice that is over begins again.
  while [ -n "$told" ]; do
    told=
    coproc CHILD { exec tutorctl --json practice --learner Maya --typed --what "let's practice math" 2>&1; }
    # "Hi Maya." and the first question.
    { read -r line <&"${CHILD[0]}" && read -r line <&"${CHILD[0]}"; } || break
    while echo b >&"${CHILD[1]}" && read -r line <&"${CHILD[0]}" && [[ $line == *'"answer"'* ]]; do
      while IFS='|' read -r seq id; do
        printf 'ACK %s\n' "$id"
        last=$seq told=yes
      done < <(sql "SELECT seq, id FROM events WHERE seq > $last ORDER BY seq")
    done
    kill "$CHILD_PID" 2>/dev/null
    wait "$CHILD_PID" 2>/dev/null
  done
  printf '      %s\n' "${line:-}"
}
stage_write() {
  storage_is_up
  within 60 active tutord.service || fail "tutord is not up" "$(systemctl status --no-pager tutord)"
  is "the record is whole after the cut" ok "$(sql 'PRAGMA integrity_check' 2>&1)"
  answers
  fail "the answers ended" "$(journalctl -b -u tutord -o cat --no-pager | tail)"
}
stage_count() {
  storage_is_up
  check "tutord is up" within 60 active tutord.service
  is "the record is whole after the cuts" ok "$(sql 'PRAGMA integrity_check')"
  tr -d '\0' </dev/disk/by-id/virtio-list | sort -u >/root/acknowledged
  sql 'SELECT id FROM events' | sort >/root/events
  is "no acknowledged event is lost, of $(wc -l </root/acknowledged)" "" "$(comm -23 /root/acknowledged /root/events)"
  check "... and there were some" test -s /root/acknowledged
  check "the file system is whole" bash -c 'systemctl stop iseetutor.target iseetutor-storage.service mnt-storage.mount && e2fsck -fn /dev/mapper/iseetutor'
}

stage_full() {
  storage_is_up
  check "tutord is up" within 60 active tutord.service
  local before out round answered
  before=$(sql 'SELECT count(*) FROM events')
  head -c 2G /dev/zero >/mnt/storage/models/filler 2>/dev/null
  is "the storage is full" 0 "$(df --output=avail /mnt/storage | tail -n 1 | tr -d ' ')"
  sync
  # Enough events to need more than what is left in the blocks of the record.
  out=
  for ((round = 0; round < 4; round++)); do
    out+=$(printf 'b\nb\nb\nb\n' | timeout 100 tutorctl --json practice --learner Maya --typed --what "let's practice math" 2>&1)$'\n'
  done
  answered=$(grep -c '"answer"' <<<"$out")
  if ((answered == 24)); then pass "the lesson goes on"; else fail "the lesson goes on: $answered answers of 24" "$out"; fi
  said() { tutorctl status --json 2>&1 | grep -qiE 'full|space'; }
  check "... and it is said that the disk is full" within 30 said
  said || printf '      %s\n' "$(tutorctl status 2>&1)"
  check "tutord is the same" active tutord.service
  rm /mnt/storage/models/filler
  more() { [ "$(sql 'SELECT count(*) FROM events')" -ge $((before + 20)) ]; }
  check "with room again everything is on record" within 60 more
  is "... and the record is whole" ok "$(sql 'PRAGMA integrity_check')"
}

# The disk is gone, and a file takes its place.
stage_container() {
  check "without its disk the boot comes to its end" within 200 settled
  refused "status says that the disk is not there" "is not there" tutorctl storage status
  refused "another storage does not take its place by itself" "--replace" setup --container 300M --yes
  refused "a size that does not fit is refused" "free" setup --container 900G --replace --yes
  refused "a path with a space is refused" "spaces" setup --container 300M --file "/srv/a b" --replace --yes
  local out key groups
  # As a parent does it, at a terminal, with the paper.
  coproc PARENT { exec script -qfec "tutorctl storage setup --container 300M --replace" /dev/null 2>&1; }
  wait_for() {
    local line
    while IFS= read -r -t 120 line <&"${PARENT[0]}"; do
      out+=$line$'\n'
      ! [[ $line =~ ([0-9A-Z]{5}-){5}[0-9A-Z]{5} ]] || key=${BASH_REMATCH[0]}
      [[ $line != *$1* ]] || return 0
    done
    return 1
  }
  wait_for "Type /var/lib/iseetutor/storage.luks" && echo /var/lib/iseetutor/storage.luks >&"${PARENT[1]}"
  wait_for "Type group 2"
  IFS=- read -ra groups <<<"${key:-}"
  echo WRONG >&"${PARENT[1]}"
  wait_for "Type group 2" && echo "${groups[1],,}" >&"${PARENT[1]}"
  wait_for "Type group 5" && echo "${groups[4]}" >&"${PARENT[1]}"
  if wait_for "the storage is ready"; then pass "a parent sets up a file at a terminal"; else fail "a parent sets up a file at a terminal" "$out"; fi
  in_order
  is "... which is root's alone" root:root:600 "$(stat -c %U:%G:%a /var/lib/iseetutor/storage.luks)"
  check "the key of the disk is kept" ls /etc/cryptsetup-keys.d/iseetutor.key.before-*
  tutor_is_up
  echo file >/mnt/storage/models/marker
}
stage_container-again() {
  check "the boot comes to its end" within 200 settled
  in_order
  is "after a reboot the file is unlocked by itself" file "$(cat /mnt/storage/models/marker)"
  tutor_is_up
  is "set up, it says so" 1 "$(setup --container 300M --yes 2>&1 | grep -c 'set up already')"
}

# The models at work, and a loopback card: what is played into it, audiod hears, and what audiod says, is recorded from it.
stage_talk() {
  local daemon out
  local audio="busctl get-property org.iseetutor.Audio1 /org/iseetutor/Audio1 org.iseetutor.Audio1"
  if ! command -v tutorctl >/dev/null; then
    check "the package installs" dpkg -i /usr/share/iseetutor-test/*.deb
    is "... for $(dpkg --print-architecture)" "ii $(dpkg --print-architecture)" "$(dpkg-query -W -f '${db:Status-Abbrev}${Architecture}' iseetutor)"
  fi
  for daemon in audiod sttd llmd ttsd tutord; do
    # A mask of before.
    rm -f "/etc/systemd/system/$daemon.service"
    mkdir -p "/etc/systemd/system/$daemon.service.d"
    # Emulation takes its time.
    printf '[Service]\nTimeoutStartSec=15min\nWatchdogSec=10min\n' >"/etc/systemd/system/$daemon.service.d/90-emulated.conf"
    [ ! -e "/usr/share/iseetutor/models-starter/$daemon.toml" ] ||
      install -m 0644 "/usr/share/iseetutor/models-starter/$daemon.toml" "/etc/iseetutor/$daemon.d/30-models.toml"
  done
  cat >/etc/iseetutor/audiod.d/90-test.toml <<'END'
reply_timeout_s = 600
[alsa]
capture = "plughw:CARD=Loopback,DEV=1,SUBDEV=0"
playback = "plughw:CARD=Loopback,DEV=0,SUBDEV=1"
END
  modprobe snd-aloop
  check "a loopback card is there" within 20 loops
  ! tutorctl storage status 2>&1 | grep -q 'no storage is set up' || setup --plain --yes >/dev/null 2>&1
  systemctl daemon-reload
  systemctl start iseetutor-storage.service
  mkdir -p /mnt/storage/models/starter
  mount -o ro LABEL=isee-models /mnt/storage/models/starter
  systemctl enable -q iseetutor.target
  systemctl restart --no-block iseetutor.target
  for daemon in llmd ttsd sttd tutord audiod; do
    check "$daemon is up" within 600 active "$daemon.service"
  done
  check "the target is up" within 60 active iseetutor.target
  is "nothing has failed" "" "$(systemctl list-units --failed --plain --no-legend)"
  check "a question is answered" contains 7/8 "$(timeout 120 tutorctl ask 'What is 3/4 plus 1/8?' 2>&1)"

  arecord -q -D plughw:CARD=Loopback,DEV=1,SUBDEV=1 -f S16_LE -r 22050 /root/answer.wav &
  aplay -q -D plughw:CARD=Loopback,DEV=0,SUBDEV=0 /usr/share/iseetutor-test/question.wav
  answered() { $audio LastTurn | grep -q speech_end_to_first_audio_ms; }
  quiet() { [ "$($audio Speaking)" = "b false" ]; }
  check "a question played into the card is answered" within 300 answered
  check "... to its end" within 120 quiet
  printf '      %s\n' "$($audio LastTurn)"
  kill %1 && wait %1
  out=$(timeout 300 tutorctl transcribe /root/answer.wav 2>&1)
  check "... and the answer comes out of the card" contains '84\|eighty' "$out"
}

"stage_${stage%-[0-9]*}"
finish
