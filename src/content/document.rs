//! Public notices (公文) and their clauses, which are the sources of duties and figures.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::choice::choice;
use super::institution::Tier;
use super::region::Region;
use super::rules::{Broken, Rules, at};
use super::shared::Common;
use super::unit::Unit;
use super::value::{Day, Id, Ref, Url};
use crate::diag::catalogue as say;

choice! {
    /// What an annex is.
    pub enum AnnexSort("annex-sort") {
        /// 成员名单.
        Roster = "roster",
        /// 职责分工.
        Duties = "duties",
    }
}

/// A notice, as metadata and clause summaries.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// 发文字号, if it has one.
    #[serde(default)]
    #[schemars(title = "发文字号", example = &"某政办〔2026〕1号")]
    pub number: Option<String>,
    /// 发文机关.
    #[schemars(title = "发文机关", example = ["某区人民政府办公室"])]
    pub issuers: Vec<String>,
    /// 成文日期.
    #[serde(default)]
    #[schemars(title = "成文日期", example = &"2026-03-01")]
    pub issued: Option<Day>,
    /// 印发日期.
    #[serde(default)]
    #[schemars(title = "印发日期", example = &"2026-03-02")]
    pub printed: Option<Day>,
    /// 主送.
    #[serde(default)]
    #[schemars(title = "主送", example = ["各镇（街道）"])]
    pub to: Vec<String>,
    /// 抄送.
    #[serde(default)]
    #[schemars(title = "抄送", example = ["区委各部门"])]
    pub copies: Vec<String>,
    /// Where the issuer has published it.
    #[serde(default)]
    #[schemars(title = "发文机关公开原文的网址；原件作附件的写 attachments", example = &"https://www.example.gov.cn/gongwen.html")]
    pub url: Option<Url>,
    /// The region it applies to.
    #[schemars(title = "适用的区域")]
    pub region: Ref<Region>,
    /// The unit that leads the work.
    #[serde(default)]
    #[schemars(title = "主办单位")]
    pub unit: Option<Ref<Unit>>,
    /// The tiers of the school network that it asks for: a school in each town, a learning point in each town and village.
    #[serde(default)]
    #[schemars(title = "要求建哪几级办学机构：school 每个镇街一所学校、point 每个镇街和村社区有学习点", example = ["school", "point"])]
    pub network: Vec<Tier>,
    /// 附件.
    #[serde(default)]
    #[schemars(title = "公文的附件目录")]
    pub annexes: Vec<Annex>,
    /// 依据文件.
    #[serde(default)]
    #[schemars(title = "依据文件")]
    pub cites: Vec<Cited>,
    /// Clauses that other entries cite as sources.
    #[serde(default)]
    #[schemars(title = "条款，职责和指标都指向这里")]
    pub clauses: Vec<Clause>,
}

/// An annex of a notice.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Annex {
    /// Its label, such as 附件1.
    #[schemars(title = "序号", example = &"附件1")]
    pub label: String,
    /// Its title.
    #[schemars(title = "名称", example = &"成员名单")]
    pub title: String,
    /// What it is, where somebody computes with it.
    #[serde(default)]
    #[schemars(title = "是什么：roster 成员名单、duties 职责分工；职责分工里有职责的单位，应当在名单里", example = &"roster")]
    pub sort: Option<AnnexSort>,
}

/// A document that a notice cites as its basis.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cited {
    /// Its title.
    #[schemars(title = "名称", example = &"教育部等九部门关于进一步推进社区教育发展的意见")]
    pub title: String,
    /// Its number.
    #[serde(default)]
    #[schemars(title = "发文字号", example = &"教职成〔2016〕4号")]
    pub number: Option<String>,
    /// Its entry, where the portal has it.
    #[serde(default)]
    #[schemars(title = "本站收录的公文")]
    pub document: Option<Ref<Document>>,
}

/// A clause: an anchor in its document.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// The id, unique in its document; the anchor on its page.
    #[schemars(title = "条款编号", example = &"c1")]
    pub id: Id,
    /// The number as the notice writes it.
    #[schemars(title = "公文里的序号", example = &"一")]
    pub label: String,
    /// What it says, summarised.
    #[schemars(title = "内容概要（用自己的话写）", example = &"说明总体要求")]
    pub summary: String,
    /// Its own wording, for portals that publish their own notices.
    #[serde(default)]
    #[schemars(title = "原文（发布本单位自己的公文时写，逐字照抄，原样显示；分段的空一行）", example = &"坚持政府主导、部门协作。")]
    pub quote: Option<String>,
}

impl Rules for Document {
    fn rules(&self, _: &Common, broken: &mut Broken) {
        for (at, clause) in self.clauses.iter().enumerate() {
            if self.clauses[..at].iter().any(|earlier| earlier.id == clause.id) {
                broken.push((at!["clauses", at, "id"], say::duplicate_id("条款", clause.id.as_str())));
            }
        }
        if let (Some(issued), Some(printed)) = (self.issued, self.printed)
            && printed < issued
        {
            broken.push((at!["printed"], say::end_before_start()));
        }
    }
}
