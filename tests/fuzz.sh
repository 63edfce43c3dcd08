#!/usr/bin/env bash
# Feeds the parsers what nobody would write: tests/fuzz.sh [SECONDS [TARGET...]]
#   SECONDS  for each target (default 10)
#   TARGET   which ones (default all: the files in fuzz/targets)
# On stable Rust: the coverage that libFuzzer is guided by is switched on by flags of LLVM, without a sanitizer, which safe
# Rust hardly needs. An input that ends a target, or takes it more than 10 s or 1 GB, is kept in fuzz/found/TARGET, and
# the exit code is 1; run it again with the command that is shown. What was learnt is kept in TARGET_DIR/fuzz-corpus.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
seconds=${1:-10}
[[ $seconds =~ ^[1-9][0-9]*$ ]] || {
  echo "usage: tests/fuzz.sh [SECONDS [TARGET...]]" >&2
  exit 2
}
shift || true
targets=("$@")
if ((${#targets[@]} == 0)); then
  for file in fuzz/targets/*.rs; do
    file=${file##*/}
    targets+=("${file%.rs}")
  done
fi
for target in "${targets[@]}"; do
  [ -f "fuzz/targets/$target.rs" ] || {
    echo "tests/fuzz.sh: there is no target '$target'; see fuzz/targets" >&2
    exit 2
  }
done

target_dir=${CARGO_TARGET_DIR:-$root/target}
triple=$(rustc -vV | sed -n 's/^host: //p')
flags="--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4"
flags+=" -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table"
flags+=" -Cllvm-args=-sanitizer-coverage-trace-compares"
bins=()
for target in "${targets[@]}"; do bins+=(--bin "$target"); done
# With --target the flags are not those of build scripts, which are programs of their own.
RUSTFLAGS=$flags CARGO_TARGET_DIR=$target_dir/fuzz \
  cargo build --quiet --locked --release --manifest-path fuzz/Cargo.toml --target "$triple" "${bins[@]}"

failed=0
for target in "${targets[@]}"; do
  corpus=$target_dir/fuzz-corpus/$target found=fuzz/found/$target
  mkdir -p "$corpus" "$found"
  seeds=()
  [ ! -d "fuzz/seeds/$target" ] || seeds=("fuzz/seeds/$target")
  log=$target_dir/fuzz-corpus/$target.log
  program=$target_dir/fuzz/$triple/release/$target
  if "$program" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -max_len=8192 -print_final_stats=1 \
    -artifact_prefix="$found/" "$corpus" "${seeds[@]}" >"$log" 2>&1; then
    rmdir --ignore-fail-on-non-empty "$found"
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    edges=$(sed -n 's/.* cov: \([0-9]*\).*/\1/p' "$log" | tail -n 1)
    # A target that ran nothing, or reached nothing, was not built as it should be.
    if ((${runs:-0} < 10 || ${edges:-0} < 10)); then
      printf 'FAIL  %s: %s runs reached %s places; see %s\n' "$target" "${runs:-0}" "${edges:-0}" "$log"
      failed=1
    else
      printf 'ok    %s: %s runs, %s places reached\n' "$target" "$runs" "$edges"
    fi
  else
    failed=1
    printf 'FAIL  %s\n' "$target"
    grep -a -m 5 -E "panicked|ERROR|assertion|left:|right:" "$log" | sed 's/^/      /' || tail -n 5 "$log"
    newest=$(find "$found" -type f -printf '%T@ %p\n' | sort -n | tail -n 1 | cut -d' ' -f2-)
    [ -z "$newest" ] || printf '      again: %s %s\n' "$program" "$newest"
  fi
done
rmdir --ignore-fail-on-non-empty fuzz/found 2>/dev/null || true
exit "$failed"
