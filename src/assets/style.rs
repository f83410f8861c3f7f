//! The stylesheet: bundled, lowered for old browsers, fingerprinted, together with the files it refers to.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use lightningcss::bundler::{Bundler, ResolveResult, SourceProvider};
use lightningcss::dependencies::{Dependency, DependencyOptions};
use lightningcss::error::ErrorLocation;
use lightningcss::printer::PrinterOptions;
use lightningcss::stylesheet::{MinifyOptions, ParserOptions};
use lightningcss::targets::{Browsers, Targets};
use percent_encoding::percent_decode_str;

use crate::address::Href;
use crate::artifact::{Artifact, Role};
use crate::diag::catalogue as say;
use crate::diag::{Findings, Mistake};
use crate::source::Place;
use crate::theme::Theme;

/// The stylesheet that imports all others.
const MAIN: &str = "style/main.css";

/// Chromium 87, the oldest kernel still in use among residents, and the other browsers of that time.
const BROWSERS: Browsers = Browsers {
    android: None,
    chrome: Some(87 << 16),
    edge: Some(87 << 16),
    firefox: Some(84 << 16),
    ie: None,
    ios_saf: Some(14 << 16),
    opera: None,
    safari: Some(14 << 16),
    samsung: Some(14 << 16),
};

/// The stylesheet first, then the files that it refers to; empty if it has errors, which are reported.
pub fn bundle(theme: &Theme, findings: &mut Findings) -> Vec<Artifact> {
    match try_bundle(theme) {
        Ok(artifacts) => artifacts,
        Err((file, line, column, mistake)) => {
            let path = file.to_string_lossy();
            if let Some(source) = theme.text(&path) {
                let start: usize = source.text.split_inclusive('\n').take(line).map(str::len).sum();
                let at = start + column.saturating_sub(1);
                findings.at(Place::new(source, at..at + 1), mistake);
            } else {
                findings.report(crate::diag::Diagnostic::global(mistake));
            }
            Vec::new()
        }
    }
}

/// File, line from 0, column from 1, and the mistake.
type Broken = (PathBuf, usize, usize, Mistake);

fn try_bundle(theme: &Theme) -> Result<Vec<Artifact>, Broken> {
    let files = Files { theme };
    let whole = |mistake| (PathBuf::from(MAIN), 0, 1, mistake);
    let located = |location: Option<ErrorLocation>, mistake| match location {
        Some(at) => (PathBuf::from(at.filename), at.line as usize, at.column as usize, mistake),
        None => whole(mistake),
    };
    let mut bundler = Bundler::new(&files, None, ParserOptions::default());
    let mut sheet = bundler.bundle(Path::new(MAIN)).map_err(|error| {
        let mistake = match &error.kind {
            lightningcss::bundler::BundleErrorKind::ResolverError(Unresolved(what)) => say::style_import(what),
            _ => say::style_syntax(),
        };
        located(error.loc, mistake)
    })?;
    let targets = Targets::from(BROWSERS);
    sheet.minify(MinifyOptions { targets, ..MinifyOptions::default() }).map_err(|_| whole(say::style_syntax()))?;
    let options = PrinterOptions {
        minify: true,
        targets,
        analyze_dependencies: Some(DependencyOptions::default()),
        ..PrinterOptions::default()
    };
    let printed = sheet.to_css(options).map_err(|_| whole(say::style_syntax()))?;
    let mut css = printed.code;
    let mut artifacts = Vec::new();
    for dependency in printed.dependencies.unwrap_or_default() {
        let Dependency::Url(url) = dependency else { continue };
        let broken = || {
            (
                PathBuf::from(&url.loc.file_path),
                (url.loc.start.line as usize).saturating_sub(1),
                url.loc.start.column as usize,
                say::style_import(&url.url),
            )
        };
        let (path, anchor) = named(theme, Path::new(&url.loc.file_path), &url.url).ok_or_else(broken)?;
        let bytes = theme.blob(&path).ok_or_else(broken)?;
        let name = path.rsplit('/').next().unwrap_or_default();
        let named = format!("{}-{name}", &blake3::hash(bytes).to_hex()[..16]);
        let href = Href::new(&named);
        let href = anchor.map_or_else(|| href.clone(), |anchor| href.at(anchor));
        css = css.replace(&url.placeholder, href.as_str());
        let path = format!("theme/{named}");
        // Several rules may name one file.
        if artifacts.iter().all(|made: &Artifact| made.path != path) {
            artifacts.push(Artifact::new(path, Arc::clone(bytes), Role::Code));
        }
    }
    let path = format!("theme/main.{}.css", &blake3::hash(css.as_bytes()).to_hex()[..16]);
    artifacts.insert(0, Artifact::new(path, css.into_bytes(), Role::Code));
    Ok(artifacts)
}

/// The path in the theme of a file that a stylesheet names, and the anchor behind it. A name is taken as it is, with `#`, `?` and
/// `%` in it, else as a URL. `None` if it is not there, outside the theme or on another host.
fn named<'a>(theme: &Theme, from: &Path, url: &'a str) -> Option<(String, Option<&'a str>)> {
    let find = |name: &str| beside(from, name).filter(|path| theme.blob(path).is_some());
    let anchor = url.split_once('#').map(|(_, anchor)| anchor);
    let bare = url.split(['?', '#']).next()?;
    let decoded = percent_decode_str(bare).decode_utf8().ok()?;
    let whole = find(url).map(|path| (path, None));
    whole.or_else(|| find(bare).or_else(|| find(&decoded)).map(|path| (path, anchor)))
}

fn beside(from: &Path, name: &str) -> Option<String> {
    if name.contains(':') || name.starts_with('/') {
        return None;
    }
    let mut parts: Vec<&str> = from.to_str()?.split('/').collect();
    parts.pop();
    for part in name.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

struct Files<'a> {
    theme: &'a Theme,
}

/// An imported stylesheet that does not exist.
#[derive(Debug)]
struct Unresolved(String);

impl std::fmt::Display for Unresolved {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unresolved {}

impl SourceProvider for Files<'_> {
    type Error = Unresolved;

    fn read<'a>(&'a self, file: &Path) -> Result<&'a str, Unresolved> {
        let path = file.to_string_lossy();
        self.theme.text(&path).map(|source| source.text.as_str()).ok_or_else(|| Unresolved(path.into_owned()))
    }

    fn resolve(&self, specifier: &str, from: &Path) -> Result<ResolveResult, Unresolved> {
        beside(from, specifier)
            .filter(|path| self.theme.text(path).is_some())
            .map(|path| ResolveResult::File(PathBuf::from(path)))
            .ok_or_else(|| Unresolved(specifier.to_owned()))
    }
}
