//! The Chinese words in which editors think of fields and choices, and the English ones that content uses.
//!
//! Most come from the fields' own explanations in the schema; the tables here add what people say besides.

use serde_json::Value as Json;
use unicode_normalization::UnicodeNormalization as _;

use super::Kind;
use super::meant::unquoted;

/// Fields in everyday words: the fields that a word may mean; the first that the place has is meant.
const FIELDS: [(&str, &[&str]); 100] = [
    ("标题", &["title"]),
    ("名称", &["title"]),
    ("名字", &["title"]),
    ("姓名", &["title", "person"]),
    ("课程名称", &["title"]),
    ("班名", &["title"]),
    ("编号", &["id"]),
    ("摘要", &["summary"]),
    ("简介", &["summary"]),
    ("介绍", &["summary"]),
    ("概要", &["summary"]),
    ("描述", &["description", "summary"]),
    ("正文", &["body"]),
    ("内容", &["body"]),
    ("日期", &["date"]),
    ("发布日期", &["publish", "date"]),
    ("更新", &["updated"]),
    ("更新日期", &["updated"]),
    ("截止", &["expires", "to", "by"]),
    ("有效期", &["expires"]),
    ("撤下", &["withdrawn"]),
    ("草稿", &["draft"]),
    ("旧编号", &["formerly"]),
    ("图片", &["picture"]),
    ("照片", &["picture"]),
    ("封面", &["picture"]),
    ("封面图", &["picture"]),
    ("题图", &["picture"]),
    ("相册", &["gallery"]),
    ("附件", &["attachments"]),
    ("出处", &["sources"]),
    ("来源", &["source", "sources", "credit"]),
    ("备注", &["notes", "note"]),
    ("说明", &["notes", "note", "detail", "alt"]),
    ("图片说明", &["alt"]),
    ("src", &["file"]),
    ("path", &["file"]),
    ("tags", &["topics"]),
    ("categories", &["topics"]),
    ("文件", &["file"]),
    ("主题", &["topics", "theme"]),
    ("类别", &["topics", "class", "sort"]),
    ("分类", &["topics", "class", "sort"]),
    ("人群", &["audiences"]),
    ("对象", &["audiences"]),
    ("老师", &["teachers"]),
    ("教师", &["teachers"]),
    ("任课教师", &["teachers"]),
    ("主讲人", &["teachers"]),
    ("主讲", &["teachers"]),
    ("学费", &["fee"]),
    ("机构", &["institution"]),
    ("学校", &["institution"]),
    ("单位", &["unit", "workplace"]),
    ("主办单位", &["unit", "organisers", "organiser"]),
    ("承办单位", &["operator", "institution"]),
    ("场地", &["venue"]),
    ("地点", &["venue", "place", "address"]),
    ("教室", &["venue"]),
    ("地址", &["address", "venue", "place"]),
    ("区域", &["region", "regions"]),
    ("地区", &["region", "regions"]),
    ("变动", &["changes"]),
    ("改动", &["changes"]),
    ("原定时间", &["moved_from"]),
    ("原定场地", &["venue_from"]),
    ("上级", &["parent"]),
    ("级别", &["level", "tier"]),
    ("程度", &["level"]),
    ("费用", &["fee"]),
    ("收费", &["fee"]),
    ("价格", &["fee"]),
    ("名额", &["capacity"]),
    ("剩余名额", &["places"]),
    ("余额", &["places", "left"]),
    ("报名时间", &["enrol"]),
    ("报名日期", &["enrol"]),
    ("人数", &["capacity", "members"]),
    ("座位", &["seats"]),
    ("报名", &["enrol", "booking"]),
    ("预约", &["booking", "enrol"]),
    ("电话", &["phone"]),
    ("联系电话", &["phone"]),
    ("联系人", &["person"]),
    ("联系方式", &["contact", "enrol", "booking"]),
    ("网址", &["url", "base_url"]),
    ("开班", &["runs"]),
    ("班次", &["runs"]),
    ("状态", &["status"]),
    ("原因", &["reason"]),
    ("方式", &["mode"]),
    ("时间", &["time", "sessions", "weekly", "date"]),
    ("发布时间", &["publish", "date"]),
    ("邮箱", &["note"]),
    ("email", &["note"]),
    ("微信", &["note"]),
    ("wechat", &["note"]),
    ("开始", &["start", "from"]),
    ("结束", &["end", "to"]),
    ("星期", &["days"]),
];

/// Choices in everyday words: the words of content that one may mean. The word of the field at hand is meant.
const CHOICES: [(&str, &[&str]); 71] = [
    ("周一", &["mon"]),
    ("周二", &["tue"]),
    ("周三", &["wed"]),
    ("周四", &["thu"]),
    ("周五", &["fri"]),
    ("周六", &["sat"]),
    ("周日", &["sun"]),
    ("周天", &["sun"]),
    ("星期天", &["sun"]),
    ("已取消", &["cancelled"]),
    ("停课", &["cancelled"]),
    ("停办", &["cancelled"]),
    ("改期", &["moved"]),
    ("延期", &["moved"]),
    ("推迟", &["moved"]),
    ("改地点", &["moved"]),
    ("报满", &["full"]),
    ("已满", &["full"]),
    ("满额", &["full"]),
    ("照常", &["scheduled"]),
    ("网上", &["online"]),
    ("网络", &["online"]),
    ("直播", &["online"]),
    ("现场", &["onsite"]),
    ("面授", &["onsite"]),
    ("混合", &["mixed"]),
    ("初级", &["beginner"]),
    ("入门", &["beginner"]),
    ("初学", &["beginner"]),
    ("中级", &["intermediate"]),
    ("高级", &["advanced"]),
    ("全国", &["national"]),
    ("县级", &["district"]),
    ("区级", &["district"]),
    ("乡镇", &["town"]),
    ("街道", &["town"]),
    ("村", &["village"]),
    ("社区", &["village", "community"]),
    ("全职", &["full"]),
    ("志愿教师", &["volunteer"]),
    ("通知", &["notice"]),
    ("公告", &["notice"]),
    ("新闻", &["report"]),
    ("主任", &["head"]),
    ("副组长", &["deputy"]),
    ("组员", &["member"]),
    ("教学点", &["point"]),
    ("网页", &["web"]),
    ("报纸", &["media", "print"]),
    ("至少", &["at-least"]),
    ("最多", &["at-most"]),
    ("大约", &["about"]),
    (">=", &["at-least"]),
    ("≥", &["at-least"]),
    (">", &["at-least"]),
    ("不低于", &["at-least"]),
    ("以上", &["at-least"]),
    ("<=", &["at-most"]),
    ("≤", &["at-most"]),
    ("<", &["at-most"]),
    ("以下", &["at-most"]),
    ("≈", &["about"]),
    ("全覆盖", &["all"]),
    ("%", &["percent"]),
    ("m2", &["square-metre"]),
    ("平米", &["square-metre"]),
    ("报名中", &["scheduled"]),
    ("无障碍", &["step-free"]),
    ("坡道", &["step-free"]),
    ("厕所", &["toilet"]),
    ("无障碍厕所", &["toilet"]),
];

/// A written word as it is compared: half-width, in lower case, without quotes and spaces around it.
fn plain(word: &str) -> String {
    let narrow: String = word.nfkc().collect();
    let narrow = narrow.trim().to_lowercase();
    unquoted(&narrow).unwrap_or(&narrow).trim().to_owned()
}

/// The field among `known` that a key in everyday words means. Each comes with its explanation.
pub fn field<'a>(written: &str, known: &[(&'a str, &str)]) -> Option<&'a str> {
    let written = plain(written);
    let exact = known.iter().find(|(key, title)| label(title) == written || *key == written);
    let (key, _) =
        exact.or_else(|| meanings(&written).iter().find_map(|meant| known.iter().find(|(key, _)| key == meant)))?;
    Some(key)
}

/// The fields that a key in everyday words may mean, wherever they stand.
pub fn meanings(written: &str) -> &'static [&'static str] {
    let written = plain(written);
    let exact = FIELDS.iter().find(|(word, _)| *word == written);
    // 报名电话 is a 电话.
    let ending = FIELDS.iter().filter(|(word, _)| written.ends_with(word)).max_by_key(|(word, _)| word.len());
    exact.or(ending).map_or(&[], |(_, meant)| *meant)
}

/// The beginning of an explanation, which names the field: 学费（元），0 是免费 → 学费.
fn label(title: &str) -> &str {
    title.split(['（', '，', '：', '、', '；', ' ', '(']).next().unwrap_or(title)
}

/// A word of content and what it means, if that is written somewhere.
pub type Choice<'a> = (&'a str, Option<&'a str>);

/// The choices of a schema with what they mean: from the choices' own descriptions, from the field's explanation
/// (`full 专职、part 兼职`), or, for a kind, its name.
pub fn choices<'a>(schema: &'a Json, title: &'a str) -> Option<Vec<Choice<'a>>> {
    let explained = |word: &str| {
        let pieces = title.split(['：', '、', '，']).map(str::trim);
        pieces
            .filter_map(|piece| piece.split_once(' '))
            .find(|(key, _)| *key == word)
            .map(|(_, meaning)| meaning)
            .filter(is_han)
    };
    let meaning = |word: &'a str| {
        let kind = || Kind::from_folder(word).map(Kind::label);
        (word, explained(word).or_else(kind))
    };
    if let Some(words) = schema.get("enum").and_then(Json::as_array) {
        return Some(words.iter().filter_map(Json::as_str).map(meaning).collect());
    }
    let variants = schema.get("oneOf").and_then(Json::as_array)?;
    let choice = |variant: &'a Json| {
        let word = variant.get("const")?.as_str()?;
        let own = variant.get("description").and_then(Json::as_str).map(|text| text.trim_end_matches('.'));
        let own = own.filter(is_han);
        Some((word, explained(word).or(own)))
    };
    variants.iter().map(choice).collect()
}

fn is_han(text: &&str) -> bool {
    text.starts_with(|c: char| !c.is_ascii())
}

/// The word of content that a choice in everyday words means.
pub fn choice<'a>(written: &str, choices: &[Choice<'a>]) -> Option<&'a str> {
    if days(written, choices).is_some() {
        return None;
    }
    let written = plain(written);
    let written = written.strip_prefix('每').filter(|rest| !rest.is_empty()).unwrap_or(&written);
    let written = &written.replace("礼拜", "周").replace("星期", "周").replace("周七", "周日");
    let weekdays = choices.first().is_some_and(|(word, _)| *word == "mon");
    let written = &match "一二三四五六日天1234567".find(written.as_str()).filter(|_| weekdays && !written.is_empty())
    {
        Some(_) if written.chars().count() == 1 => {
            let digit = written.parse::<usize>().ok().and_then(|nth| "一二三四五六日".chars().nth(nth - 1));
            format!("周{}", digit.map_or_else(|| written.clone(), |c| c.to_string()))
        }
        _ => written.clone(),
    };
    let meaning = |wanted: &dyn Fn(&str) -> bool| {
        let mut found = choices.iter().filter(|(_, meaning)| meaning.is_some_and(wanted));
        let first = found.next()?;
        found.next().is_none().then_some(first.0)
    };
    let table = || {
        let (_, meant) = CHOICES.iter().find(|(word, _)| word == written)?;
        choices.iter().find(|(word, _)| meant.contains(word)).map(|(word, _)| *word)
    };
    let english = || {
        let begins = |word: &str| word.len() >= 3 && (written.starts_with(word) || word.starts_with(written.as_str()));
        let mut found = choices.iter().filter(|(word, _)| begins(word));
        let first = found.next().filter(|_| written.len() >= 3)?;
        found.next().is_none().then_some(first.0)
    };
    meaning(&|meaning| meaning.replace("星期", "周") == *written)
        .or_else(table)
        .or_else(|| meaning(&|meaning| meaning.chars().count() > 1 && written.contains(meaning)))
        .or_else(|| meaning(&|meaning| written.chars().count() > 1 && meaning.contains(written.as_str())))
        .or_else(|| {
            // 市级 where the meaning is 市.
            let stem = written.strip_suffix('级')?;
            meaning(&|meaning| meaning == stem || meaning.strip_suffix('级') == Some(stem))
        })
        .or_else(english)
        .or_else(|| {
            // 延期至12月, 入门级: what the word begins with decides.
            let begins = |word: &str| word.chars().count() > 1 && written.starts_with(word);
            let (_, meant) = CHOICES.iter().filter(|(word, _)| begins(word)).max_by_key(|(word, _)| word.len())?;
            choices.iter().find(|(word, _)| meant.contains(word)).map(|(word, _)| *word)
        })
}

/// The words of content that stand somewhere in a text: 隔周二 → tue.
pub fn within<'a>(written: &str, choices: &[Choice<'a>]) -> Vec<&'a str> {
    let written = plain(written).replace("礼拜", "周").replace("星期", "周");
    let named = CHOICES.iter().filter(|(word, _)| word.chars().count() > 1 && written.contains(word));
    let meant: Vec<&str> = named.flat_map(|(_, meant)| meant.iter().copied()).collect();
    choices.iter().map(|(word, _)| *word).filter(|word| meant.contains(word)).collect()
}

/// Whether a text says that there is no limit to a number.
pub fn is_unlimited(text: &str) -> bool {
    ["不限", "无限", "若干", "没有限制", "无限制"].iter().any(|word| text.contains(word))
}

/// The choices that one word for several days of the week means: 每天, 工作日, 周末.
pub fn days<'a>(written: &str, choices: &[Choice<'a>]) -> Option<Vec<&'a str>> {
    let written = plain(written);
    if let Some(days) = named_days(&written, choices) {
        return Some(days);
    }
    let range = match written.as_str() {
        "每天" | "每日" | "天天" => 0..7,
        "工作日" | "平日" => 0..5,
        "周末" | "双休日" | "每周末" => 5..7,
        _ => return None,
    };
    let days = choices.get(range).filter(|_| choices.first().is_some_and(|(word, _)| *word == "mon"))?;
    Some(days.iter().map(|(word, _)| *word).collect())
}

/// Several days of the week in one word: 周二四, 周一三五, 周二周四.
fn named_days<'a>(written: &str, choices: &[Choice<'a>]) -> Option<Vec<&'a str>> {
    let bare = written.trim_start_matches('每').replace("礼拜", "周").replace("星期", "周");
    let days = bare.strip_prefix('周')?.replace('周', "").replace('天', "日");
    let place = |c: char| "一二三四五六日".chars().position(|day| day == c);
    if days.chars().count() < 2 || choices.first().is_none_or(|(word, _)| *word != "mon") {
        return None;
    }
    days.chars().map(|c| choices.get(place(c)?).map(|(word, _)| *word)).collect()
}

/// What 是, 否 and their like mean.
pub fn truth(written: &str) -> Option<bool> {
    match plain(written).as_str() {
        "是" | "对" | "真" | "有" | "yes" | "y" | "on" | "1" | "true" | "t" | "√" => Some(true),
        "否" | "不" | "不是" | "假" | "无" | "没有" | "no" | "n" | "off" | "0" | "false" | "f" | "×" => {
            Some(false)
        }
        _ => None,
    }
}

/// The kind that a name in everyday words means: its folder in another form, or its name.
pub fn kind(written: &str) -> Option<Kind> {
    let written = plain(written);
    Kind::ALL.iter().copied().find(|kind| kind.label() == written || kind.folder() == written)
}

/// Whether a text says that something is not known yet, or that there is none.
pub fn is_undecided(text: &str) -> bool {
    let text = plain(text);
    ["待定", "未定", "无", "暂无", "没有", "另行通知", "待通知", "待补充", "不详", "/", "-", "—"]
        .contains(&text.as_str())
}

/// Whether a text names a place on the net instead of a place.
pub fn is_online(text: &str) -> bool {
    ["线上", "网上", "在线", "腾讯会议", "钉钉", "直播", "云课堂", "zoom"].iter().any(|word| plain(text).contains(word))
}

/// Whether a text says that something costs nothing.
pub fn is_free(text: &str) -> bool {
    let text = plain(text);
    if text == "免" {
        return true;
    }
    ["免费", "全免", "免收", "免学费", "公益", "不收费", "不要钱", "无", "没有", "free"]
        .iter()
        .any(|word| text.contains(word))
        && !text.contains(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::schema;

    fn of(kind: Kind, path: &str) -> (Json, String) {
        let root = schema::of_kind(kind);
        let property = root.pointer(path).expect("a property").clone();
        let title = property.get("title").and_then(Json::as_str).unwrap_or_default().to_owned();
        let inner = property.get("items").unwrap_or(&property);
        (schema::resolve(&root, inner).clone(), title)
    }

    #[test]
    fn a_choice_in_chinese_means_the_word_of_its_field() {
        let cases = [
            (Kind::Event, "/properties/status", "取消", Some("cancelled")),
            (Kind::Event, "/properties/status", "延期", Some("moved")),
            (Kind::Event, "/properties/status", "canceled", None),
            (Kind::Course, "/properties/mode", "线上", Some("online")),
            (Kind::Course, "/properties/level", "零基础", Some("beginner")),
            (Kind::Course, "/properties/level", "高级", Some("advanced")),
            (Kind::Teacher, "/properties/sort", "兼职教师", Some("part")),
            (Kind::Teacher, "/properties/sort", "专职", Some("full")),
            (Kind::Star, "/properties/level", "市级", Some("city")),
            (Kind::Star, "/properties/level", "国家级", Some("national")),
            (Kind::Award, "/properties/class", "先进单位", Some("unit")),
            (Kind::Region, "/properties/level", "镇街", Some("town")),
            (Kind::Venue, "/properties/access", "电梯", Some("lift")),
            (Kind::News, "/properties/sort", "通知", Some("notice")),
            (Kind::News, "/properties/sort", "天气", None),
        ];
        for (kind, path, written, expected) in cases {
            let (schema, title) = of(kind, path);
            let choices = choices(&schema, &title).expect("choices");
            assert_eq!(choice(written, &choices), expected, "{kind} {path} {written}");
        }
    }

    #[test]
    fn days_of_the_week_are_understood() {
        let root = schema::of_kind(Kind::Venue);
        let schema = root.pointer("/$defs/Weekday").expect("the days of the week");
        let choices = choices(schema, "星期几：mon tue wed thu fri sat sun").expect("choices");
        for (written, expected) in
            [("周四", "thu"), ("星期日", "sun"), ("礼拜天", "sun"), ("每周二", "tue"), ("Thursday", "thu")]
        {
            assert_eq!(choice(written, &choices), Some(expected), "{written}");
        }
        assert_eq!(choice("每天", &choices), None);
        assert_eq!(days("周末", &choices), Some(vec!["sat", "sun"]));
        assert_eq!(days("每天", &choices).map(|days| days.len()), Some(7));
        assert_eq!(days("工作日", &choices).map(|days| days.len()), Some(5));
        assert_eq!(days("周二", &choices), None);
    }

    #[test]
    fn a_key_in_chinese_means_a_field_that_the_place_has() {
        let root = schema::of_kind(Kind::Course);
        let properties = root["properties"].as_object().expect("properties");
        let title = |property: &Json| property.get("title").and_then(Json::as_str).unwrap_or_default().to_owned();
        let known: Vec<(String, String)> = properties.iter().map(|(key, p)| (key.clone(), title(p))).collect();
        let known: Vec<(&str, &str)> = known.iter().map(|(key, title)| (key.as_str(), title.as_str())).collect();
        for (written, expected) in
            [("学费", "fee"), ("标题", "title"), ("老师", "teachers"), ("地点", "venue"), ("“title”", "title")]
        {
            assert_eq!(field(written, &known), Some(expected), "{written}");
        }
        assert_eq!(field("天气", &known), None);
    }

    #[test]
    fn every_meant_word_exists() {
        let mut fields = std::collections::BTreeSet::new();
        let schemas: Vec<Json> =
            Kind::ALL.iter().map(|kind| schema::of_kind(*kind)).chain([schema::of_site()]).collect();
        let text = serde_json::to_string(&schemas).expect("schemas");
        for schema in &schemas {
            let defs = schema.get("$defs").and_then(Json::as_object).into_iter().flat_map(|defs| defs.values());
            for part in defs.chain([schema]) {
                fields.extend(
                    part.get("properties").and_then(Json::as_object).into_iter().flat_map(|p| p.keys().cloned()),
                );
            }
        }
        for (word, meant) in FIELDS {
            assert!(meant.iter().all(|meant| fields.contains(*meant)), "{word} {meant:?}");
        }
        for (word, meant) in CHOICES {
            assert!(meant.iter().all(|meant| text.contains(&format!("\"{meant}\""))), "{word} {meant:?}");
        }
    }
}
