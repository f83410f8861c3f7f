//! `shuyuan search`: searches the project's content as the portal's own search would.

use super::terminal::out;
use super::{Exit, ProjectArgs};
use crate::diag::Findings;
use crate::diag::fault::Fault;
use crate::load::Inputs;
use crate::pipeline::{self, Site, Timings};
use crate::search::document::{Ranked, Reader};
use crate::search::scan::{Answer, Scan};

#[derive(clap::Args)]
pub(super) struct Search {
    /// 要找的文字；可以写几个，每一个单独找
    #[arg(value_name = "文字", required = true, help_heading = "参数")]
    queries: Vec<String>,
    #[command(flatten)]
    project: ProjectArgs,
    /// 最多列出几条
    #[arg(long, value_name = "条数", default_value_t = 10, hide_default_value = true)]
    limit: usize,
    /// 写成 JSON，每次查找一行
    #[arg(long)]
    json: bool,
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
        let scan = Scan::new(&site.portal.settings.site.search, documents);
        for query in &self.queries {
            let answer = scan.ask(query);
            if self.json { out(json(&site, query, &answer))? } else { out(self.text(&site, query, &answer))? }
        }
        Ok(Exit::Fine)
    }

    fn text(&self, site: &Site, query: &str, answer: &Answer<'_>) -> String {
        let mut text = format!("“{query}”：{} 条\n", answer.found.len());
        for ranked in answer.found.iter().take(self.limit) {
            let day = ranked.day().map(|day| format!("  {day}")).unwrap_or_default();
            let address = &site.portal.item(ranked.document.id).address;
            text.extend(["  ", &ranked.document.title, &day, "\n    ", address.as_str(), "\n"]);
        }
        text
    }
}

fn json(site: &Site, query: &str, answer: &Answer<'_>) -> serde_json::Value {
    let address = |ranked: &&Ranked| site.portal.item(ranked.document.id).address.to_string();
    let found: Vec<String> = answer.found.iter().map(address).collect();
    serde_json::json!({ "query": query, "terms": answer.terms, "found": found })
}
