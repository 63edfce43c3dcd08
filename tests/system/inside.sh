#!/usr/bin/env bash
# The system tier's test, run by systemd inside of the container that run.sh makes: inside.sh KILLS
# Ends the container, with the number of what failed.
set -uo pipefail

kills=${1:-2}
daemons=(audiod sttd llmd ttsd tutord)
probe=/usr/lib/iseetutor/probe
passed=0 failed=0
declare -A name=([audiod]=Audio1 [sttd]=Stt1 [llmd]=Llm1 [ttsd]=Tts1 [tutord]=Tutor1 [syncd]=Sync1)

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
# check NAME COMMAND...
check() {
  local what=$1 out
  shift
  if out=$("$@" 2>&1); then pass "$what"; else fail "$what" "$out"; fi
}
# is WHAT WANTED HAVE
is() { if [ "$2" = "$3" ]; then pass "$1"; else fail "$1" "wanted: $2" "have:   $3"; fi; }
# within SECONDS COMMAND...: whether the command comes true in time.
within() {
  local end=$(($(date +%s%N) + $1 * 1000000000))
  shift
  until "$@" >/dev/null 2>&1; do
    (($(date +%s%N) < end)) || return 1
    sleep 0.05
  done
}
property() { busctl get-property "org.iseetutor.${name[$1]}" "/org/iseetutor/${name[$1]}" "$2" "$3" 2>&1; }
state() { property "$1" org.iseetutor.Daemon1 State; }
up() { systemctl is-active -q "$1.service" && [[ $(state "$1") == 's "ready"' || $(state "$1") == 's "degraded"' ]]; }
is_ready() { [ "$(state "$1")" = 's "ready"' ]; }
as() { setpriv --reuid "$1" --regid "$2" --groups "$3" "${@:4}"; }

finish() {
  printf '%d passed, %d failed\n' "$passed" "$failed"
  systemctl exit "$((failed > 100 ? 100 : failed))"
  exit
}
trap finish EXIT

# --- it comes up ----------------------------------------------------------------------------------------------------

for daemon in "${daemons[@]}"; do
  check "$daemon is up after the boot" within 60 up "$daemon"
  is "... as its own user" "iseetutor-$daemon" "$(stat -c %U "/proc/$(systemctl show -P MainPID "$daemon.service")")"
  check "... with a configuration that is right" as "iseetutor-$daemon" nogroup nogroup "/usr/lib/iseetutor/$daemon" --check
  check "... and on the bus" busctl tree "org.iseetutor.${name[$daemon]}"
done
is "the target is up" active "$(systemctl is-active iseetutor.target)"
is "nothing has failed" "" "$(systemctl list-units --failed --plain --no-legend)"
is "the folder of the sockets is root's" "root:root:755" "$(stat -c %U:%G:%a /run/iseetutor)"
for socket in stt turn llm tts play; do
  is "the mode of $socket.sock" "root:iseetutor-$socket:660" "$(stat -c %U:%G:%a "/run/iseetutor/$socket.sock")"
done
is "syncd does not run" inactive "$(systemctl is-active syncd.service)"
is "... is started by a question, and everything is off" "b false" "$(property syncd org.iseetutor.Sync1 Enabled)"
gone() { [ "$(systemctl is-active syncd.service)" = inactive ]; }
check "... and ends by itself" within 20 gone
is "... with success" success "$(systemctl show -P Result syncd.service)"

# Reading the rules says what is wrong with them; there is no device to apply them to here.
is "udev takes the rules" "" "$(udevadm test --action=change /sys/class/mem/null 2>&1 | grep '85-iseetutor.rules:')"

# --- a wrong setting ------------------------------------------------------------------------------------------------

printf 'sing = true\n' >/etc/iseetutor/sttd.d/90-test.toml
systemctl restart sttd.service 2>/dev/null
is "a wrong setting is named in the journal" 1 "$(journalctl -u sttd.service -o cat --no-pager | grep -c -m 1 'sing.*90-test.toml\|90-test.toml.*sing')"
has_failed() { systemctl is-failed -q sttd.service && ! systemctl is-active -q sttd.socket; }
check "... and the daemon is not started for ever" within 60 has_failed
rm /etc/iseetutor/sttd.d/90-test.toml
# As docs/operations.md says.
systemctl reset-failed sttd.service sttd.socket
systemctl start iseetutor.target
check "... and is back with the target once it is right" within 20 up sttd

# --- a conversation -------------------------------------------------------------------------------------------------

mkdir -p /run/systemd/system
cat >/etc/iseetutor/audiod.d/90-test.toml <<'END'
backend = "wav"
[wav]
microphone = "/usr/share/iseetutor-test/conversation.wav"
speaker = "/tmp/speaker.wav"
END
systemctl restart audiod.service
answered() { [[ $(property audiod org.iseetutor.Audio1 LastTurn) == *speech_end_to_first_audio_ms* ]]; }
events() { property tutord org.iseetutor.Tutor1 Events | cut -d' ' -f2; }
check "a spoken question is answered" within 60 answered
check "... and on record" test "$(events)" -gt 0
printf '      %s\n' "$(property audiod org.iseetutor.Audio1 LastTurn)"
for daemon in "${daemons[@]}"; do check "$daemon is ready" within 20 is_ready "$daemon"; done

is "the bus policy lets the daemons say all they want to" "" "$(journalctl -b -o cat --no-pager | grep 'Rejected .*iseetutor')"

# --- by hand --------------------------------------------------------------------------------------------------------

contains() { grep -q "$1" <<<"$2"; }
cd /tmp || exit
check "root asks with tutorctl" contains '7/8' "$(tutorctl ask 'What is 3/4 plus 1/8?' 2>&1)"
check "... and so does who is in the group" contains '7/8' "$(as daemon daemon iseetutor tutorctl ask 'What is 3/4 plus 1/8?' 2>&1)"
check "... and nobody else" contains 'denied\|Denied\|not allowed\|Rejected' "$(as daemon daemon daemon busctl call \
  org.iseetutor.Tutor1 /org/iseetutor/Tutor1 org.iseetutor.Tutor1 Ask s hello 2>&1)"
tutorctl content add /usr/share/iseetutor/books --words-only >/dev/null
check "a book that root adds is answered from" contains 'says on page 2' "$(tutorctl ask 'Why are leaves green?' 2>&1)"
# Files cross the bus as descriptors, from where the daemons could not open them.
check "the voice speaks into a file of root's" tutorctl say 'The answer is twelve.' --out /root/said.wav
check "... and it is understood" contains 'twelve\|12' "$(tutorctl transcribe /root/said.wav 2>&1)"

# --- the parents' page ----------------------------------------------------------------------------------------------

listening() { ss -Hltn "sport = :$1" | grep -q .; }
check "the page is listened for on 443" listening 443
check "... and has a code for the first visit" contains '[0-9]\{4\}' "$(tutorctl parent code 2>&1)"
is "... answered by tutord alone" "tutord.service" "$(systemctl show -P Triggers tutord-web.socket)"

# --- kills ----------------------------------------------------------------------------------------------------------

for daemon in "${daemons[@]}"; do
  for ((kill = 1; kill <= kills; kill++)); do
    # At no particular moment of the conversation.
    sleep "0.$((RANDOM % 900 + 100))"
    before=$(systemctl show -P MainPID "$daemon.service")
    recorded=$(events)
    started=$(date +%s%N)
    systemctl kill -s KILL "$daemon.service"
    another() { up "$daemon" && [ "$(systemctl show -P MainPID "$daemon.service")" != "$before" ]; }
    if within 5 another; then
      pass "$daemon is back $((($(date +%s%N) - started) / 1000000)) ms after it was killed"
    else
      fail "$daemon is not back 5 s after it was killed" "$(systemctl status --no-pager "$daemon.service")"
      within 30 another
    fi
    check "... and no event is lost" test "$(events)" -ge "$recorded"
  done
done
# A recording that is over begins again with audiod.
systemctl restart audiod.service
check "the conversation goes on" within 60 answered

# --- watchdog -------------------------------------------------------------------------------------------------------

for daemon in "${daemons[@]}"; do
  mkdir -p "/run/systemd/system/$daemon.service.d"
  printf '[Service]\nWatchdogSec=3\nTimeoutStopSec=2\n' >"/run/systemd/system/$daemon.service.d/test.conf"
done
systemctl daemon-reload
for daemon in "${daemons[@]}"; do
  systemctl restart "$daemon.service"
  within 20 up "$daemon"
  before=$(systemctl show -P MainPID "$daemon.service")
  kill -STOP "$before"
  other() { [ "$(systemctl show -P MainPID "$daemon.service")" != "$before" ] && up "$daemon"; }
  check "$daemon is restarted when it hangs" within 20 other
done

# --- strangers ------------------------------------------------------------------------------------------------------

declare -A connects=([stt]=audiod [turn]=sttd [llm]=tutord [tts]=tutord [play]=ttsd)
for socket in stt turn llm tts play; do
  path=/run/iseetutor/$socket.sock
  is "a stranger cannot open $socket.sock" refused "$(as nobody nogroup nogroup "$probe" knock "$path")"
  is "... nor, by the daemon's own check, with its group" closed "$(as nobody nogroup "iseetutor-$socket" "$probe" knock "$path")"
  for daemon in "${daemons[@]}" syncd; do
    [ "$daemon" != "${connects[$socket]}" ] || continue
    is "... nor $daemon" refused "$(as "iseetutor-$daemon" "iseetutor-$daemon" "$(id -G "iseetutor-$daemon" | tr ' ' ,)" "$probe" knock "$path")"
  done
  peer=iseetutor-${connects[$socket]}
  is "... but ${connects[$socket]}" open "$(as "$peer" "$peer" "$(id -G "$peer" | tr ' ' ,)" "$probe" knock "$path")"
done
for daemon in "${daemons[@]}" syncd; do
  target=(busctl call "org.iseetutor.${name[$daemon]}" "/org/iseetutor/${name[$daemon]}")
  for method in "org.freedesktop.DBus.Properties GetAll s org.iseetutor.Daemon1" "org.freedesktop.DBus.Introspectable Introspect"; do
    read -ra words <<<"$method"
    out=$(as nobody nogroup nogroup "${target[@]}" "${words[@]}" 2>&1)
    if [[ $out == *[Aa]ccess\ denied* || $out == *AccessDenied* || $out == *Rejected* ]]; then
      pass "a stranger cannot call ${words[1]} of $daemon"
    else
      fail "a stranger cannot call ${words[1]} of $daemon" "$out"
    fi
  done
done

# --- from the inside of each unit -----------------------------------------------------------------------------------

mkdir -p /home/child
for letter in /home/child /root /srv /var/lib /var/log /mnt /mnt/storage /mnt/storage/{content/pdfs,models}; do
  echo secret >"$letter/letter"
  chmod 0644 "$letter/letter"
done
chmod 0755 /home/child /root
# Modes are taken away from what the owners' modes protect, so that it is the units that are tried.
for place in databases user_data/profiles content/audio_cache; do
  echo secret >"/mnt/storage/$place/letter"
  chmod 0644 "/mnt/storage/$place/letter"
  chmod o+rx "/mnt/storage/$place"
done
mknod -m 0666 /dev/rawdisk b 7 0 2>/dev/null || echo "SKIP  a raw disk open to everybody: mknod is not possible here"
for daemon in "${daemons[@]}" syncd; do
  # The very unit, but for what is started in it.
  sed -E -e "s#^ExecStart=.*#ExecStart=$probe inside $daemon#" -e 's/^Type=.*/Type=oneshot/' \
    -e '/^(Restart|WatchdogSec|NotifyAccess|BusName|PartOf|Requires=.*socket|After=.*socket)/d' \
    "/usr/lib/systemd/system/$daemon.service" >"/run/systemd/system/probe-$daemon.service"
  systemctl daemon-reload
  if systemctl start "probe-$daemon.service" 2>/dev/null; then
    count=$(journalctl -u "probe-$daemon.service" -o cat --no-pager | grep -c '^right')
    pass "inside of $daemon.service: $count tries, all as they should be"
  else
    fail "inside of $daemon.service" "$(journalctl -u "probe-$daemon.service" -o cat --no-pager | grep -v '^right')"
  fi
done

# --- stop and start -------------------------------------------------------------------------------------------------

systemctl stop iseetutor.target
stopped() { [ "$(systemctl is-active "$1")" = inactive ]; }
for daemon in "${daemons[@]}"; do
  within 10 stopped "$daemon.socket"
  is "$daemon stops with the target" "inactive success" "$(systemctl is-active "$daemon.service") $(systemctl show -P Result "$daemon.service")"
done
is "... and so do the sockets" "" "$(find /run/iseetutor -name '*.sock')"
systemctl start iseetutor.target
for daemon in "${daemons[@]}"; do check "$daemon starts with the target" within 30 up "$daemon"; done
check "nothing recorded is lost" test "$(events)" -gt 0

# --- firewall -------------------------------------------------------------------------------------------------------

# A house with this machine and a tablet, and the street.
firewall() {
  ip netns add house && ip netns add street || return
  local net
  for net in "house 192.168.77" "street 203.0.113"; do
    read -r zone prefix <<<"$net"
    ip link add "$zone" type veth peer name eth0 netns "$zone" || return
    ip addr add "$prefix.1/24" dev "$zone"
    ip link set "$zone" up
    ip -n "$zone" addr add "$prefix.2/24" dev eth0
    ip -n "$zone" link set eth0 up
    ip -n "$zone" link set lo up
  done
  # The page's socket as it is meant to be: systemd listens, and tutord, without a network, gets the connections.
  printf '[Socket]\nListenStream=443\n' >/run/systemd/system/page.socket
  sed -E -e "s#^ExecStart=.*#ExecStart=$probe passed#" -e 's/^Type=.*/Type=exec/' \
    -e '/^(Restart|WatchdogSec|NotifyAccess|PartOf|Requires=.*socket|After=.*socket)/d' \
    /usr/lib/systemd/system/tutord.service >/run/systemd/system/page.service
  systemctl daemon-reload
  # They have the port.
  systemctl stop tutord.socket tutord-web.socket tutord.service
  systemctl start page.socket
}
from() { ip netns exec "$1" "$probe" call "$2"; }
reached() { [ "$1" = here ]; }
if ! out=$(firewall 2>&1); then
  printf 'SKIP  firewall: this machine gives the container no networks to try it with (%s)\n' "$out"
else
  is "the firewall is on" active "$(systemctl is-active iseetutor-firewall.service)"
  is "the page is reached from the house" here "$(from house 192.168.77.1:443)"
  check "... and not from the street" bash -c "! ip netns exec street $probe call 203.0.113.1:443"
  for zone in house street; do
    ip netns exec "$zone" "$probe" answer 0.0.0.0:443 >/dev/null &
  done
  for user in root iseetutor-syncd; do
    check "$user may ask the internet" within 5 as "$user" "$user" "$user" "$probe" call 203.0.113.2:443
  done
  is "syncd may not ask the house" "" "$(as iseetutor-syncd iseetutor-syncd iseetutor-syncd "$probe" call 192.168.77.2:443 | grep here)"
  for daemon in "${daemons[@]}"; do
    for address in 203.0.113.2:443 192.168.77.2:443; do
      is "$daemon may not ask $address, were it to leave its unit" "" \
        "$(as "iseetutor-$daemon" "iseetutor-$daemon" "iseetutor-$daemon" "$probe" call "$address" | grep here)"
    done
    setpriv --reuid "iseetutor-$daemon" --regid nogroup --clear-groups "$probe" answer 0.0.0.0:8443 >/dev/null &
    server=$!
    listens() { ss -Hltn sport = :8443 | grep -q .; }
    within 5 listens
    is "$daemon may not answer the house on another port" "" "$(from house 192.168.77.1:8443 | grep here)"
    kill "$server"
    wait "$server" 2>/dev/null
  done
  systemctl stop iseetutor-firewall.service
  check "without the firewall the street reaches the page, so that it was the firewall" reached "$(from street 203.0.113.1:443)"
  systemctl start iseetutor-firewall.service
  systemctl reload iseetutor-firewall.service
  is "loaded twice it is there once" 1 "$(nft list tables | grep -c 'inet iseetutor')"
fi

# --- another version, and the way back ------------------------------------------------------------------------------

# Started anew, because the tries before have borrowed the page's port.
systemctl stop page.socket page.service 2>/dev/null
systemctl restart iseetutor.target tutord-web.socket tutord.service 2>/dev/null
rm -f /run/systemd/system/*.service.d/test.conf
systemctl daemon-reload
version() { dpkg-query -W -f='${Version}' iseetutor; }
echo '# mine' >>/etc/iseetutor/audiod.toml
for package in newer older; do
  for daemon in "${daemons[@]}"; do within 30 up "$daemon"; done
  declare -A before=()
  for daemon in "${daemons[@]}"; do before[$daemon]=$(systemctl show -P MainPID "$daemon.service"); done
  recorded=$(events)
  # As if the version before had no page: its socket has to be opened while tutord runs.
  [ "$package" != newer ] || systemctl stop tutord-web.socket
  check "a version that is $package is installed over this one" dpkg -i "/usr/share/iseetutor-test/$package.deb"
  is "... as it says" "$(dpkg-deb -f "/usr/share/iseetutor-test/$package.deb" Version)" "$(version)"
  for daemon in "${daemons[@]}"; do
    check "... $daemon is up" within 30 up "$daemon"
    check "... and another process" test "$(systemctl show -P MainPID "$daemon.service")" != "${before[$daemon]}"
  done
  check "... nothing recorded is lost" test "$(events)" -ge "$recorded"
  check "... a setting that was changed stays" grep -q '^# mine$' /etc/iseetutor/audiod.toml
  check "... and the page is listened for" listening 443
done

check "the package is removed" dpkg -r iseetutor
is "... nothing of it runs" "" "$(find /proc -maxdepth 2 -name exe -lname '/usr/lib/iseetutor/*' -not -lname '*/probe' 2>/dev/null)"
is "... nor listens" "" "$(ss -Hltn 'sport = :443'; find /run/iseetutor -name '*.sock' 2>/dev/null)"
check "... the settings stay" test -f /etc/iseetutor/audiod.toml
check "... and it is purged" dpkg -P iseetutor
is "... with the settings" "" "$(find /etc -name '*iseetutor*' -not -path '/etc/group*' -not -path '/etc/passwd*' 2>/dev/null)"
is "... and all that was installed" "" "$(find /usr /var/lib -name '*iseetutor*' -not -path '*iseetutor-test*' -not -path /usr/lib/iseetutor \
  -not -path /usr/lib/iseetutor/probe -not -path '/var/lib/systemd/*' 2>/dev/null)"
check "... but not the children's record" test -s /mnt/storage/databases/iseetutor.db
