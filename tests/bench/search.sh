#!/usr/bin/env bash
# Compares search with Pagefind 1.6 on the same pages: bytes, requests, time on a phone, answers, cost. Prints Markdown tables.
#
#   tests/bench/search.sh [--profile portal|pages|short]… [--pages N] [--corpus DIR] [--queries N] [--seed N]
#                         [--runs N] [--without-pagefind] [--work DIR]
#
# Three corpora are made: 500 pages of 1 KB, 8,000 of 6 KB, 90,000 of 600 bytes. `--pages N` cuts a corpus.
# `--corpus DIR` takes a folder of .txt files (first line title) or .md files instead. `--work DIR` keeps corpora,
# portals and Pagefind's index, and takes what is there. SHUYUAN=PATH names the program; BASELINE=PATH one without
# search, so that the index' share of the CPU is the difference. Fails if a bar of the table is missed.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
. "$here/programs.sh"

profiles=() pages='' corpus='' queries=130 seed=1 runs=3 peer=yes work=''
while (($#)); do
  case $1 in
    --profile) profiles+=("$2"); shift 2 ;;
    --pages) pages=$2; shift 2 ;;
    --corpus) corpus=$(cd "$2" && pwd); shift 2 ;;
    --queries) queries=$2; shift 2 ;;
    --seed) seed=$2; shift 2 ;;
    --runs) runs=$2; shift 2 ;;
    --without-pagefind) peer=no; shift ;;
    --work) work=$2; shift 2 ;;
    *) sed -n '2,11s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
  esac
done
if [[ -n $corpus ]]; then
  profiles=("corpus")
elif ((${#profiles[@]} == 0)); then
  profiles=(portal pages short)
  [[ -z $pages ]] || profiles=(pages)
fi
if [[ -z $work ]]; then
  work=$(mktemp -d "${TMPDIR:-/tmp}/shuyuan-search.XXXXXX")
  trap 'rm -rf "$work"' EXIT
fi
mkdir -p "$work"
work=$(cd "$work" && pwd)

[[ $root/tests/browser/node_modules/.package-lock.json -nt $root/tests/browser/package-lock.json ]] || (cd "$root/tests/browser" && npm ci)
need_npm
need_shuyuan
pagefind=$(find "$here/node_modules/@pagefind" -name pagefind_extended -type f)

build() { # NAME PROGRAM PROJECT OUT COSTS: the median run's cost; the last run's portal stays
  local run
  for ((run = 0; run < runs; run++)); do
    rm -rf "$4" "$3/.shuyuan"
    python3 "$here/usage.py" "$5/$1.$run" "$2" build --root "$3" --out "$4" --timings --base-url https://sample.example/ --today 2026-11-21
  done
}

status=0
for profile in "${profiles[@]}"; do
  name=$profile${pages:+-$pages}
  if [[ -n $corpus ]]; then name=$(basename "$corpus")${pages:+-$pages}; fi
  project=$work/$name/project site=$work/$name/site other=$work/$name/pagefind costs=$work/$name/costs
  mkdir -p "$costs"
  if [[ ! -e $project/content/site.yaml ]]; then
    rm -rf "$project"
    if [[ -n $corpus ]]; then from=(--from "$corpus"); else from=("$profile"); fi
    node "$here/search/corpus.mjs" "${from[@]}" "$project" ${pages:+--pages "$pages"}
  fi

  rm -f "$costs"/Shuyuan.* "$costs"/without.*
  [[ -z ${BASELINE:-} ]] || build without "$BASELINE" "$project" "$site" "$costs"
  build Shuyuan "$SHUYUAN" "$project" "$site" "$costs"
  ours=()
  [[ -e $site/search.html ]] || { echo "$SHUYUAN writes no search.html: Pagefind alone is measured" >&2; ours=(--without-ours); }

  peers=()
  if [[ $peer == yes ]]; then
    if [[ ! -e $other/pagefind/pagefind.js ]]; then
      rm -rf "$other"
      node "$here/search/pagefind.mjs" "$site" "$other"
      python3 "$here/usage.py" "$costs/Pagefind.0" "$pagefind" --silent --site "$other" --root-selector main --glob 'news/n-*.html'
    fi
    peers=(--peer "$other")
  fi
  node --max-old-space-size=6000 "$here/search/search.mjs" --name "$profile" --site "$site" "${peers[@]}" "${ours[@]}" \
    --queries "$queries" --seed "$seed" --costs "$costs" --out "$work/$name/answers.json" || status=1
done
exit "$status"
