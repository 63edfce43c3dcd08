#!/usr/bin/env bash
# Checks what the system service is made of, without starting any of it: tests/units.sh
# What this machine has no tool for is said as SKIP, with the reason.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
export PATH="$PATH:/usr/sbin:/sbin"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
passed=0 failed=0 skipped=0

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
skip() {
  skipped=$((skipped + 1))
  printf 'SKIP  %s: %s\n' "$1" "$2"
}
# check NAME COMMAND...: passes when the command does; else its output is shown.
check() {
  local name=$1 out
  shift
  if out=$("$@" 2>&1); then pass "$name"; else fail "$name" "$out"; fi
}

# --- systemd --------------------------------------------------------------------------------------------------------

# Directives that systemd 249 does not know, with their file.
unknown_to_249() {
  local file section line unknown=''
  for file in "$@"; do
    section=
    while IFS= read -r line; do
      case $line in
        \[*\]) section=${line//[\[\]]/} ;;
        '' | '#'* | ';'*) ;;
        [A-Z]*=*)
          grep -qxF "$section.${line%%=*}" tests/units/directives-249.txt || unknown+="${file##*/}: $section.${line%%=*}"$'\n'
          ;;
      esac
    done < <(sed ':join; /\\$/ { N; s/\\\n/ /; b join }' "$file")
  done
  [ -z "$unknown" ] || {
    printf '%s' "$unknown"
    return 1
  }
}

# Peers are told apart by their user, which is lost in a user namespace of one's own.
credentials_can_be_read() {
  local service
  for service in units/*.service; do
    [ ! -e "${service%.service}.socket" ] || ! grep -q '^PrivateUsers=yes' "$service" || {
      echo "$service listens and has PrivateUsers="
      return 1
    }
  done
}

# The daemons take their sockets by name, and look for their peers' at these paths.
sockets_are_the_daemons_own() {
  local daemon file socket line
  while read -r daemon file; do
    socket=units/$daemon.socket
    for line in "ListenStream=/run/iseetutor/$file" "FileDescriptorName=$file" "SocketMode=0660" \
      "SocketGroup=iseetutor-${file%.sock}"; do
      grep -qxF "$line" "$socket" || {
        echo "$socket does not say $line"
        return 1
      }
    done
    grep -q "^| \`$file\` | $daemon |" docs/wire.md || {
      echo "docs/wire.md does not say that $daemon listens on $file"
      return 1
    }
  done <<'LIST'
audiod play.sock
sttd stt.sock
llmd llm.sock
ttsd tts.sock
tutord turn.sock
LIST
}

# The exposure that `systemd-analyze security` finds in each daemon's unit, against its limit.
exposure() {
  local unit=$1 limit=$2 said
  said=$(systemd-analyze security --offline=true --no-pager "units/$unit" 2>&1 |
    sed -n 's/.*exposure level for [^:]*: *\([0-9.]*\).*/\1/p')
  printf '%s' "${said:-?}"
  awk -v said="${said:-99}" -v limit="$limit" 'BEGIN { exit !(said <= limit) }'
}

verify_units() {
  local out
  # What is started is not installed here; something that can be started takes its place.
  mkdir -p "$tmp/verify"
  for unit in units/*.{service,socket,target,mount,slice}; do
    sed -E 's#^(Exec[A-Za-z]+=)[^ ]+#\1/bin/true#' "$unit" >"$tmp/verify/${unit##*/}"
  done
  # It exits with 0 after warnings, such as for a key that it does not know.
  out=$(SYSTEMD_UNIT_PATH="$tmp/verify:" systemd-analyze verify --man=no "$tmp"/verify/* 2>&1) || {
    printf '%s\n' "$out"
    return 1
  }
  ! grep -F "$tmp/verify" <<<"$out"
}

expect_unknown_directive() {
  printf '[Service]\nExecStart=/bin/true\nRestrictFileSystems=ext4\n' >"$tmp/new.service"
  ! unknown_to_249 "$tmp/new.service" >/dev/null
}

check "every directive is one that systemd 249 knows" unknown_to_249 units/*.{service,socket,target,mount,slice} units/cuda/*.conf
check "... and one of systemd 250 is noticed" expect_unknown_directive
check "who checks credentials has no user namespace" credentials_can_be_read
check "sockets have the name, group and mode of docs/wire.md" sockets_are_the_daemons_own
if command -v systemd-analyze >/dev/null; then
  check "systemd-analyze verify" verify_units
  version=$(systemctl --version | sed -n '1s/[^0-9]*\([0-9]*\).*/\1/p')
  if ((version >= 250)); then
    while read -r unit limit; do
      if level=$(exposure "$unit" "$limit"); then
        pass "exposure of $unit is $level, at most $limit"
      else
        fail "exposure of $unit is $level, and may be $limit"
      fi
    done <<'LIST'
audiod.service 1.0
sttd.service 0.9
llmd.service 0.9
ttsd.service 0.9
tutord.service 1.3
syncd.service 1.3
iseetutor-storage.service 2.0
iseetutor-firewall.service 2.5
LIST
  else
    skip "exposure of the units" "systemd-analyze of systemd $version has no --offline; 250 or newer has"
  fi
else
  skip "systemd-analyze verify, exposure of the units" "there is no systemd-analyze here"
fi

# --- users and folders ----------------------------------------------------------------------------------------------

make_users() {
  mkdir -p "$tmp/root/etc" "$tmp/root/run"
  printf 'root:x:0:0:root:/root:/bin/sh\n' >"$tmp/root/etc/passwd"
  printf 'root:x:0:\naudio:x:29:\n' >"$tmp/root/etc/group"
  local out
  out=$(systemd-sysusers --root="$tmp/root" - <units/sysusers.d/iseetutor.conf 2>&1) || {
    printf '%s\n' "$out"
    return 1
  }
  ! grep -i 'valid\|ignor\|unknown\|fail' <<<"$out"
}

# The table in docs/wire.md: socket, who listens, who connects.
edges() {
  # shellcheck disable=SC2016 # they are backticks of Markdown
  sed -nE 's/^\| `([a-z]+\.sock)` \| ([a-z]+) \| ([a-z]+) \|.*/\1 \2 \3/p' docs/wire.md
}

# Who may connect to a socket: its group's members, which are docs/wire.md's "connects" column and nobody else.
socket_groups() {
  local file peer have
  while read -r file _ peer; do
    have=$(sed -n "s/^iseetutor-${file%.sock}:[^:]*:[^:]*://p" "$tmp/root/etc/group")
    [ "$have" = "iseetutor-$peer" ] || {
      echo "$file may be connected to by '$have', and $peer connects"
      return 1
    }
  done < <(edges)
}

# ... and the daemons let in the same.
socket_users() {
  local file listens peer
  while read -r file listens peer; do
    grep -qxF "allow_users = [\"iseetutor-$peer\"]" "config/system/$listens.toml" || {
      echo "config/system/$listens.toml does not allow $peer on $file"
      return 1
    }
  done < <(edges)
}

make_folders() {
  local out
  out=$(systemd-tmpfiles --create --dry-run "$1" 2>&1) || true
  grep -q 'unrecognized option' <<<"$out" || return 0
  # Without --dry-run (systemd 256) it is run for another root.
  out=$(systemd-tmpfiles --root="$tmp/root" --create "$root/$1" 2>&1) || {
    printf '%s\n' "$out"
    return 1
  }
  [ -z "$out" ] || {
    printf '%s\n' "$out"
    return 1
  }
}

owner_is() { [ "$(stat -c %u:%a "$tmp/root/$1")" = "$(sed -n "s/^$2:[^:]*:\([0-9]*\):.*/\1/p" "$tmp/root/etc/passwd"):$3" ]; }

if command -v systemd-sysusers >/dev/null; then
  check "systemd-sysusers makes the users and groups" make_users
  check "the group of a socket is who connects to it" socket_groups
  check "the daemons let the same users in" socket_users
  if [ "$(id -u)" -eq 0 ] && command -v systemd-tmpfiles >/dev/null; then
    check "systemd-tmpfiles makes the runtime folder" make_folders units/tmpfiles.d/iseetutor.conf
    check "systemd-tmpfiles makes the storage's folders" make_folders units/storage.conf
    check "the learning record's folder is tutord's alone" owner_is mnt/storage/databases iseetutor-tutord 700
    check "the voice's folder is ttsd's alone" owner_is mnt/storage/content/audio_cache iseetutor-ttsd 700
  else
    skip "systemd-tmpfiles" "making folders for other users takes root"
  fi
else
  skip "users, groups and folders" "there is no systemd-sysusers here"
fi

# --- firewall and udev ----------------------------------------------------------------------------------------------

# The users are not on this machine; numbers stand for them.
numbered_rules() {
  local script=() number=64001 user
  for user in audiod sttd llmd ttsd tutord syncd; do
    script+=(-e "s/iseetutor-$user/$((number++))/g")
  done
  sed "${script[@]}" units/nftables/iseetutor.nft
}

if ! command -v nft >/dev/null; then
  skip "nft -c" "there is no nft here; it is in the package nftables"
elif ! nft list tables >/dev/null 2>&1; then
  skip "nft -c" "it needs the right to look at this machine's rules (root, CAP_NET_ADMIN)"
else
  numbered_rules >"$tmp/rules.nft"
  check "nft -c -f" nft -c -f "$tmp/rules.nft"
fi

# udevadm verify came with systemd 254.
if command -v udevadm >/dev/null && udevadm verify --help >/dev/null 2>&1; then
  check "udevadm verify" udevadm verify udev/*.rules
else
  skip "udevadm verify" "it takes udevadm of systemd 254 or newer"
fi

# Each line is keys with operators and values, and every GOTO has its LABEL.
udev_syntax() {
  local bad
  bad=$(sed ':join; /\\$/ { N; s/\\\n */ /; b join }' "$1" |
    grep -vE '^(#.*)?$' |
    grep -vE '^[A-Z]+(\{[^}]+\})? *(==|!=|\+=|-=|:=|=) *"[^"]*"(, *[A-Z]+(\{[^}]+\})? *(==|!=|\+=|-=|:=|=) *"[^"]*")*$') && {
    printf 'not a rule: %s\n' "$bad"
    return 1
  }
  diff <(grep -o 'GOTO="[^"]*"' "$1" | cut -d'"' -f2 | sort -u) <(grep -o 'LABEL="[^"]*"' "$1" | cut -d'"' -f2 | sort -u)
}
check "udev rules are rules, and every GOTO has its LABEL" udev_syntax udev/85-iseetutor.rules

# --- D-Bus ----------------------------------------------------------------------------------------------------------
# What the policy permits is tried on a real bus by the test `policy` of common/bus.

activation() {
  local service=units/dbus/org.iseetutor.Sync1.service unit
  unit=$(sed -n 's/^SystemdService=//p' "$service")
  grep -qx 'Name=org.iseetutor.Sync1' "$service" && grep -qx 'BusName=org.iseetutor.Sync1' "units/$unit" &&
    grep -qx "User=$(sed -n 's/^User=//p' "$service")" "units/$unit"
}
check "the bus starts the unit that has the name and the user" activation

printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
((failed == 0))
