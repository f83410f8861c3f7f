//! JSON-LD on pages: what it says of each kind, and that nothing in content can break it or get into it by mistake.

use serde_json::{Value, json};

use crate::site::{self, Files, TODAY};

/// The base of fixtures, with these files.
fn with(files: &str) -> Files {
    let base = std::fs::read_to_string(site::root().join("tests/fixtures/base.site")).unwrap();
    let mut all = site::files(&base);
    all.extend(site::files(files));
    all
}

const OPEN: &str = "<script type=\"application/ld+json\">";

/// The things that a page is about.
fn graph(files: &Files, path: &str) -> Vec<Value> {
    let page = &site::published(files, TODAY)[path];
    let Some((_, rest)) = page.split_once(OPEN) else { return Vec::new() };
    let text = rest.split_once("</script>").unwrap().0;
    let document: Value = serde_json::from_str(text).unwrap();
    assert_eq!(document["@context"], "https://schema.org");
    document["@graph"].as_array().unwrap().clone()
}

fn thing(files: &Files, path: &str, kind: &str) -> Value {
    graph(files, path).into_iter().find(|thing| thing["@type"] == kind).unwrap()
}

fn event(fields: &str) -> Files {
    with(&format!(
        "-- content/editions/zhou.md --\n---\ntitle: 活动周\nyear: 2026\nfrom: 2026-11-09\nto: 2026-11-15\nregions: [mou-shi]\norganisers: [jiaoyuju]\n---\n正文\n\
         -- content/events/list.yaml --\n- id: a\n  title: 读书会\n  summary: 一起读书。\n  edition: zhou\n  venue: dating\n  unit: jiaoyuju\n  institution: xueyuan\n  fee: 0\n{fields}"
    ))
}

#[test]
fn an_event_says_when_where_by_whom_and_for_how_much() {
    let files = event(
        "  status: moved\n  reason: 让路\n  sessions:\n    - {start: 2026-11-10 09:00, end: 2026-11-10 11:00, moved_from: 2026-11-09 09:00}\n",
    );
    let event = thing(&files, "events/a.html", "Event");
    let place = json!({
        "@type": "Place", "@id": "https://example.org/venues/dating.html", "name": "学院大厅",
        "address": {"@type": "PostalAddress", "streetAddress": "文化路 1 号", "addressLocality": "某市", "addressCountry": "CN"},
    });
    let named = |kind: &str, path: &str, name: &str| {
        let url = format!("https://example.org/{path}");
        json!({"@type": kind, "@id": url, "name": name})
    };
    let expected = json!({
        "@type": "Event",
        "@id": "https://example.org/events/a.html",
        "url": "https://example.org/events/a.html",
        "name": "读书会",
        "description": "一起读书。",
        "startDate": "2026-11-10T09:00:00+08:00",
        "endDate": "2026-11-10T11:00:00+08:00",
        "previousStartDate": "2026-11-09T09:00:00+08:00",
        "eventStatus": "https://schema.org/EventRescheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": [place],
        "organizer": [
            named("GovernmentOrganization", "units/jiaoyuju.html", "某市教育局"),
            named("EducationalOrganization", "institutions/xueyuan.html", "某市社区学院"),
        ],
        "offers": {
            "@type": "Offer", "price": "0", "priceCurrency": "CNY",
            "availability": "https://schema.org/InStock", "url": "https://example.org/events/a.html",
        },
        "isAccessibleForFree": true,
        "inLanguage": "zh-CN",
        "superEvent": named("EventSeries", "editions/zhou.html", "活动周"),
    });
    assert_eq!(event, expected);
    let crumbs = thing(&files, "events/a.html", "BreadcrumbList");
    let names: Vec<&Value> = crumbs["itemListElement"].as_array().unwrap().iter().map(|crumb| &crumb["name"]).collect();
    assert_eq!(names, ["首页", "活动", "读书会"]);
    let series = thing(&files, "editions/zhou.html", "EventSeries");
    assert_eq!((&series["startDate"], &series["endDate"]), (&json!("2026-11-09"), &json!("2026-11-15")));
    assert_eq!(series["organizer"][0]["name"], "某市教育局");
}

#[test]
fn what_was_called_off_is_cancelled_and_what_is_full_is_sold_out() {
    let files =
        event("  status: cancelled\n  reason: 大风\n  sessions: [{start: 2026-11-10 09:00, end: 2026-11-10 11:00}]\n");
    assert_eq!(thing(&files, "events/a.html", "Event")["eventStatus"], "https://schema.org/EventCancelled");
    let files = event("  status: full\n  sessions: [{start: 2026-11-10 09:00, end: 2026-11-10 11:00}]\n");
    let event = thing(&files, "events/a.html", "Event");
    assert_eq!(event["eventStatus"], "https://schema.org/EventScheduled");
    assert_eq!(event["offers"]["availability"], "https://schema.org/SoldOut");
}

#[test]
fn several_sessions_are_told_one_by_one_and_a_daily_one_by_its_schedule() {
    let files = event(
        "  mode: mixed\n  sessions:\n    - {start: 2026-11-09 09:00, end: 2026-11-09 11:00, title: 第一讲}\n    - {start: 2026-11-10 09:00, end: 2026-11-10 11:00, until: 2026-11-12}\n",
    );
    let event = thing(&files, "events/a.html", "Event");
    assert_eq!(event["endDate"], "2026-11-12T11:00:00+08:00");
    assert_eq!(event["location"][1]["@type"], "VirtualLocation");
    let inner = event["subEvent"].as_array().unwrap();
    assert_eq!((&inner[0]["name"], inner.len()), (&json!("第一讲"), 2));
    let schedule = json!({
        "@type": "Schedule", "repeatFrequency": "P1D", "startDate": "2026-11-10", "endDate": "2026-11-12",
        "startTime": "09:00", "endTime": "11:00", "scheduleTimezone": "Asia/Shanghai",
    });
    assert_eq!(inner[1]["eventSchedule"], schedule);
}

const COURSE: &str = "-- content/teachers/all.yaml --\n- {id: li, title: 李老师, sort: part, speciality: 书法, institution: xueyuan}\n- {id: zhao, title: 赵老师, sort: part, speciality: 书法, withdrawn: 本人要求}\n-- content/courses/shufa.md --\n---\ntitle: 书法\ntopics: [music]\ninstitution: xueyuan\nvenue: dating\nteachers: [li, zhao]\nlevel: beginner\nfee: 12.5\nenrol: {phone: \"0373-3012345\"}\nruns:\n  - title: 春季班\n    sessions: [{start: 2026-03-01 09:00, end: 2026-03-01 10:00}]\n  - title: 秋季班\n    capacity: 20\n    weekly: {days: [tue, thu], from: 2026-11-03, to: 2026-11-12, time: {start: \"09:00\", end: \"10:30\"}, except: [2026-11-05]}\n---\n\n写字。\n";

#[test]
fn a_course_says_which_class_can_be_joined_and_when_it_meets() {
    let files = with(COURSE);
    let course = thing(&files, "courses/shufa.html", "Course");
    assert_eq!(course["provider"]["name"], "某市社区学院");
    assert_eq!(course["offers"]["price"], "12.5");
    assert_eq!(course["isAccessibleForFree"], false);
    let runs = course["hasCourseInstance"].as_array().unwrap();
    assert_eq!(runs.len(), 1, "what is over is not offered");
    let run = &runs[0];
    assert_eq!((&run["name"], &run["courseMode"]), (&json!("秋季班"), &json!(["Onsite"])));
    assert_eq!(run["courseWorkload"], "PT4H30M");
    assert_eq!(run["instructor"][0]["name"], "李老师");
    let schedule = json!({
        "@type": "Schedule", "repeatFrequency": "P1W", "byDay": ["https://schema.org/Tuesday", "https://schema.org/Thursday"],
        "startDate": "2026-11-03", "endDate": "2026-11-12", "startTime": "09:00", "endTime": "10:30",
        "exceptDate": ["2026-11-05"], "scheduleTimezone": "Asia/Shanghai",
    });
    assert_eq!(run["courseSchedule"], schedule);
}

#[test]
fn a_person_who_was_withdrawn_and_a_picture_that_is_withheld_are_in_no_data() {
    let picture = "-- content/pictures/p.png +hex --\n89504e470d0a1a0a0000000d49484452000000080000000808020000004b6d29\ndc000000114944415478da63d812a58115310c2d09006b8a4d812cee01db0000\n000049454e44ae426082\n";
    let star = |consent: &str| {
        with(&format!(
            "{COURSE}{picture}-- content/stars/zhou.md --\n---\ntitle: 周某\nyear: 2026\nlevel: district\nregion: mou-zhen\npicture: {{file: /pictures/p.png, alt: 周某在写字}}\n{consent}---\n\n学了十年。\n"
        ))
    };
    let agreed = star("consent: {date: 2026-01-01, scope: [web]}\n");
    let person = thing(&agreed, "stars/zhou.html", "Person");
    assert!(person["image"].as_str().is_some_and(|url| url.starts_with("https://example.org/pictures/")), "{person}");
    assert_eq!(person["award"], "2026年区县级百姓学习之星");
    let silent = star("");
    assert_eq!(thing(&silent, "stars/zhou.html", "Person")["image"], Value::Null);
    for (path, page) in site::published(&silent, TODAY) {
        assert!(!page.contains("赵老师"), "{path}");
    }
}

#[test]
fn no_text_can_end_the_data_or_change_its_meaning() {
    let title = format!("“读”\\\"书'会</script><!--&amp;🎓{}", "长".repeat(500));
    let files = with(&format!(
        "-- content/events/list.yaml --\n- id: a\n  title: {}\n  summary: \"</script><script>alert(1)</script>\"\n  venue: dating\n  sessions: [{{start: 2026-11-10 09:00, end: 2026-11-10 11:00}}]\n",
        serde_json::to_string(&title).unwrap()
    ));
    let event = thing(&files, "events/a.html", "Event");
    assert_eq!(event["name"], title.as_str());
    assert_eq!(event["description"], "</script><script>alert(1)</script>");
}

#[test]
fn without_a_base_address_nothing_has_one() {
    let mut files = with(COURSE);
    for (path, bytes) in &mut files {
        if path == "content/site.yaml" {
            *bytes = String::from_utf8_lossy(bytes).replace("base_url: https://example.org/\n", "").into_bytes();
        }
    }
    for path in ["index.html", "courses/shufa.html", "courses/index.html", "teachers/li.html"] {
        let text = serde_json::to_string(&graph(&files, path)).unwrap();
        for word in ["\"@id\"", "\"url\"", "SearchAction", "BreadcrumbList", "\"image\""] {
            assert!(!text.contains(word), "{path}: {text}");
        }
    }
    assert_eq!(thing(&files, "courses/shufa.html", "Course")["name"], "书法");
}

#[test]
fn the_home_page_says_how_to_search_and_institutions_what_they_belong_to() {
    let files = with(
        "-- content/institutions/more.yaml --\n- id: xuexiao\n  title: 某镇社区学校\n  tier: school\n  parent: xueyuan\n  region: mou-zhen\n  address: 文化路 2 号\n  contact: {phone: \"0373-3012345\"}\n  hours: [{days: [mon], time: {start: \"09:00\", end: \"17:00\"}}]\n",
    );
    let home = thing(&files, "index.html", "WebSite");
    assert_eq!(home["url"], "https://example.org/");
    assert_eq!(
        home["potentialAction"]["target"]["urlTemplate"],
        "https://example.org/search.html?q={search_term_string}"
    );
    let school = thing(&files, "institutions/xuexiao.html", "EducationalOrganization");
    assert_eq!(school["parentOrganization"]["name"], "某市社区学院");
    assert_eq!(school["telephone"], "03733012345");
    assert_eq!(school["openingHoursSpecification"][0]["opens"], "09:00");
    assert_eq!(graph(&files, "404.html"), [] as [Value; 0]);
}
