//! The `rust-version` in `Cargo.toml` is high enough for every dependency.
//!
//! Clippy's `incompatible_msrv` checks the same for our own calls of the standard library.

use std::process::Command;

/// `1.89` and `1.89.0` are the same version.
fn version(text: &str) -> (u64, u64, u64) {
    let mut parts = text.split('.').map(|part| part.parse().expect("a rust-version is made of numbers"));
    (parts.next().unwrap(), parts.next().unwrap_or(0), parts.next().unwrap_or(0))
}

/// The target triple of this machine.
fn host() -> String {
    let output = Command::new(env!("CARGO")).arg("-vV").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().find_map(|line| line.strip_prefix("host: ")).expect("cargo names its host").to_owned()
}

/// The packages that are compiled here, with their `rust-version` where they state one.
fn packages() -> Vec<(String, Option<String>)> {
    // Without the filter, cargo asks for the manifests of all platforms, which a build does not download.
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline", "--locked", "--filter-platform", &host()])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    let packages = metadata["packages"].as_array().unwrap().iter();
    packages.map(|package| (text(&package["id"]).unwrap(), text(&package["rust_version"]))).collect()
}

#[test]
fn no_dependency_needs_a_newer_rust_than_we_state() {
    let ours = version(env!("CARGO_PKG_RUST_VERSION"));
    let packages = packages();
    let stated = packages.iter().filter_map(|(id, stated)| stated.as_ref().map(|stated| (id, stated)));
    let newer: Vec<String> = stated
        .filter(|(_, stated)| version(stated) > ours)
        .map(|(id, stated)| format!("{id} needs {stated}"))
        .collect();
    assert!(packages.len() > 1, "cargo lists the dependencies too");
    assert!(newer.is_empty(), "{}", newer.join("\n"));
}
