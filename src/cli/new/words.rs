//! Which kind of content an editor means: everyday words for kinds.

use crate::content::Kind;
use crate::diag::nearest;

/// What offices call entries of a kind, beside its folder and its label.
fn everyday(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Region => &["地区", "街道", "乡镇", "镇", "村", "居委会", "社区"],
        Kind::Topic => &["话题", "分类", "类别", "栏目", "专题"],
        Kind::Audience => &["受众", "对象", "人群分类", "服务对象"],
        Kind::Document => &["文件", "政策", "政策文件", "制度", "法规", "规划"],
        Kind::Unit => &["单位", "部门", "委办局"],
        Kind::Committee => &["小组", "委员会", "联席会议"],
        Kind::Duty => &["职能", "分工", "任务", "工作职责"],
        Kind::Indicator => &["目标", "考核指标"],
        Kind::Phase => &["阶段", "时限", "进度", "工作阶段"],
        Kind::Standard => &["标准"],
        Kind::Institution => &["机构", "学院", "学校", "教学点", "社区学校", "社区学院", "社区教育网络"],
        Kind::Venue => &["场馆", "地点", "学习场所", "教室", "会场", "位置"],
        Kind::Teacher => &["老师", "师资", "讲师", "教员", "志愿者", "辅导员"],
        Kind::Course => &["课", "班", "班级", "课程班", "培训", "培训班", "开课"],
        Kind::Edition => &["学习周", "全民终身学习活动周", "届次", "节"],
        Kind::Event => &["讲座", "比赛", "展览", "演出", "活动预告", "体验"],
        Kind::Star => &["学习之星", "百姓之星", "典型", "人物", "学员"],
        Kind::Brand => &["品牌", "项目", "终身学习品牌"],
        Kind::Team => &["团队", "社团", "队伍", "学习小组"],
        Kind::Award => &["奖项", "荣誉", "表彰奖励", "获奖", "评优"],
        Kind::Organisation => &["学习型社区", "学习型单位", "学习型城市"],
        Kind::Selection => &["公示", "申报", "评审"],
        Kind::News => &["通知", "公告", "动态", "消息", "资讯", "通知公告", "报道", "简报", "要闻"],
        Kind::ResourceList => &["资源", "清单", "学习资源"],
        Kind::ActionPlan => &["计划", "方案", "年度计划", "实施方案"],
        Kind::Holidays => &["节假日", "放假", "假期", "放假安排", "调休", "节日"],
        Kind::Facility => &["设施", "图书馆", "文化馆", "博物馆", "体育馆", "学校开放"],
        Kind::Platform => &["平台", "网络平台", "学习平台"],
        Kind::Funding => &["经费投入", "预算", "资金"],
        Kind::Survey => &["满意度", "测评", "问卷", "调查"],
        Kind::Pool => &["志愿者队伍", "专家库", "师资库"],
        Kind::Evidence => &["台账", "材料", "佐证", "佐证材料", "档案"],
        Kind::Page => &["网页", "单页", "介绍"],
    }
}

/// The kind that is called so: by its folder, its singular, its label, a part that only one label contains, or an
/// everyday word.
///
/// # Errors
/// A message that lists all kinds.
pub(super) fn kind(word: &str) -> Result<Kind, String> {
    let all = Kind::ALL.iter().copied();
    let small = word.to_ascii_lowercase();
    let is_named = |kind: &Kind| {
        [kind.folder(), &singular(kind.folder())].contains(&&*small)
            || kind.label() == word
            || everyday(*kind).contains(&word)
    };
    if let Some(kind) = all.clone().find(is_named) {
        return Ok(kind);
    }
    let parts: Vec<Kind> = all.clone().filter(|kind| !word.is_ascii() && kind.label().contains(word)).collect();
    if let [kind] = parts[..] {
        return Ok(kind);
    }
    let names = all.clone().flat_map(|kind| [kind.folder(), kind.label()]);
    let near = nearest(word, names).map_or_else(String::new, |near| format!("是不是 {near}？"));
    let list: Vec<String> = all.map(|kind| format!("  {:<14}{}", kind.folder(), kind.label())).collect();
    Err(format!("没有“{word}”这种内容。{near}可以写：\n{}", list.join("\n")))
}

fn singular(folder: &str) -> String {
    match folder.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None if folder == "news" => folder.to_owned(),
        None => folder.trim_end_matches('s').to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_found_by_any_of_its_names() {
        for (word, expected) in [
            ("courses", Kind::Course),
            ("Course", Kind::Course),
            ("课程", Kind::Course),
            ("课", Kind::Course),
            ("duty", Kind::Duty),
            ("news", Kind::News),
            ("通知", Kind::News),
            ("活动", Kind::Event),
            ("老师", Kind::Teacher),
            ("地点", Kind::Venue),
            ("学习之星", Kind::Star),
        ] {
            assert_eq!(kind(word), Ok(expected), "{word}");
        }
        for one in Kind::ALL {
            assert_eq!(kind(one.label()), Ok(*one));
            assert_eq!(kind(&singular(one.folder())), Ok(*one));
        }
        let said = kind("coures").expect_err("unknown");
        assert!(said.contains("是不是 courses？") && said.contains("百姓学习之星"), "{said}");
    }

    #[test]
    fn no_everyday_word_means_two_kinds() {
        let mut words: Vec<&str> =
            Kind::ALL.iter().flat_map(|kind| everyday(*kind).iter().copied().chain([kind.label()])).collect();
        let all = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), all);
    }
}
