#!/usr/bin/env bash
# Runs a command with all that Cargo takes to build for arm64 on another machine: package/cross.sh COMMAND...
#   package/cross.sh cargo build --release --locked --workspace
#   package/cross.sh package/make.sh FOLDER
# Takes the compilers gcc-aarch64-linux-gnu and g++-aarch64-linux-gnu, mmdebstrap, and Rust's target, which it adds with rustup.
# The libraries are those of Debian 12, in a folder of their own below ~/.cache: nothing of this system is changed.
set -euo pipefail

triple=aarch64-unknown-linux-gnu
gnu=aarch64-linux-gnu
fail() {
  echo "package/cross.sh: $*" >&2
  exit 1
}
(($#)) || {
  echo "usage: package/cross.sh COMMAND..." >&2
  exit 2
}
for tool in "$gnu-gcc" "$gnu-g++" mmdebstrap; do
  command -v "$tool" >/dev/null || fail "there is no $tool; install it: apt-get install gcc-$gnu g++-$gnu mmdebstrap"
done
[ -d "$(rustc --print sysroot)/lib/rustlib/$triple" ] || rustup target add "$triple" >&2 ||
  fail "Rust has no $triple here; add it: rustup target add $triple"

# --- the libraries --------------------------------------------------------------------------------------------------

packages=libc6-dev,libstdc++-12-dev,libgcc-12-dev,linux-libc-dev,libasound2-dev,libespeak-ng-dev
cache=${XDG_CACHE_HOME:-$HOME/.cache}/iseetutor
sysroot=$cache/arm64-$(sha256sum <<<"$packages" | cut -c1-12)
if [ ! -d "$sysroot" ]; then
  mkdir -p "$cache"
  rm -rf "$sysroot.part"
  # Only unpacked, so that no program of the other processor has to run. The packages are kept: they say what they provide.
  # shellcheck disable=SC2016 # the hook's own variable
  mmdebstrap --quiet --variant=extract --architectures=arm64 --include="$packages" \
    --extract-hook='mkdir "$1/packages" && cp "$1"/var/cache/apt/archives/*.deb "$1/packages"' bookworm "$sysroot.part" >&2 ||
    fail "mmdebstrap could not fetch the libraries of Debian 12 for arm64; is the network there?"
  for file in "$sysroot.part"/packages/*.deb; do dpkg-deb -R "$file" "${file%.deb}" && rm "$file"; done
  # From the root of a system that is not this one: without libm.so the linker would take libm.a.
  while IFS= read -r link; do
    ln -sfnr "$sysroot.part$(readlink "$link")" "$link"
  done < <(find "$sysroot.part/usr" "$sysroot.part/lib" -type l -lname '/*')
  mv "$sysroot.part" "$sysroot"
fi

# --- what Cargo, its build scripts and package/make.sh read -----------------------------------------------------------

name=${triple//-/_}
upper=${name^^}
export CARGO_BUILD_TARGET=$triple ISEETUTOR_ARCHITECTURE=arm64 ISEETUTOR_SYSROOT=$sysroot
export "CC_$name=$gnu-gcc" "CXX_$name=$gnu-g++" "AR_$name=$gnu-ar"
export "CFLAGS_$name=--sysroot=$sysroot" "CXXFLAGS_$name=--sysroot=$sysroot"
export "CARGO_TARGET_${upper}_LINKER=$gnu-gcc" "CARGO_TARGET_${upper}_RUSTFLAGS=-Clink-arg=--sysroot=$sysroot"
# Where programs of the other processor are run: the processor is one with dotprod and fp16.
export "CARGO_TARGET_${upper}_RUNNER=qemu-aarch64-static -cpu cortex-a76 -L $sysroot"
export PKG_CONFIG_ALLOW_CROSS=1 "PKG_CONFIG_SYSROOT_DIR_$name=$sysroot"
export "PKG_CONFIG_LIBDIR_$name=$sysroot/usr/lib/$gnu/pkgconfig:$sysroot/usr/share/pkgconfig"
export "BINDGEN_EXTRA_CLANG_ARGS_$name=--sysroot=$sysroot"
exec "$@"
