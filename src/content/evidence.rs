//! Evidence (台账材料): what shows that a duty was done or where a value comes from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::choice::choice;
use super::document::Document;
use super::duty::Duty;
use super::indicator::Indicator;
use super::rules::{Broken, Rules, at};
use super::shared::Common;
use super::unit::Unit;
use super::value::{FilePath, Id, MixedRef, Ref, Span, Url};
use crate::diag::catalogue as say;

choice! {
    /// How far an item of evidence has come.
    pub enum EvidenceState("evidence-state") {
        /// 待补.
        Owed = "owed",
        /// 已归档.
        Filed = "filed",
        /// 已报送.
        Reported = "reported",
    }

    /// What an item of evidence is; it follows from the fields that are written.
    pub enum EvidenceSort("evidence-sort") {
        /// A file.
        File = "file",
        /// A document, or a clause of one.
        Document = "document",
        /// A page of the portal.
        Page = "page",
        /// A page elsewhere.
        Link = "link",
        /// Paper, or a file that stays in the office.
        Paper = "paper",
    }
}

/// An item of evidence.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// The unit that holds it.
    #[schemars(title = "由哪个单位保管")]
    pub unit: Ref<Unit>,
    /// How far it has come.
    #[schemars(title = "状态：owed 待补、filed 已归档、reported 已报送", example = &"owed")]
    pub state: EvidenceState,
    /// What it is of.
    #[schemars(title = "哪一段时间的材料，如 2026、2026-H1、2026-03", example = &"2026")]
    pub period: Span,
    /// The duties that it shows.
    #[serde(default)]
    #[schemars(title = "证明哪几项职责（和 indicators 至少写一样）")]
    pub duties: Vec<Ref<Duty>>,
    /// The indicators that it shows.
    #[serde(default)]
    #[schemars(title = "证明哪几项指标")]
    pub indicators: Vec<Ref<Indicator>>,
    /// A document.
    #[serde(default)]
    #[schemars(title = "材料是本站收录的一份公文")]
    pub document: Option<Ref<Document>>,
    /// A clause of the document.
    #[serde(default)]
    #[schemars(title = "公文里的条款编号", example = &"c1")]
    pub clause: Option<Id>,
    /// An entry of the portal.
    #[serde(default)]
    #[schemars(title = "材料是本站的一页，如 news/kaiban")]
    pub page: Option<MixedRef>,
    /// A file in the content folder.
    #[serde(default)]
    #[schemars(title = "材料是放进 content 的一个文件", example = &"/files/example.pdf")]
    pub file: Option<FilePath>,
    /// The SHA-256 of the file, in hexadecimal digits.
    #[serde(default)]
    #[schemars(title = "文件的 SHA-256，用来发现文件被换过；不写时检查会告诉现在的值", example = &"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    pub sha256: Option<String>,
    /// Whether everybody may fetch the file.
    #[serde(default)]
    #[schemars(title = "文件放到网上供下载；不写就只登记，不发布", example = true)]
    pub download: bool,
    /// A page elsewhere.
    #[serde(default)]
    #[schemars(title = "材料在别的网站上的地址", example = &"https://example.org/")]
    pub url: Option<Url>,
    /// Where paper, or a file that is not in the content folder, is kept.
    #[serde(default)]
    #[schemars(title = "纸质材料或留在办公室的文件存放在哪里", example = &"教育科 3 号柜，文件名“统计表.xlsx”")]
    pub kept: Option<String>,
    /// How many pages it has.
    #[serde(default)]
    #[schemars(title = "页数", example = 12)]
    pub pages: Option<u32>,
}

impl Evidence {
    /// What it is; `None` if nothing of it is named yet.
    pub fn sort(&self) -> Option<EvidenceSort> {
        let named = [
            (self.file.is_some(), EvidenceSort::File),
            (self.document.is_some(), EvidenceSort::Document),
            (self.page.is_some(), EvidenceSort::Page),
            (self.url.is_some(), EvidenceSort::Link),
            (self.kept.is_some(), EvidenceSort::Paper),
        ];
        named.into_iter().find_map(|(is_named, sort)| is_named.then_some(sort))
    }

    /// Whether it is there: filed, or reported to whoever asked for it.
    pub fn is_there(&self) -> bool {
        self.state != EvidenceState::Owed
    }
}

impl Rules for Evidence {
    const NEEDS: &'static [&'static str] = &["duties"];

    fn rules(&self, _: &Common, broken: &mut Broken) {
        if self.duties.is_empty() && self.indicators.is_empty() {
            broken.push((Vec::new(), say::evidence_of_nothing()));
        }
        if self.is_there() && self.sort().is_none() {
            broken.push((at!["state"], say::evidence_without_proof()));
        }
        if self.clause.is_some() && self.document.is_none() {
            broken.push((at!["clause"], say::missing_field("document", "")));
        }
        if self.pages == Some(0) {
            broken.push((at!["pages"], say::counts_none()));
        }
    }
}
