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
