//! The theme's scripts: checked, minified, fingerprinted, each published under its own name.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use oxc_allocator::Allocator;
use oxc_codegen::{Codegen, CodegenOptions, CommentOptions, LegalComment};
use oxc_compat::EngineTargets;
use oxc_diagnostics::OxcDiagnostic;
use oxc_minifier::{CompressOptions, Minifier, MinifierOptions};
use oxc_parser::{ParseOptions, Parser};
use oxc_semantic::SemanticBuilder;
use oxc_span::SourceType;

use crate::artifact::{Artifact, Role};
use crate::diag::catalogue as say;
use crate::diag::{Diagnostic, Findings};
use crate::source::{Place, Source};
use crate::theme::{Script, Theme};

/// The scripts of a theme, by name. One that is no script is reported.
pub fn scripts(theme: &Theme, findings: &mut Findings) -> BTreeMap<String, Artifact> {
    let published = theme.scripts().into_iter().map(|(name, script)| {
        let bytes: Arc<[u8]> = lean(&script, findings).into_bytes().into();
        let path = format!("theme/{name}.{}.js", &blake3::hash(&bytes).to_hex()[..16]);
        (name.to_owned(), Artifact::new(path, bytes, Role::Code))
    });
    published.collect()
}

/// What stands around the parts of a script: they share names that no other script sees, and run when the page has been parsed.
const AROUND: [&str; 2] = [
    "(function () {\n'use strict';\nfunction parts() {\n",
    "}\nif (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', parts);\nelse parts();\n})();\n",
];

/// The text of a script, and the files that it is made of.
struct Joined<'a> {
    text: String,
    /// Where the text of each file begins, ascending; at least one.
    files: Vec<(usize, &'a Arc<Source>)>,
}

impl<'a> Joined<'a> {
    fn new(script: &Script<'a>) -> Self {
        let parts = match script {
            Script::File(source) => return Self { text: source.text.clone(), files: vec![(0, source)] },
            Script::Parts(parts) => parts,
        };
        let mut joined = Self { text: AROUND[0].to_owned(), files: Vec::new() };
        for part in parts {
            joined.files.push((joined.text.len(), part));
            // A part may end with a comment.
            joined.text.extend([&part.text, "\n"]);
        }
        joined.text.push_str(AROUND[1]);
        joined
    }

    /// The place of a range of the text; what stands around the parts belongs to the nearest.
    fn place(&self, range: Range<usize>) -> Place {
        let at = self.files.partition_point(|(start, _)| *start <= range.start).saturating_sub(1);
        let (start, source) = self.files[at];
        Place::new(source, range.start.saturating_sub(start)..range.end.saturating_sub(start))
    }

    /// Reports what is wrong; says whether anything is.
    fn report<'m>(&self, mistakes: impl IntoIterator<Item = &'m OxcDiagnostic>, findings: &mut Findings) -> bool {
        let mut any = false;
        for mistake in mistakes {
            any = true;
            let mut places = mistake.labels.iter().flatten().map(|label| {
                let start = label.offset();
                self.place(start..start + label.len())
            });
            let first = places.next().unwrap_or_else(|| self.place(0..0));
            let diagnostic = Diagnostic::new(say::script_syntax(), first);
            findings.report(
                places.fold(diagnostic, |diagnostic, place| diagnostic.with_related(place, say::INVOLVED_HERE)),
            );
        }
        any
    }
}

/// The oldest browsers that a script must not ask more of than its author did: the kernel on old phones, and what was current
/// with it.
const BROWSERS: &str = "chrome64,safari12";

/// The script as it is published; names that other scripts can see stay, and so do comments that begin with `!` (licences).
fn lean(script: &Script<'_>, findings: &mut Findings) -> String {
    if let Script::Parts(parts) = script
        && parts.iter().filter(|part| !is_whole(part, findings)).count() > 0
    {
        return String::new();
    }
    let joined = Joined::new(script);
    let allocator = Allocator::default();
    let mut parsed = Parser::new(&allocator, &joined.text, SourceType::cjs()).parse();
    let known = SemanticBuilder::new().with_check_syntax_error(true).build(&parsed.program);
    if joined.report(parsed.errors.iter().chain(&known.errors), findings) {
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

/// Whether a part is a script by itself. A bracket that it leaves open would be reported in a later part.
fn is_whole(part: &Arc<Source>, findings: &mut Findings) -> bool {
    let allocator = Allocator::default();
    let options = ParseOptions { allow_return_outside_function: true, ..ParseOptions::default() };
    let parsed = Parser::new(&allocator, &part.text, SourceType::cjs()).with_options(options).parse();
    !Joined::new(&Script::File(part)).report(&parsed.errors, findings)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> (String, Vec<(usize, usize)>) {
        let mut findings = Findings::default();
        let lean = lean(&Script::File(&Source::new("themes/default/script/a.js", text)), &mut findings);
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

    /// Joins files named by numbers; every mistake as `number:line:column`.
    fn joined(parts: &[&str]) -> (String, Vec<String>) {
        let mut findings = Findings::default();
        let sources: Vec<_> = (1..).zip(parts).map(|(number, text)| Source::new(format!("{number}"), text)).collect();
        let lean = lean(&Script::Parts(sources.iter().collect()), &mut findings);
        let at = |place: &Place| {
            let (line, column) = place.line_column();
            format!("{}:{line}:{column}", place.source.path)
        };
        let found = findings.sorted().into_iter().flat_map(|found| {
            found.place.into_iter().chain(found.related.into_iter().map(|(place, _)| place)).collect::<Vec<_>>()
        });
        (lean, found.map(|place| at(&place)).collect())
    }

    #[test]
    fn parts_share_names_that_no_other_script_sees() {
        let (lean, mistakes) = joined(&["const list = window.list; // one", "if (!list) return;\nlist.show(list);\n"]);
        assert_eq!(mistakes, [""; 0]);
        assert!(lean.starts_with("(function(){") && lean.contains(".show("), "{lean}");
        assert_eq!(lean.matches("list").count(), 1, "{lean}");
        assert_eq!(lean.matches("use strict").count(), 1, "{lean}");
    }

    #[test]
    fn a_mistake_in_a_part_is_said_where_it_stands() {
        assert_eq!(joined(&["one();\n", "书(); if (two {\n", "three();"]).1, ["2:1:14", "2:1:9"]);
        assert_eq!(joined(&["function one() {\n", "two();\n"]).1, ["1:2:1", "1:1:16"]);
        assert_eq!(joined(&["one();\n}\n", "two();\n"]).1, ["1:2:1"]);
        assert_eq!(joined(&["one();\nconst a = 1;\n", "// two\n  const a = 2;\n"]).1, ["1:2:7", "2:2:9"]);
        assert_eq!(joined(&["one();\n", "a = 010;\n"]).1, ["2:1:5"], "parts are strict");
    }
}
