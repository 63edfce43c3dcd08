#!/usr/bin/env bash
# The test of the installer, run by systemd inside of the container that run.sh makes: once before a restart, and once after it.
# Ends the container, with the number of what failed.
# shellcheck disable=SC2317 # commands are handed over to check and within
set -uo pipefail

cd "${SOURCE:?}" || exit 1
record=/var/lib/iseetutor-test
mkdir -p "$record"
passed=$(cat "$record/passed" 2>/dev/null || echo 0) failed=$(cat "$record/failed" 2>/dev/null || echo 0)

pass() {
  passed=$((passed + 1))
  printf 'ok    %s\n' "$1"
}
fail() {
  failed=$((failed + 1))
  printf 'FAIL  %s\n' "$1"
  shift
  (($# == 0)) || printf '%s\n' "$@" | tail -n 40 | sed 's/^/      /'
}
# check NAME COMMAND...
check() {
  local what=$1 out
  shift
  if out=$("$@" 2>&1); then pass "$what"; else fail "$what" "$out"; fi
}
# is WHAT WANTED HAVE
is() { if [ "$2" = "$3" ]; then pass "$1"; else fail "$1" "wanted: $2" "have:   $3"; fi; }
# says WHAT TEXT IN
says() { if grep -q -- "$2" <<<"$3"; then pass "$1"; else fail "$1: it does not say \"$2\"" "$3"; fi; }
within() {
  local end=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < end)) || return 1
    sleep 0.2
  done
}
# What there is outside of what runs, of the build and of this test.
files() {
  find / -xdev \( -path /proc -o -path /sys -o -path /run -o -path /tmp -o -path /var/tmp -o -path /var/log -o -path /var/cache \
    -o -path /var/lib/apt -o -path /var/lib/dpkg -o -path "$record" -o -path "$HOME" -o -path "$SOURCE" -o -path /out.txt \) -prune \
    -o -print | sort
}
answers() { tutorctl ask 'What is 3/4 plus 1/8?' 2>&1 | grep -q 7/8; }
finish() {
  printf '%d passed, %d failed\n' "$passed" "$failed"
  systemctl exit "$((failed > 100 ? 100 : failed))"
  exit
}

if [ ! -e "$record/installed" ]; then
  files >"$record/before"
  out=$(./install.sh --storage folder </dev/null 2>&1)
  is "with nobody there to be asked, nothing is done" 1 $?
  says "... and it is said how to go on" 'with --yes' "$out"
  is "... nothing" "" "$(files | comm -13 "$record/before" -)"

  began=$SECONDS
  out=$(./install.sh --yes --storage folder --models starter </dev/null 2>&1)
  status=$?
  is "the installer succeeds" 0 "$status"
  ((status == 0)) || {
    fail "what it said" "$out"
    finish
  }
  printf '      in %d s, with all built\n' "$((SECONDS - began))"
  says "it tells first what it will do" 'this will be done to' "$out"
  says "... that the folder is not encrypted" 'NOT encrypted' "$out"
  says "... and how a child is added" 'tutorctl learner add' "$out"
  says "the doctor is asked" 'is all well' "$out"
  check "a question is answered" within 60 answers
  check "a child is added" tutorctl learner add Maya --level lower
  printf 'volume = 61\n' >/etc/iseetutor/audiod.d/70-mine.toml

  out=$(./install.sh --yes --models starter </dev/null 2>&1)
  is "it can be run again" 0 $?
  says "... and says that the storage stays" 'stays as it is' "$out"
  check "... a question is answered" within 60 answers
  says "... the child is still there" Maya "$(tutorctl learner list 2>&1)"
  is "... and a setting of one's own" 'volume = 61' "$(cat /etc/iseetutor/audiod.d/70-mine.toml)"
  touch "$record/installed"
  echo "$passed" >"$record/passed"
  echo "$failed" >"$record/failed"
  # Back after the restart.
  systemctl reboot
  exit
fi

up() { systemctl is-active -q iseetutor.target; }
check "after a restart the target is up" within 120 up
check "... and a question is answered" within 60 answers
for daemon in audiod sttd llmd ttsd tutord; do check "... by $daemon too" systemctl is-active -q "$daemon.service"; done

out=$(./install.sh --uninstall --yes </dev/null 2>&1)
is "the way back succeeds" 0 $? || printf '%s\n' "$out"
says "... and says where the data is" '/mnt/storage' "$out"
is "nothing of it runs" "" "$(pgrep -l 'audiod|sttd|llmd|ttsd|tutord|syncd')"
is "no unit of it is left" "" "$(systemctl list-unit-files --no-legend 'iseetutor*' audiod.* sttd.* llmd.* ttsd.* tutord* syncd.* | grep -v masked)"
is "no rule of the firewall is left" "" "$(nft list tables 2>/dev/null | grep iseetutor)"
left=$(files | comm -13 "$record/before" - | grep -v '^/mnt/storage')
is "no file is left but the data" "" "$left"
check "... and the record is there" test -s /mnt/storage/databases/iseetutor.db
finish
