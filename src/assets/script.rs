//! The theme's scripts: checked, without what only people need (comments, spaces, long names of their own), fingerprinted, each under its
//! own name.

use std::collections::BTreeMap;
use std::sync::Arc;

use oxc_allocator::Allocator;
use oxc_codegen::{Codegen, CodegenOptions, CommentOptions};
use oxc_mangler::Mangler;
use oxc_parser::Parser;
use oxc_semantic::SemanticBuilder;
use oxc_span::SourceType;

use crate::artifact::{Artifact, Role};
use crate::diag::Findings;
use crate::diag::catalogue as say;
use crate::source::{Place, Source};
use crate::theme::Theme;

/// The scripts of a theme, by stem: `script/search.js` is `search`. One that is no script is reported.
pub fn scripts(theme: &Theme, findings: &mut Findings) -> BTreeMap<String, Artifact> {
    let published = theme.scripts().map(|(stem, source)| {
        let bytes: Arc<[u8]> = lean(source, findings).into_bytes().into();
        let path = format!("theme/{stem}.{}.js", &blake3::hash(&bytes).to_hex()[..16]);
        (stem.to_owned(), Artifact { path, bytes, role: Role::Fingerprinted })
    });
    published.collect()
}

/// The script as it is published; names that other scripts can see stay, and so do comments that begin with `!` (licences).
fn lean(script: &Arc<Source>, findings: &mut Findings) -> String {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, &script.text, SourceType::unambiguous()).parse();
    let known =
        SemanticBuilder::new().with_check_syntax_error(true).with_scope_tree_child_ids(true).build(&parsed.program);
    let mistakes: Vec<_> = parsed.errors.iter().chain(&known.errors).collect();
    for mistake in &mistakes {
        let label = mistake.labels.iter().flatten().next();
        let range = label.map_or(0..0, |label| label.offset()..label.offset() + label.len());
        findings.at(Place::new(script, range), say::script_syntax());
    }
    if !mistakes.is_empty() {
        return String::new();
    }
    let mut semantic = known.semantic;
    let private = Mangler::new().build_with_semantic(&mut semantic, &parsed.program);
    let comments = CommentOptions { normal: false, jsdoc: false, annotation: false, ..CommentOptions::default() };
    let options = CodegenOptions { comments, ..CodegenOptions::minify() };
    let printer = Codegen::new().with_options(options).with_scoping(Some(semantic.into_scoping()));
    printer.with_private_member_mappings(Some(private)).build(&parsed.program).code
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
        let script = "/* One. */\n/*! licence */\n(function () {\n  // two\n  const list = 'a ; b';\n  window.show(list);\n})();\n";
        let (lean, mistakes) = of(script);
        assert_eq!(lean, "/*! licence */\n(function(){const e=`a ; b`;window.show(e)})();");
        assert!(mistakes.is_empty());
    }

    #[test]
    fn names_that_other_scripts_see_stay() {
        assert_eq!(
            of("const shared = 1; function open(name) { return name + shared; }").0,
            "const shared=1;function open(t){return t+shared}"
        );
    }

    #[test]
    fn what_is_no_script_is_said_where_it_stands() {
        assert_eq!(of("const a = 1;\nconst a = 2;\n").1.len(), 1);
        assert_eq!(of("one();\nif (two {\n").1, [(2, 9)]);
    }
}
