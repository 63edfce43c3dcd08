#!/usr/bin/env bash
# Puts the files of the system service into a tree: units/place.sh DESTINATION [MODELS]
#   DESTINATION  / or the root of a package or image
#   MODELS       the set that the daemons are told to use: jetson (default) or starter
# The programs are not among them: they belong into usr/lib/iseetutor (daemons) and usr/bin (tutorctl).
# Configuration that is there already is left alone.
set -euo pipefail

(($# >= 1 && $# <= 2)) || {
  echo "usage: units/place.sh DESTINATION [jetson|starter]" >&2
  exit 2
}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
to=${1%/}
models=${2:-jetson}
[ -d "$here/config/system/models-$models" ] || {
  echo "units/place.sh: there is no set of models '$models'" >&2
  exit 2
}

put() { install -D -m 0644 "$here/$1" "$to/$2"; }
keep() { [ -e "$to/$2" ] || put "$1" "$2"; }

for unit in "$here"/units/*.{service,socket,target,mount,slice}; do
  put "units/${unit##*/}" "usr/lib/systemd/system/${unit##*/}"
done
put units/sysusers.d/iseetutor.conf usr/lib/sysusers.d/iseetutor.conf
put units/tmpfiles.d/iseetutor.conf usr/lib/tmpfiles.d/iseetutor.conf
put units/dbus/org.iseetutor.conf usr/share/dbus-1/system.d/org.iseetutor.conf
put units/dbus/org.iseetutor.Sync1.service usr/share/dbus-1/system-services/org.iseetutor.Sync1.service
put units/storage.conf usr/lib/iseetutor/storage.conf
put units/nftables/iseetutor.nft usr/lib/iseetutor/iseetutor.nft
put udev/85-iseetutor.rules usr/lib/udev/rules.d/85-iseetutor.rules
for daemon in audiod sttd llmd ttsd tutord syncd; do
  keep "config/$daemon.toml" "etc/iseetutor/$daemon.toml"
  [ ! -e "$here/config/system/$daemon.toml" ] ||
    keep "config/system/$daemon.toml" "etc/iseetutor/$daemon.d/10-system.toml"
  [ ! -e "$here/config/system/models-$models/$daemon.toml" ] ||
    keep "config/system/models-$models/$daemon.toml" "etc/iseetutor/$daemon.d/20-models.toml"
done
