#!/usr/bin/env bash
# Makes the Debian package of the programs that are built: package/make.sh [--fast] [--version VERSION] FOLDER
#   --fast     compress little, for tests
#   --version  another version than that of Cargo.toml
#   FOLDER     where iseetutor_VERSION_ARCHITECTURE.deb is put; its path is printed
# The programs come from CARGO_TARGET_DIR (default: target/), the files of the system from units/place.sh. Called by
# package/cross.sh it makes the package of arm64.
#
# With dpkg's own tools, which every machine that builds has (dpkg-dev comes with build-essential). cargo-deb would have to be
# compiled first, on each of them, and would need a second list of what units/place.sh lists.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
built=${CARGO_TARGET_DIR:-$root/target}/${CARGO_BUILD_TARGET:+$CARGO_BUILD_TARGET/}release
architecture=${ISEETUTOR_ARCHITECTURE:-$(dpkg --print-architecture)}
version=$(sed -n '/^\[workspace.package\]/,/^\[/ s/^version *= *"\(.*\)"/\1/p' "$root/Cargo.toml")
compression=(-Zxz)
while (($# > 1)); do
  case $1 in
    --fast) compression=(-Zgzip -z1) ;;
    --version)
      version=$2
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
dpkg --validate-version "$version"
mkdir -p "$1"
folder=$(cd "$1" && pwd)
daemons=(audiod sttd llmd ttsd tutord syncd)
for program in "${daemons[@]}" tutorctl; do
  [ -x "$built/$program" ] || {
    echo "package/make.sh: $built/$program is missing; build first: cargo build --release --locked --workspace" >&2
    exit 1
  }
done

# The modes of the package are those that it says, whatever the umask of who makes it.
umask 022
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tree=$work/tree
put() { install -D -m 0644 "$root/$1" "$tree/$2"; }

# --- the files ------------------------------------------------------------------------------------------------------

mkdir "$tree"
"$root/units/place.sh" "$tree" jetson
# The settings of the small models, for a machine that is to have those: package/device.sh.
for file in "$root"/config/system/models-starter/*.toml; do
  put "config/system/models-starter/${file##*/}" "usr/share/iseetutor/models-starter/${file##*/}"
done
for file in "$root"/config/content/books/*.md; do
  put "config/content/books/${file##*/}" "usr/share/iseetutor/books/${file##*/}"
done
install -D -t "$tree/usr/lib/iseetutor" "${daemons[@]/#/$built/}"
install -D -t "$tree/usr/bin" "$built/tutorctl"
"$(dpkg-architecture -a "$architecture" -q DEB_HOST_GNU_TYPE)-strip" --strip-unneeded --remove-section=.comment --remove-section=.note "$tree"/usr/lib/iseetutor/{audiod,sttd,llmd,ttsd,tutord,syncd} \
  "$tree/usr/bin/tutorctl"
for file in "$root"/units/cuda/*.conf; do
  put "units/cuda/${file##*/}" "usr/share/doc/iseetutor/examples/cuda/${file##*/}"
done
for file in README.md ARCHITECTURE.md SPECIFICATION.md; do put "$file" "usr/share/doc/iseetutor/$file"; done
for file in "$root"/docs/*.md; do put "docs/${file##*/}" "usr/share/doc/iseetutor/${file##*/}"; done
put package/copyright usr/share/doc/iseetutor/copyright
put package/lintian-overrides usr/share/lintian/overrides/iseetutor
gzip -9n <"$root/package/changelog" >"$tree/usr/share/doc/iseetutor/changelog.gz"
mkdir -p "$tree/usr/share/man/man1"
gzip -9n <"$root/package/tutorctl.1" >"$tree/usr/share/man/man1/tutorctl.1.gz"
(cd "$root" && package/notices.py "$work/notices.txt")
gzip -9n <"$work/notices.txt" >"$tree/usr/share/doc/iseetutor/third-party-notices.txt.gz"

# --- what dpkg is told ----------------------------------------------------------------------------------------------

mkdir "$tree/DEBIAN" "$work/debian"
# Below /etc what is changed on a machine stays changed.
(cd "$tree" && find etc -type f -printf '/%p\n' | sort) >"$tree/DEBIAN/conffiles"
(cd "$tree" && find usr -type f -print0 | sort -z | xargs -0 md5sum) >"$tree/DEBIAN/md5sums"
for script in "$root"/package/scripts/*; do install -m 0755 "$script" "$tree/DEBIAN/${script##*/}"; done
# It reads the shared libraries off the programs, and wants a source package to do so.
printf 'Source: iseetutor\n\nPackage: iseetutor\nArchitecture: any\n' >"$work/debian/control"
# Those of another architecture are in no database of this system, but in their packages.
elsewhere=()
[ -z "${ISEETUTOR_SYSROOT:-}" ] || elsewhere=("$ISEETUTOR_SYSROOT"/packages/*/)
libraries=$(cd "$work" && DEB_HOST_ARCH=$architecture dpkg-shlibdeps -O --ignore-missing-info "${elsewhere[@]/#/-S}" tree/usr/lib/iseetutor/* tree/usr/bin/tutorctl \
  2>"$work/shlibdeps.log" | sed -n 's/^shlibs:Depends=//p') || {
  cat "$work/shlibdeps.log" >&2
  exit 1
}
[ -n "$libraries" ] || {
  echo "package/make.sh: dpkg-shlibdeps named no library that the programs need:" >&2
  cat "$work/shlibdeps.log" >&2
  exit 1
}
cat >"$tree/DEBIAN/control" <<END
Package: iseetutor
Version: $version
Architecture: $architecture
Maintainer: The ISEE Tutor contributors <maintainers@iseetutor.invalid>
Installed-Size: $(du -sk --apparent-size --exclude=DEBIAN "$tree" | cut -f1)
Depends: $libraries, dbus, espeak-ng-data, nftables, systemd (>= 249), udev
Recommends: cryptsetup-bin, wordnet-base
Suggests: age
Section: education
Priority: optional
Description: voice tutor for the ISEE that works without the internet
 A child speaks, and an answer is heard a moment later: speech recognition,
 language model and voice run on the machine itself, and nothing that is said
 leaves it. It asks questions of the kinds of the ISEE (Independent School
 Entrance Exam), understands the answers, explains, and keeps a record of what
 has been learned.
 .
 The models are not part of this package; tutorctl models fetch gets them.
END
package=$folder/iseetutor_${version}_$architecture.deb
dpkg-deb --root-owner-group "${compression[@]}" --build "$tree" "$package" >/dev/null
echo "$package"
