//! The way in: regions in the order of their tree, and lists as lines.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use shuyuan::content::Kind;
use shuyuan::diag::Findings;

use super::site::{TODAY, files, prepare, published};

/// A county with two towns, a village, and a district that comes before it.
const REGIONS: &str = "\
-- content/site.yaml --
{title: 门户, description: 一句话, id: menhu, since: 2026}
-- content/regions.yaml --
- {id: cun, title: 甲村, level: village, parent: b-zhen}
- {id: a-zhen, title: 丙镇, level: town, parent: xian}
- {id: b-zhen, title: 乙镇, level: town, parent: xian, order: 1}
- {id: xian, title: 小县, level: district}
- {id: qu, title: 大区, level: district}
- {id: jie, title: 大街, level: town, parent: qu}
";

fn pages(parts: &[&str], today: Date) -> BTreeMap<String, String> {
    published(&files(&parts.concat()), today)
}

#[test]
fn regions_are_in_the_order_of_their_tree() {
    let mut findings = Findings::default();
    let site = prepare(&files(REGIONS), TODAY, &mut findings).unwrap();
    let regions = site.portal.of_kind(Kind::Region).iter();
    let ids: Vec<&str> = regions.map(|id| site.portal.item(*id).id()).collect();
    assert_eq!(ids, ["qu", "jie", "xian", "b-zhen", "cun", "a-zhen"]);
}

#[test]
fn a_list_is_lines_with_what_comes_before_what_is_over() {
    const MORE: &str = "\
-- content/venues.yaml --
- {id: litang, title: 礼堂, region: a-zhen, address: 一号}
-- content/events.yaml --
- {id: over, title: 旧活动, venue: litang, order: 1, sessions: [{start: 2026-10-01 09:00, end: 2026-10-01 10:00}]}
- {id: soon, title: 新活动, venue: litang, sessions: [{start: 2026-11-03 09:00, end: 2026-11-03 10:00}]}
- {id: late, title: 后活动, venue: litang, order: 2, sessions: [{start: 2027-01-03 09:00, end: 2027-01-03 10:00}]}
- {id: gone, title: 往活动, venue: litang, order: 3, sessions: [{start: 2026-09-01 09:00, end: 2026-09-01 10:00}]}
";
    let pages = pages(&[REGIONS, MORE], date(2026, 11, 1));
    let list = &pages["events/index.html"];
    let headings: Vec<&str> =
        list.split("<h2 id=\"group-").skip(1).map(|rest| rest[3..].split("</h2>").next().unwrap()).collect();
    assert_eq!(headings, ["已结束", "还没结束"], "each heading stands once, whatever `order` says");
    assert!(list.contains("11月3日 星期二</time> 09:00–10:00"), "{list}");
    assert!(list.contains("2027年1月3日 星期日</time>"), "another year is said");
    assert!(!list.contains("class=\"card"), "lines, not cards");
}

/// A county with a learning point in one town, a school that supervises it, and what is on.
const LIFE: &str = "\
-- content/topics.yaml --
- {id: music, title: 音乐}
-- content/units.yaml --
- {id: zhen, title: 乙镇人民政府, sort: town, region: b-zhen}
-- content/institutions.yaml --
- {id: xueyuan, title: 小县学院, tier: college, region: xian}
- {id: xuexiao, title: 乙镇学校, tier: school, region: b-zhen, parent: xueyuan}
- id: dian
  title: 甲村学习点
  tier: point
  region: cun
  parent: xuexiao
  unit: zhen
  hours: [{days: [mon, tue, wed, thu, fri], time: {start: \"08:30\", end: \"17:00\"}}]
  contact: {phone: \"0000-0000011\"}
-- content/venues.yaml --
- {id: litang, title: 礼堂, region: b-zhen, address: 一号}
-- content/courses/sing.md --
---
title: 唱歌班
topics: [music]
institution: xuexiao
venue: litang
fee: 0
enrol: {phone: \"0000-0000012\"}
runs:
  - title: 冬
    sessions: [{start: 2026-11-04 09:00, end: 2026-11-04 10:00}]
---
-- content/events.yaml --
- {id: today, title: 今日活动, venue: litang, sessions: [{start: 2026-11-01 09:00, end: 2026-11-01 10:00}]}
- {id: seventh, title: 七日活动, venue: litang, sessions: [{start: 2026-11-07 09:00, end: 2026-11-07 10:00}]}
- {id: eighth, title: 八日活动, venue: litang, sessions: [{start: 2026-11-08 09:00, end: 2026-11-08 10:00}]}
- {id: off, title: 停办活动, venue: litang, status: cancelled, reason: 大风, sessions: [{start: 2026-11-02 09:00, end: 2026-11-02 10:00}]}
";

/// The section of a page with an anchor.
fn part<'a>(page: &'a str, anchor: &str) -> &'a str {
    let Some(start) = page.find(&format!("id=\"{anchor}\"")) else { return "" };
    let rest = &page[start..];
    &rest[..rest.find("</section>").unwrap_or(rest.len())]
}

#[test]
fn the_page_of_a_region_leads_with_its_week_its_courses_and_whom_to_call() {
    let pages = pages(&[REGIONS, LIFE], TODAY);
    let town = &pages["regions/b-zhen.html"];
    let week = part(town, "sec-week");
    assert!(["今日活动", "唱歌班", "七日活动"].iter().all(|title| week.contains(title)), "{week}");
    assert!(!week.contains("八日活动") && !week.contains("停办活动"), "seven days, and only what takes place: {week}");
    let order: Vec<usize> =
        ["sec-children", "sec-week", "sec-bookable", "sec-points"].map(|anchor| town.find(anchor).unwrap()).into();
    assert!(order.is_sorted());
    assert!(part(town, "sec-bookable").contains("唱歌班"));
    let point = part(town, "sec-points");
    assert!(point.contains("甲村学习点") && point.contains("href=\"tel:00000000011\""), "{point}");
    assert!(point.contains("星期一至星期五 08:30–17:00"), "{point}");
    assert!(point.contains("乙镇人民政府") && point.contains("乙镇学校"), "who runs it, and its school: {point}");
    assert!(town.contains("<a href=\"../regions/xian.html\">小县</a>"), "the way up");
}

#[test]
fn a_region_without_a_learning_point_shows_those_of_the_region_above_and_says_so() {
    let pages = pages(&[REGIONS, LIFE], TODAY);
    let point = part(&pages["regions/a-zhen.html"], "sec-points");
    assert!(point.contains("先找小县的") && point.contains("甲村学习点"), "{point}");
    let none = part(&pages["regions/jie.html"], "sec-points");
    assert_eq!(none, "", "another district's is none of its own");
}

#[test]
fn without_anything_this_week_a_region_shows_what_comes_next() {
    let pages = pages(&[REGIONS, LIFE], date(2026, 10, 1));
    let town = &pages["regions/b-zhen.html"];
    assert_eq!(part(town, "sec-week"), "");
    assert!(part(town, "sec-next").contains("今日活动"));
}

/// The tree of regions, without the ways into it.
fn tree(pages: &BTreeMap<String, String>) -> &str {
    let page = &pages["regions/index.html"];
    &page[page.find("<section").unwrap()..]
}

#[test]
fn all_regions_stand_on_one_page_towns_below_their_district() {
    let pages = pages(&[REGIONS, LIFE], TODAY);
    let tree = tree(&pages);
    let places = ["大区", "大街", "小县", "乙镇", "甲村", "丙镇"].map(|title| tree.find(title).unwrap());
    assert!(places.is_sorted(), "{places:?}");
    assert!(
        tree.contains("<a href=\"../regions/b-zhen.html\">乙镇 <span class=\"count count-week\">一周内 3 项"),
        "{tree}"
    );
    let foreign = tree.find("<details").unwrap();
    assert!(foreign < tree.find("大街").unwrap(), "towns are folded into their district");
}

/// A script cannot ask for more on a later day.
#[test]
fn a_page_that_gathers_has_what_is_right_on_a_later_day() {
    let sessions = "sessions: [{start: 2026-11-04 09:00, end: 2026-11-04 10:00}";
    let more = ", {start: 2026-11-11 09:00, end: 2026-11-11 10:00, status: cancelled, reason: 停电}, \
                {start: 2026-11-18 14:00, end: 2026-11-18 15:00}]";
    let life = LIFE.replace(&format!("{sessions}]"), &format!("{sessions}{more}"));
    assert_ne!(life, LIFE);
    let pages = pages(&[REGIONS, &life], TODAY);
    let built = format!("data-built=\"{TODAY}\"");
    assert!(tree(&pages).contains(&built) && part(&pages["regions/xian.html"], "sec-children").contains(&built));
    let town = &pages["regions/b-zhen.html"];
    let bookable = part(town, "sec-bookable");
    let when = "data-last=\"2026-11-18\" data-later=\"2026-11-18 11月18日 星期三 14:00–15:00\"";
    assert!(bookable.contains(when), "the next session that takes place, and the last day: {bookable}");
    assert!(bookable.contains("data-terms="), "whether one can join: {bookable}");
    assert!(town.contains("class=\"calendar-time\" data-last=\"2026-11-0"), "{town}");
    assert!(town.contains("/enrol."), "the script that reads it: {town}");
}

#[test]
fn a_portal_of_one_district_begins_there() {
    let home = REGIONS.replace("since: 2026}", "since: 2026, home_region: xian, home: [{block: now}, {block: near}]}");
    let one = pages(&[&home, LIFE], TODAY);
    assert!(one["regions/index.html"].contains("<h1>小县：找到我住的地方</h1>"));
    let tree = tree(&one);
    assert!(tree.find("乙镇").unwrap() < tree.find("大区").unwrap(), "its own streets come first");
    let near = part(&one["index.html"], "near");
    assert!(near.contains("乙镇") && near.contains("丙镇") && !near.contains("大区"), "{near}");
    let several = pages(&[&home.replace("home_region: xian, ", ""), LIFE], TODAY);
    let near = part(&several["index.html"], "near");
    assert!(near.contains("您住在哪里") && near.contains("大区") && near.contains("小县"), "{near}");
    assert!(!near.contains("乙镇"), "a portal of several districts asks for the district first: {near}");
}

#[test]
fn the_home_page_shows_today_and_tomorrow_or_what_comes_next() {
    let home = REGIONS.replace("since: 2026}", "since: 2026, home: [{block: hero}, {block: now}, {block: enrol}]}");
    let today = pages(&[&home, LIFE], TODAY);
    let now = part(&today["index.html"], "now");
    assert!(now.contains("今天和明天") && now.contains("今日活动") && !now.contains("唱歌班"), "{now}");
    let hero = &today["index.html"];
    assert!(
        hero.contains("<a href=\"days/today.html\">今天有什么</a>"),
        "the hero leads to what residents ask: {hero}"
    );
    let later = pages(&[&home, LIFE], date(2026, 11, 5));
    let now = part(&later["index.html"], "now");
    assert!(now.contains("接下来") && now.contains("七日活动"), "{now}");
}

#[test]
fn a_week_that_is_over_shows_what_it_was_and_the_next_if_it_is_known() {
    let home = REGIONS.replace("since: 2026}", "since: 2026, home: [{block: week, to: editions/w26}]}");
    let week = "\
-- content/editions.yaml --
- {id: w26, title: 今年活动周, year: 2026, from: 2026-11-01, to: 2026-11-07, regions: [xian], theme: 主题词}
-- content/events.yaml --
- {id: a, title: 甲活动, edition: w26, venue: litang, sessions: [{start: 2026-11-01 09:00, end: 2026-11-01 10:00}, {start: 2026-11-02 09:00, end: 2026-11-02 10:00}]}
- {id: b, title: 乙活动, edition: w26, venue: litang, status: cancelled, reason: 大风, sessions: [{start: 2026-11-03 09:00, end: 2026-11-03 10:00}]}
-- content/venues.yaml --
- {id: litang, title: 礼堂, region: b-zhen, address: 一号}
";
    let before = pages(&[&home, week], date(2026, 10, 20));
    assert!(part(&before["index.html"], "week").contains("甲活动"));
    let on = pages(&[&home, week], date(2026, 11, 7));
    assert!(!part(&on["index.html"], "week").contains("已经结束"), "its last day belongs to it");
    let over = pages(&[&home, week], date(2026, 11, 8));
    let block = part(&over["index.html"], "week");
    assert!(block.contains("活动周已经结束") && !block.contains("甲活动"), "{block}");
    let figures = [
        "<span class=\"count\">1</span> 场活动",
        "<span class=\"count\">2</span> 个场次",
        "<span class=\"count\">1</span> 个场地",
    ];
    assert!(figures.iter().all(|figure| block.contains(figure)), "only what took place is counted: {block}");
    assert!(!block.contains("下一届"), "nothing is invented");
    let next = week.replace(
        "theme: 主题词}\n",
        "theme: 主题词}\n- {id: w27, title: 明年活动周, year: 2027, from: 2027-11-01, to: 2027-11-07, regions: [xian]}\n",
    );
    let over = pages(&[&home, &next], date(2026, 11, 8));
    let block = part(&over["index.html"], "week");
    assert!(block.contains("下一届：<a href=\"editions/w27.html\">明年活动周</a>，2027年11月1日"), "{block}");
}

#[test]
fn nothing_dated_after_today_is_news_on_the_home_page() {
    let home = REGIONS.replace("since: 2026}", "since: 2026, home: [{block: list, list: news}]}");
    let news = "\
-- content/news/a.md --
---
{title: 昨天的事, date: 2026-10-31, sort: report, source: 本站}
---
-- content/news/b.md --
---
{title: 明天的事, date: 2026-11-02, sort: report, source: 本站}
---
";
    let pages = pages(&[&home, news], TODAY);
    assert!(pages["index.html"].contains("昨天的事") && !pages["index.html"].contains("明天的事"));
}
