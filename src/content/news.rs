//! News (新闻、通知).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::audience::Audience;
use super::choice::choice;
use super::institution::Institution;
use super::region::Region;
use super::rules::{self, Broken, Portrait, Rules};
use super::shared::{Common, Consent, Picture};
use super::topic::Topic;
use super::unit::Unit;
use super::value::{MixedRef, Ref};
use crate::diag::catalogue as say;

choice! {
    /// Whether news is a report or a notice.
    #[derive(Default)]
    pub enum NewsSort("news-sort") {
        /// 动态.
        #[default]
        Report = "report",
        /// 通知公告.
        Notice = "notice",
    }
}

/// A piece of news; it must have a `date`.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct News {
    /// Report or notice.
    #[serde(default)]
    #[schemars(title = "report 动态、notice 通知公告", example = &"notice")]
    pub sort: NewsSort,
    /// 来源.
    #[schemars(title = "来源", example = &"区社区学院")]
    pub source: String,
    /// Author.
    #[serde(default)]
    #[schemars(title = "作者", example = &"某某（示例）")]
    pub author: Option<String>,
    /// Where.
    #[serde(default)]
    #[schemars(title = "有关的区域")]
    pub region: Option<Ref<Region>>,
    /// Units concerned.
    #[serde(default)]
    #[schemars(title = "有关的单位")]
    pub units: Vec<Ref<Unit>>,
    /// Institutions concerned.
    #[serde(default)]
    #[schemars(title = "有关的机构")]
    pub institutions: Vec<Ref<Institution>>,
    /// Topics.
    #[serde(default)]
    #[schemars(title = "主题")]
    pub topics: Vec<Ref<Topic>>,
    /// For whom.
    #[serde(default)]
    #[schemars(title = "面向的人群")]
    pub audiences: Vec<Ref<Audience>>,
    /// Entries of any kind that it is about: `kind/id`.
    #[serde(default)]
    #[schemars(title = "相关内容，写作 类别/编号，如 courses/taiji")]
    pub about: Vec<MixedRef>,
    /// Consent of those whom the pictures show. If it lapses, the pictures are withheld.
    #[serde(default)]
    #[schemars(title = "照片里的人的授权；有孩子时必须写，到期照片不再发布")]
    pub consent: Option<Consent>,
    /// The gallery.
    #[serde(default)]
    #[schemars(title = "相册")]
    pub gallery: Vec<Picture>,
}

impl Rules for News {
    const NEEDS: &'static [&'static str] = &["date"];

    fn rules(&self, common: &Common, broken: &mut Broken) {
        if common.date.is_none() {
            broken.push((Vec::new(), say::missing_date()));
        }
        rules::consent(self.consent.as_ref(), broken);
    }

    fn portrait(&self) -> Portrait<'_> {
        self.consent.as_ref().map_or(Portrait::Nobody, |consent| Portrait::Person(Some(consent)))
    }

    fn gallery(&self) -> &[Picture] {
        &self.gallery
    }
}
