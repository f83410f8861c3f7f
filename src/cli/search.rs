//! `shuyuan search`: searches the project's content as the portal's own search would.

use std::fmt::Write as _;

use camino::Utf8PathBuf;

use super::terminal::{err, out};
use super::{Exit, ProjectArgs};
use crate::diag::Findings;
use crate::diag::fault::Fault;
use crate::load::Inputs;
use crate::pipeline::{self, Site, Timings};
use crate::search::document::{Ranked, Reader};
use crate::search::judge;
use crate::search::scan::Scan;
use crate::search::understand::{Understanding, Understood};

#[derive(clap::Args)]
pub(super) struct Search {
    /// 要找的文字；可以写几个，每一个单独找
    #[arg(value_name = "文字", required_unless_present = "judge", help_heading = "参数")]
    queries: Vec<String>,
    #[command(flatten)]
    project: ProjectArgs,
    /// 最多列出几条
    #[arg(long, value_name = "条数", default_value_t = 10, hide_default_value = true)]
    limit: usize,
    /// 写成 JSON，每次查找一行
    #[arg(long)]
    json: bool,
    /// 逐条试一张单子：每行是要找的文字、一个制表符、应当排在第一的结果（标题里的词，或者 courses/编号），只列出不对的
    #[arg(long, value_name = "文件", conflicts_with_all = ["json", "limit", "queries"])]
    judge: Option<Utf8PathBuf>,
}

impl Search {
    pub(super) fn run(&self) -> Result<Exit, Fault> {
        let mut findings = Findings::default();
        let inputs = Inputs::from_disk(&self.project.root, &mut findings)?;
        let site = pipeline::prepare(&inputs, &self.project.options(), None, &mut findings, &mut Timings::new())?;
        let Some(site) = site else {
            super::project::print(&findings.sorted())?;
            return Ok(Exit::Mistakes);
        };
        let documents = pipeline::pages(&site, &|_| Ok(()), &mut findings, &mut Timings::new())?;
        let documents = Reader::new(&site.portal).sorted(documents);
        let meaning = pipeline::understanding(&site, &documents);
        let scan = Scan::new(&site.portal.settings.site.search, documents);
        if let Some(list) = &self.judge {
            return judge_all(list, &site, &meaning, &scan);
        }
        for query in &self.queries {
            let answer = meaning.ask(&scan, query);
            if self.json { out(json(&site, query, &answer))? } else { out(self.text(&site, query, &answer))? }
        }
        Ok(Exit::Fine)
    }

    fn text(&self, site: &Site, query: &str, answer: &Understood<'_>) -> String {
        let mut text = format!("“{query}”：{} 条\n", answer.exact.found.len());
        self.list(site, &answer.exact.found, &mut text);
        if !answer.spelt.is_empty() {
            let _ = writeln!(text, "当作“{}”来找", answer.spelt.join(" "));
        }
        if !answer.meant.is_empty() {
            let _ = writeln!(text, "按意思还找到 {} 条（{}）", answer.meant.len(), parts(answer));
            self.list(site, &answer.meant, &mut text);
        }
        if !answer.partly.is_empty() {
            let _ = writeln!(text, "只含有其中一部分的（{}）", parts(answer));
            self.list(site, &answer.partly, &mut text);
        }
        for slip in &answer.slips {
            text.extend(["您是不是找：", slip, "\n"]);
        }
        text
    }

    fn list(&self, site: &Site, found: &[&Ranked], text: &mut String) {
        for ranked in found.iter().take(self.limit) {
            let says = pipeline::says(site, ranked);
            text.extend(["  ", &ranked.document.title, "\n    ", &says, "\n    ", address(site, ranked), "\n"]);
        }
    }
}

/// How a query is understood.
fn parts(answer: &Understood<'_>) -> String {
    let filters = answer.parts.filters.iter().map(|(typed, filter)| {
        if *typed == filter.label { filter.label.clone() } else { format!("{typed}={}", filter.label) }
    });
    let groups = answer.parts.groups.iter().map(|group| group.join("/"));
    filters.chain(groups).collect::<Vec<_>>().join("，")
}

fn address<'a>(site: &'a Site, ranked: &Ranked) -> &'a str {
    site.portal.item(ranked.document.id).address.as_str()
}

/// Asks all queries of a list, and prints those of which the answer is not as expected.
fn judge_all(list: &Utf8PathBuf, site: &Site, meaning: &Understanding, scan: &Scan<'_>) -> Result<Exit, Fault> {
    let text = std::fs::read_to_string(list).map_err(|error| Fault::read(list, error))?;
    let trials = match judge::trials(&text) {
        Ok(trials) => trials,
        Err(line) => {
            err(format_args!("{list} 第 {line} 行：要写成“文字”、一个制表符、应当找到的。"))?;
            return Ok(Exit::Mistakes);
        }
    };
    let mut failed = 0;
    for trial in &trials {
        let answer = meaning.ask(scan, &trial.query);
        if trial.holds(&answer, &|ranked| address(site, ranked)) {
            continue;
        }
        failed += 1;
        let first = answer.first().map_or("没有找到", |ranked| ranked.document.title.as_str());
        let line =
            format!("{list}:{}: “{}”应当找到 {}，第一条是：{first}", trial.line, trial.query, trial.expectation());
        let slips: String = answer.slips.iter().flat_map(|slip| ["；您是不是找 ", slip]).collect();
        out(format!("{line}（{}）{slips}\n", parts(&answer)))?;
    }
    out(format!("{} 条查找，{failed} 条不对\n", trials.len()))?;
    Ok(if failed == 0 { Exit::Fine } else { Exit::Mistakes })
}

fn json(site: &Site, query: &str, answer: &Understood<'_>) -> serde_json::Value {
    let all = |found: &[&Ranked]| found.iter().map(|ranked| address(site, ranked).to_owned()).collect::<Vec<_>>();
    let filters: Vec<_> = answer.parts.filters.iter().map(|(_, filter)| (&filter.facet, &filter.keys)).collect();
    serde_json::json!({
        "query": query,
        "terms": answer.exact.terms,
        "found": all(&answer.exact.found),
        "filters": filters,
        "groups": answer.parts.groups,
        "meant": all(&answer.meant),
        "partly": all(&answer.partly),
        "slips": answer.slips,
        "spelt": answer.spelt,
    })
}
