//! The theme's scripts: checked, minified, fingerprinted, each published under its own name.

use std::collections::BTreeMap;
use std::sync::Arc;

use oxc_allocator::Allocator;
use oxc_codegen::{Codegen, CodegenOptions, CommentOptions, LegalComment};
use oxc_compat::EngineTargets;
use oxc_minifier::{CompressOptions, Minifier, MinifierOptions};
use oxc_parser::Parser;
use oxc_semantic::SemanticBuilder;
use oxc_span::SourceType;

use crate::artifact::{Artifact, Role};
use crate::diag::Findings;
use crate::diag::catalogue as say;
use crate::source::{Place, Source};
use crate::theme::Theme;

/// The scripts of a theme, by stem: `script/search.js` is `search`. A script with a syntax error is reported.
pub fn scripts(theme: &Theme, findings: &mut Findings) -> BTreeMap<String, Artifact> {
    let published = theme.scripts().map(|(stem, source)| {
        let bytes: Arc<[u8]> = lean(source, findings).into_bytes().into();
        let path = format!("theme/{stem}.{}.js", &blake3::hash(&bytes).to_hex()[..16]);
        (stem.to_owned(), Artifact { path, bytes, role: Role::Fingerprinted })
    });
    published.collect()
}

/// The oldest supported browsers: minification must not use syntax that they lack. Chrome 64 is the kernel on old
/// phones; Safari 12 is of the same time.
const BROWSERS: &str = "chrome64,safari12";

/// Minifies a script. Names visible to other scripts and comments that begin with `!` (licences) are kept.
fn lean(script: &Arc<Source>, findings: &mut Findings) -> String {
    let allocator = Allocator::default();
    let mut parsed = Parser::new(&allocator, &script.text, SourceType::cjs()).parse();
    let known = SemanticBuilder::new().with_check_syntax_error(true).build(&parsed.program);
    let mistakes: Vec<_> = parsed.errors.iter().chain(&known.errors).collect();
    for mistake in &mistakes {
        let label = mistake.labels.iter().flatten().next();
        let range = label.map_or(0..0, |label| label.offset()..label.offset() + label.len());
        findings.at(Place::new(script, range), say::script_syntax());
    }
    if !mistakes.is_empty() {
        return String::new();
    }
    // Other scripts can change global variables, so their values must not be folded.
    let scoping = known.semantic.into_scoping();
    let alone = scoping.get_bindings(scoping.root_scope_id()).is_empty();
    let Ok(target) = EngineTargets::from_target(BROWSERS) else { unreachable!("a test reads the list") };
    let compress = alone.then(|| CompressOptions { target, ..CompressOptions::default() });
    let minifier = Minifier::new(MinifierOptions { compress, ..MinifierOptions::default() });
    let made = minifier.minify(&allocator, &mut parsed.program);
    let comments = CommentOptions { legal: LegalComment::Eof, ..CommentOptions::disabled() };
    let options = CodegenOptions { comments, ..CodegenOptions::minify() };
    let printer = Codegen::new().with_options(options).with_scoping(made.scoping);
    printer.with_private_member_mappings(made.class_private_mappings).build(&parsed.program).code
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> (String, Vec<(usize, usize)>) {
        let mut findings = Findings::default();
        let lean = lean(&Source::new("themes/default/script/a.js".to_owned(), text), &mut findings);
        (lean, findings.sorted().iter().filter_map(|found| Some(found.place.as_ref()?.line_column())).collect())
    }

    #[test]
    fn only_what_people_need_goes() {
        let script = "/* One. */\n/*! first */\n(function () {\n  // two\n  const list = document.all;\n  window.show(list, list);\n})();\n/*! second */\n(function () { window.hide(1 + 1); })();\n";
        let (lean, mistakes) = of(script);
        assert_eq!(
            lean,
            "(function(){let e=document.all;window.show(e,e)})(),(function(){window.hide(2)})();\n/*! first */\n/*! second */\n"
        );
        assert!(mistakes.is_empty());
    }

    #[test]
    fn it_asks_no_more_of_a_browser() {
        let script = "(function(){ const a = window.a; window.b = a && a.b; window.c = a === null || a === undefined ? 1 : a; })()";
        let (lean, mistakes) = of(script);
        assert!(!lean.contains("?.") && !lean.contains("??"), "{lean}");
        assert!(mistakes.is_empty());
    }

    #[test]
    fn what_other_scripts_see_stays() {
        assert_eq!(
            of("let shared = 1; function open(name) { return name + shared; }").0,
            "let shared=1;function open(t){return t+shared}"
        );
    }

    #[test]
    fn what_is_no_script_is_said_where_it_stands() {
        assert_eq!(of("const a = 1;\nconst a = 2;\n").1.len(), 1);
        assert_eq!(of("one();\nif (two {\n").1, [(2, 9)]);
        assert_eq!(of("one();\nimport { a } from './a.js';\n").1.len(), 1);
        assert_eq!(of("").1, []);
    }
}
