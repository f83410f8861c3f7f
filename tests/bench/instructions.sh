#!/usr/bin/env bash
# Counts the instructions of each stage of a build on a generated portal (callgrind), and of a build with nothing changed; fails if one takes
# more than 5 % above what instructions.json holds. Machines are noisy, instructions are not.
#
#   tests/bench/instructions.sh [--keep]
#
# --keep writes the counts to instructions.json: a commit that does says why they rise. Where compiler, processor, C
# library or valgrind are others, counts are only printed. SHUYUAN=PATH names the program. Needs valgrind and Node.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
. "$here/programs.sh"

work=$(mktemp -d "${TMPDIR:-/tmp}/shuyuan-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
node "$here/generate.mjs" 300 "$work" >"$work/said"
need_shuyuan
python3 "$here/instructions.py" --shuyuan "$SHUYUAN" --portal "$work/shuyuan" --work "$work" --kept "$here/instructions.json" "$@"
