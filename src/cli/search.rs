//! `shuyuan search`: searches the project's content as the portal's own search would.

use super::{Exit, ProjectArgs};
use crate::diag::Findings;
use crate::diag::fault::Fault;
use crate::load::Inputs;
use crate::page::context::Context;
use crate::pipeline::{self, Timings};
use crate::search::query::{Answer, Index};

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
    pub(super) fn run(&self) -> Exit {
        match self.search() {
            Ok(exit) => exit,
            Err(fault) => {
                anstream::eprintln!("{fault}");
                Exit::Fault
            }
        }
    }

    fn search(&self) -> Result<Exit, Fault> {
        let mut findings = Findings::default();
        let inputs = Inputs::from_disk(&self.project.root, &mut findings)?;
        let site = pipeline::prepare(&inputs, &self.project.options(), None, &mut findings, &mut Timings::new())?;
        let Some(site) = site else {
            super::project::print(&findings.sorted());
            return Ok(Exit::Mistakes);
        };
        let index = Index::new(Context { portal: &site.portal, assets: &site.assets, words: &site.theme.words });
        for query in &self.queries {
            let answer = index.ask(query);
            if self.json { println!("{}", json(query, &answer)) } else { self.print(query, &answer) }
        }
        Ok(Exit::Fine)
    }

    fn print(&self, query: &str, answer: &Answer<'_>) {
        println!("“{query}”：{} 条", answer.found.len());
        for document in answer.found.iter().take(self.limit) {
            let day = document.day.map(|day| format!("  {day}")).unwrap_or_default();
            println!("  {}{day}\n    {}", document.title, document.address);
        }
    }
}

fn json(query: &str, answer: &Answer<'_>) -> serde_json::Value {
    let found: Vec<&str> = answer.found.iter().map(|document| document.address.as_str()).collect();
    serde_json::json!({ "query": query, "terms": answer.terms, "candidates": answer.candidates, "found": found })
}
