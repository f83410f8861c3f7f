//! Search finds everything that a plain scan finds and nothing else, contains only what pages show, and contains
//! nothing that is not published.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{LazyLock, Mutex, OnceLock};

use camino::Utf8Path;
use jiff::civil::date;
use rayon::prelude::*;
use shuyuan::artifact::Artifact;
use shuyuan::content::Kind;
use shuyuan::content::field::Field;
use shuyuan::content::sample::without_mark;
use shuyuan::content::site::Search as Weights;
use shuyuan::diag::Findings;
use shuyuan::pipeline::{self, Site, Timings};
use shuyuan::search::document::{self, Document, Ranked, Reader};
use shuyuan::search::fold::{folded_query, folded_units};
use shuyuan::search::judge::{self, Trial};
use shuyuan::search::scan::Scan;
use shuyuan::search::understand::{ENOUGH, Understanding, Understood};

use super::site::{TODAY, files, prepare, real};
use super::town;

fn real_site() -> Site {
    prepare(&real(), TODAY, &mut Findings::default()).unwrap()
}

/// The town's portal and the real one: the town surely has what a test asks about, the real one has more of it.
fn both_sites() -> [Site; 2] {
    [prepare(town::usual(), TODAY, &mut Findings::default()).unwrap(), real_site()]
}

fn documents(site: &Site) -> Vec<Document> {
    pipeline::pages(site, &|_| Ok(()), &mut Findings::default(), &mut Timings::new()).unwrap()
}

fn scan(site: &Site) -> Scan<'_> {
    Scan::new(&site.portal.settings.site.search, Reader::new(&site.portal).sorted(documents(site)))
}

fn address<'a>(site: &'a Site, ranked: &Ranked) -> &'a str {
    site.portal.item(ranked.document.id).address.as_str()
}

/// All that a document says, folded.
fn said(document: &Document) -> String {
    let parts = document.passages.iter().flat_map(|passage| [passage.title().unwrap_or_default(), passage.lines()]);
    parts.map(|units| String::from_utf16(units).unwrap()).collect::<Vec<_>>().join(" ")
}

fn folded(text: &str) -> String {
    String::from_utf16(&folded_units(text)).unwrap()
}

fn index_files(site: &Site) -> BTreeMap<String, Artifact> {
    let made = Mutex::new(BTreeMap::new());
    let put = |artifact: Artifact| {
        assert!(made.lock().unwrap().insert(artifact.path.clone(), artifact).is_none());
        Ok(())
    };
    pipeline::index(site, documents(site), &put, &mut Timings::new()).unwrap();
    made.into_inner().unwrap()
}

/// The project's own portal on the day of its content, with what queries mean on it. Made once: the tests below only ask.
struct Everyday {
    site: Site,
    meaning: Understanding,
    scan: Scan<'static>,
}

static EVERYDAY: LazyLock<Everyday> = LazyLock::new(|| {
    static WEIGHTS: OnceLock<Weights> = OnceLock::new();
    let site = prepare(&real(), date(2026, 11, 21), &mut Findings::default()).unwrap();
    let documents = Reader::new(&site.portal).sorted(documents(&site));
    let meaning = pipeline::understanding(&site, &documents);
    let weights = WEIGHTS.get_or_init(|| site.portal.settings.site.search.clone());
    Everyday { meaning, scan: Scan::new(weights, documents), site }
});

impl Everyday {
    fn ask(&self, query: &str) -> Understood<'_> {
        self.meaning.ask(&self.scan, query)
    }
}

/// The queries that are kept with what they should find on the project's own portal.
fn trials() -> Vec<Trial> {
    let list = std::fs::read_to_string(super::site::root().join("tests/queries/content.tsv")).unwrap();
    judge::trials(&list).unwrap()
}

#[test]
fn nine_of_ten_everyday_queries_find_what_residents_mean() {
    let trials = trials();
    let fails = |trial: &&Trial| !trial.holds(&EVERYDAY.ask(&trial.query), &|ranked| address(&EVERYDAY.site, ranked));
    let wrong: Vec<&str> = trials.par_iter().filter(fails).map(|trial| trial.query.as_str()).collect();
    assert!(trials.len() >= 200 && wrong.len() * 10 <= trials.len(), "{} of {}: {wrong:?}", wrong.len(), trials.len());
}

#[test]
fn what_a_query_means_comes_after_what_it_says() {
    let numbers = |found: &[&Ranked]| found.iter().map(|one| one.document.id).collect::<Vec<_>>();
    let (mut seldom, mut often) = (0, 0);
    for query in
        trials().iter().step_by(4).map(|trial| trial.query.as_str()).chain(["不存在的词语", "龘龘 书法", "太极"])
    {
        let answer = EVERYDAY.ask(query);
        let exact = numbers(&answer.exact.found);
        assert_eq!(exact, numbers(&EVERYDAY.scan.ask(query).found), "{query}");
        assert!(numbers(&answer.meant).iter().all(|id| !exact.contains(id)), "{query}");
        if exact.len() >= ENOUGH {
            assert!(answer.meant.is_empty() && answer.partly.is_empty() && answer.slips.is_empty(), "{query}");
            often += 1;
        }
        assert!(exact.is_empty() || answer.partly.is_empty() && answer.slips.is_empty(), "{query}");
        seldom += usize::from(!answer.meant.is_empty());
    }
    assert!(seldom > 20 && often > 3, "{seldom} are understood, {often} need not be");
}

#[test]
fn nonsense_is_answered_with_nothing() {
    for query in ["龘龘", "qzxv", "驫麤鱻", "！？", "阿斯顿法国红酒看了", "怎么龘"] {
        let answer = EVERYDAY.ask(query);
        assert!(answer.first().is_none() && answer.slips.is_empty(), "{query}");
    }
}

#[test]
fn days_are_the_next_of_their_name_and_numbers_are_no_days() {
    let days = |query: &str| {
        let parts = EVERYDAY.ask(query).parts;
        let days = parts.filters.into_iter().filter(|(_, filter)| filter.facet == "day");
        days.flat_map(|(_, filter)| filter.keys).collect::<Vec<_>>()
    };
    for (query, day) in [
        ("今天", "2026-11-21"),
        ("明天有什么活动", "2026-11-22"),
        ("11月21日", "2026-11-21"),
        ("11月20号 书法", "2027-11-20"),
        ("12/5", "2026-12-05"),
        ("1-2", "2027-01-02"),
        ("2月28日", "2027-02-28"),
        ("十二月三号", "2026-12-03"),
        ("二月二十八日", "2027-02-28"),
        ("下周三", "2026-11-25"),
        ("这个星期天", "2026-11-22"),
        ("今晚", "2026-11-21"),
    ] {
        assert_eq!(days(query), [day], "{query}");
    }
    for (query, first, last, count) in [
        ("12月", "2026-12-01", "2026-12-31", 31),
        ("11月", "2026-11-21", "2026-11-30", 10),
        ("11月中旬", "2027-11-11", "2027-11-20", 10),
        ("十二月初的课", "2026-12-01", "2026-12-10", 10),
        ("2月底", "2027-02-21", "2027-02-28", 8),
        ("本月", "2026-11-21", "2026-11-30", 10),
        ("下个月上旬", "2026-12-01", "2026-12-10", 10),
        ("月底", "2026-11-21", "2026-11-30", 10),
        ("月初", "2026-12-01", "2026-12-10", 10),
        ("下周末", "2026-11-28", "2026-11-29", 2),
    ] {
        let days = days(query);
        assert_eq!(
            (days.first(), days.last(), days.len()),
            (Some(&first.into()), Some(&last.into()), count),
            "{query}"
        );
    }
    assert_eq!(days("下周").len(), 7);
    assert_eq!(days("下周").first().map(String::as_str), Some("2026-11-23"));
    for query in [
        "2月30日",
        "13月1日",
        "十三月",
        "第一百二十月",
        "十一月三场讲座",
        "0000-0000101",
        "97.5%",
        "2026-11-21",
        "20-30人",
        "9:00-11:30",
        "1/2班",
        "111月2日",
    ] {
        assert!(days(query).is_empty(), "{query}: {:?}", days(query));
    }
}

#[test]
fn ages_mean_those_who_are_of_them() {
    let audiences = |query: &str| {
        let filters = EVERYDAY.ask(query).parts.filters.into_iter();
        filters.filter(|(_, filter)| filter.facet == "audience").flat_map(|(_, filter)| filter.keys).collect::<Vec<_>>()
    };
    for query in ["70岁", "六十五岁以上", "我妈70岁多", "七十多岁还能学书法吗", "六十来岁", "俺妈七十二了能上啥课"]
    {
        assert_eq!(audiences(query), ["elders"], "{query}");
    }
    assert_eq!(audiences("三岁半"), ["infants"]);
    assert_eq!(audiences("0-3岁"), ["infants"]);
    for query in ["40岁", "700岁", "岁", "70", "三十了"] {
        assert!(audiences(query).is_empty(), "{query}");
    }
}

#[test]
fn words_are_not_found_inside_of_others() {
    let groups = |query: &str| EVERYDAY.ask(query).parts.groups;
    assert_eq!(groups("taiji")[0][0], "太极", "read as pinyin, and not as the word that is inside");
    assert_eq!(groups("taiji2")[0], ["taiji2"]);
    assert!(groups("学做菜").concat().contains(&"烹饪".to_owned()));
    assert!(groups("ai课程")[0].contains(&"人工智能".to_owned()));
}

#[test]
fn a_character_behind_a_word_makes_another_one() {
    let parts = |query: &str| EVERYDAY.ask(query).parts;
    let stands = parts("血压高 食谱");
    assert_eq!((stands.groups[0][0].as_str(), stands.is_torn), ("血压高", false), "it stands on a page");
    let torn = EVERYDAY.ask("健康码");
    assert!(torn.parts.is_torn && torn.meant.is_empty(), "{:?}", torn.parts);
    assert!(!parts("太极班").is_torn && parts("太极班").dropped == ["班"]);
}

#[test]
fn what_stands_nowhere_is_parted_into_words_of_pages() {
    let groups = |query: &str| EVERYDAY.ask(query).parts.groups.concat();
    let parted = groups("网上开店须知");
    assert!(parted.contains(&"开店".to_owned()) || parted.contains(&"网上开店".to_owned()), "{parted:?}");
    assert_eq!(groups("火星移民局"), ["火星移民局"]);
}

#[test]
fn letters_are_read_as_words_of_pages() {
    for (typed, word) in [("shufa", "书法"), ("gcw", "广场舞"), ("tai ji", "太极"), ("dapeng shufa", "大棚 书法")]
    {
        let answer = EVERYDAY.ask(typed);
        assert_eq!(answer.spelt.join(" "), word, "{typed}");
        assert!(!answer.meant.is_empty() || !answer.partly.is_empty(), "{typed}");
    }
    assert!(EVERYDAY.ask("wifi").spelt.is_empty() && EVERYDAY.ask("xqzw").spelt.is_empty());
}

#[test]
fn letters_are_read_with_what_is_spoken_and_a_slip_is_taken_back() {
    let spelt = |query: &str| EVERYDAY.ask(query).spelt.join(" ");
    for (typed, word) in [
        ("wo xiang xue shufa", "书法"),
        ("woxiangxueshufa", "书法"),
        ("shufa ban", "书法"),
        ("excle", "excel"),
        ("wold", "word"),
        ("wfii", "wifi"),
    ] {
        assert_eq!(spelt(typed), word, "{typed}");
    }
    assert_eq!(spelt("2excle"), "", "letters beside digits are no word");
}

#[test]
fn who_is_in_charge_is_asked_of_units() {
    for query in ["谁负责普法", "残疾人培训谁负责", "哪个单位负责活动周"] {
        let parts = EVERYDAY.ask(query).parts;
        let kinds =
            parts.filters.iter().filter(|(_, filter)| filter.facet == "kind").flat_map(|(_, filter)| &filter.keys);
        assert_eq!(kinds.collect::<Vec<_>>(), ["units"], "{query}");
        assert!(!parts.groups.is_empty() && parts.filters.len() == 1, "{query}: {parts:?}");
    }
}

#[test]
fn an_office_is_the_one_of_the_place_that_is_named() {
    for (query, title) in
        [("绵阳市教体局电话", "绵阳市教育和体育局"), ("绵阳妇联电话", "妇联"), ("牧野区团委", "团区委")]
    {
        assert_eq!(EVERYDAY.ask(query).first().map(|first| first.document.title.as_str()), Some(title), "{query}");
    }
}

#[test]
fn what_is_looked_for_counts_before_whom_it_is_for_and_before_what_no_table_knows() {
    for (query, topic) in [
        ("孩子沉迷手机", "手机"),
        ("去哪里学唱川剧", "川剧"),
        ("大棚番茄怎么施肥", "番茄"),
        ("课上一半不想上了能退钱吗", "学员指南"),
    ] {
        let answer = EVERYDAY.ask(query);
        let first = answer.first().unwrap_or_else(|| panic!("{query} finds nothing"));
        assert!(first.document.title.contains(topic), "{query}: {}", first.document.title);
    }
}

#[test]
fn a_question_finds_what_is_about_it_and_what_is_for_offices_comes_behind() {
    let kind = |ranked: &Ranked| EVERYDAY.site.portal.item(ranked.document.id).kind();
    // Words that stand in titles of courses, asked in a sentence with words that no table knows.
    for query in ["接到诈骗电话怎么办", "老人噎住了怎么救", "老板不给工资怎么办"] {
        let answer = EVERYDAY.ask(query);
        let first = answer.first().unwrap_or_else(|| panic!("{query} finds nothing"));
        assert!(matches!(kind(first), Kind::Course | Kind::Event), "{query}: {}", first.document.title);
    }
    let numbers = EVERYDAY.scan.documents().iter().map(|ranked| kind(ranked) == Kind::Indicator);
    let from = numbers.clone().position(|is_indicator| is_indicator).unwrap();
    let behind = |ranked: &Ranked| document::OFFICES.contains(&kind(ranked)) || kind(ranked) == Kind::Evidence;
    assert!(EVERYDAY.scan.documents()[from..].iter().all(behind), "nothing for residents stands behind an indicator");
}

#[test]
fn what_is_asked_about_something_need_not_stand_on_its_page() {
    let titles =
        |query: &str| EVERYDAY.ask(query).meant.iter().map(|one| one.document.title.clone()).collect::<Vec<_>>();
    let named = titles("妇联电话");
    assert!(named.iter().any(|title| title.contains("妇联") || title.contains("妇女联合会")), "{named:?}");
    // Alone it must stand there.
    let alone = EVERYDAY.ask("咨询电话").meant;
    assert!(alone.iter().all(|one| said(&one.document).contains("电话") || said(&one.document).contains("联系")));
}

/// Parts of documents, of all lengths, as residents might type them; the same on every run.
fn queries(documents: &[Document]) -> Vec<String> {
    let mut drawn = Vec::new();
    let mut seed = 7_usize;
    let mut below = |limit: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % limit.max(1)
    };
    for round in 0..240 {
        let document = &documents[below(documents.len())];
        let text = if round % 3 == 0 { document.title.clone() } else { said(document) };
        let text: Vec<char> = text.chars().collect();
        let piece =
            |at: usize, len: usize| text[at.min(text.len())..(at + len).min(text.len())].iter().collect::<String>();
        let first = piece(below(text.len()), 1 + below(6));
        drawn.push(if round % 5 == 0 { format!("{first} {}", piece(below(text.len()), 2)) } else { first });
    }
    drawn.extend(["97", "%", "２０２６年", "臺", "太极。", "a b", "😀", "<b>", "[.*", "某某某某"].map(str::to_owned));
    drawn
}

#[test]
fn every_query_finds_what_holds_its_terms() {
    let site = real_site();
    let scan = scan(&site);
    let all: Vec<(&Document, String)> =
        scan.documents().iter().map(|one| (&one.document, said(&one.document))).collect();
    for query in queries(&documents(&site)) {
        let answer = scan.ask(&query);
        let mut found: Vec<&str> = answer.found.iter().map(|one| address(&site, one)).collect();
        found.sort_unstable();
        let holds = |text: &String| !answer.terms.is_empty() && answer.terms.iter().all(|term| text.contains(term));
        let held = all.iter().filter(|(_, text)| holds(text));
        let mut held: Vec<&str> = held.map(|(one, _)| site.portal.item(one.id).address.as_str()).collect();
        held.sort_unstable();
        assert_eq!(found, held, "{query}");
    }
}

#[test]
fn what_stands_in_a_list_alone_is_found_there() {
    let mut asked = 0;
    for site in both_sites() {
        let scan = scan(&site);
        for item in site.portal.of_kind(Kind::Evidence).iter().map(|id| site.portal.item(*id)) {
            let found = scan.ask(item.title()).found;
            let there = found.iter().any(|one| address(&site, one) == item.address.as_str());
            assert!(there && item.address.anchor().is_some(), "{}", item.title());
            asked += 1;
        }
    }
    assert!(asked >= 3, "{asked} items");
}

#[test]
fn what_a_page_shows_beside_its_text_is_found() {
    let mut asked = 0;
    for site in both_sites() {
        let scan = scan(&site);
        for item in site.portal.of_kind(Kind::Course).iter().map(|id| site.portal.item(*id)) {
            let Some(audience) = item.edges.one(Field::Audiences) else { continue };
            let query = format!("{} {}", item.title(), site.portal.item(audience).title());
            assert!(scan.ask(&query).found.iter().any(|one| address(&site, one) == item.address.as_str()), "{query}");
            asked += 1;
        }
    }
    assert!(asked >= 50, "{asked} courses");
}

#[test]
fn a_title_comes_before_all_other_places() {
    // Titles, summaries, headings and texts, in turn, so that neither the days nor the ids order them.
    let mut text = String::new();
    for n in 0..24 {
        let said = |place: usize| if n % 4 == place { "太极" } else { "拳术" };
        let day = 1 + n * 7 % 24;
        let _ = write!(
            text,
            "-- content/news/n-{n}.md --\n---\ntitle: {}班之{n}\nsummary: {}好学\ndate: 2026-01-{day:02}\nsort: report\nsource: 某社\n---\n\n\
             ## {}的练法\n\n{}慢慢练，{}天天练。\n",
            said(0),
            said(1),
            said(2),
            said(3),
            said(3),
        );
    }
    let mut all = town::usual().clone();
    all.extend(files(&text));
    let site = prepare(&all, TODAY, &mut Findings::default()).unwrap();
    let scan = scan(&site);
    let answer = scan.ask("太极");
    let in_title: Vec<bool> = answer.found.iter().map(|one| one.document.title.contains("太极")).collect();
    assert_eq!(in_title, [[true; 6].as_slice(), &[false; 18]].concat());
}

/// Realistic titles, each followed by newer titles that contain it or resemble it.
const TITLES: [&[&str]; 9] = [
    &["《论语》导读", "《论语》导读班", "《论语》导读（二）"],
    &["《太极》", "太极拳班《太极》", "读《太极》"],
    &["书法", "书法班", "学书法"],
    &["太极 & 棋艺", "太极、棋艺 & 太极", "太极 棋艺 班"],
    &["棋艺绘画摄影", "棋艺摄影绘画棋艺绘画摄影", "摄影绘画棋艺绘画摄影棋艺"],
    &["老年人手机入门", "老年人手机入门（提高）", "新老年人手机入门"],
    &["Ａ4纸折扇", "A4纸折扇子", "怎样用A4纸折扇"],
    &["臺灣歌曲", "台湾歌曲合唱", "老台湾歌曲"],
    &["😀笑", "😀笑笑", "大😀笑"],
];

/// Sentences of pages, and queries that a reader takes for the same words.
const SEEN: [(&str, &[&str]); 14] = [
    ("报到时间是 9 月 12 日上午。", &["9月12日", "9 月 12 日", "９月１２日上午", "间是9月"]),
    ("这本小册子出到第 6 期了。", &["第6期", "第 6 期", "到第6期了"]),
    ("晚上有《弟子规》诵读会。", &["弟子规诵读", "《弟子规》诵读", "有弟子规", "“弟子规”诵读"]),
    ("护老、助残的人一起来。", &["护老助残", "护老、助残", "护老，助残"]),
    ("讲的是“活学活用，学以致用”。", &["活学活用学以致用", "活学活用，学以致用"]),
    ("下学期开 C++ 编程和 C# 入门。", &["C++编程", "c++ 编程", "Ｃ＋＋编程", "C#入门", "c#"]),
    ("用 Excel 2019 做表格。", &["excel2019做表格", "Excel 做", "excel", "ＥＸＣＥＬ"]),
    ("问讯处 0000-66778899。", &["000066778899", "0000 6677 8899", "0000-66778899", "0000—66778899", "66778899"]),
    ("服务台 0000 5544 3322。", &["000055443322", "0000-55443322", "5544-3322"]),
    ("总机（0000）1122–3344。", &["000011223344", "（0000）11223344"]),
    ("这里有 Wi‑Fi 网络。", &["wifi", "Wi-Fi", "wi fi", "wifi网络"]),
    ("叫 Cafe\u{301} 的小店。", &["café", "cafe", "CAFÉ的小店"]),
    ("九点场 9:00—11:30 开放。", &["9:00-11:30", "9：00～11：30", "9:00"]),
    ("增长 97.5% 以上。", &["97.5%", "97.5%以上", "９７．５％"]),
];

/// Sentences of pages, and queries that are other words.
const UNLIKE: [(&str, &[&str]); 5] = [
    ("唱的是 Blue Moon 那首歌。", &["bluemoon"]),
    ("先说到这里完了。接着说别的。", &["完了接着"]),
    ("来了 20-30 人。", &["2030"]),
    ("打了 97.5 分。", &["975"]),
    ("尾号是 138****0000 的。", &["1380000"]),
];

#[test]
fn what_eyes_do_not_see_makes_no_difference_and_what_they_see_does() {
    let mut text = String::new();
    let said = SEEN.iter().map(|(said, _)| said).chain(UNLIKE.iter().map(|(said, _)| said));
    for (n, said) in said.enumerate() {
        let _ = write!(
            text,
            "-- content/news/seen-{n}.md --\n---\ntitle: 见闻之{n}\nsummary: 一则\ndate: 2026-01-01\nsort: report\nsource: 某社\n---\n前一段。\n\n{said}\n"
        );
    }
    let mut all = town::usual().clone();
    all.extend(files(&text));
    let site = prepare(&all, TODAY, &mut Findings::default()).unwrap();
    let scan = scan(&site);
    let finds = |query: &str, n: usize| {
        scan.ask(query).found.iter().any(|one| address(&site, one) == format!("news/seen-{n}.html"))
    };
    for (n, (said, queries)) in SEEN.iter().enumerate() {
        for query in *queries {
            assert!(finds(query, n), "{query} does not find {said}");
        }
    }
    for (n, (said, queries)) in UNLIKE.iter().enumerate() {
        for query in *queries {
            assert!(!finds(query, SEEN.len() + n), "{query} finds {said}");
        }
    }
}

#[test]
fn a_title_that_is_the_query_comes_first() {
    let (titles, mut text) = (TITLES.concat(), String::new());
    let body = titles.join("；");
    for (at, title) in titles.iter().enumerate() {
        let _ = write!(
            text,
            "-- content/news/n-{at}.md --\n---\ntitle: {title:?}\ndate: 2026-01-{:02}\nsort: report\nsource: 某社\n---\n{body}\n",
            at + 1
        );
    }
    let mut all = real();
    all.extend(files(&text));
    let site = prepare(&all, TODAY, &mut Findings::default()).unwrap();
    let scan = scan(&site);
    let wrong: Vec<String> = documents(&site)
        .iter()
        .filter(|document| {
            // A sample is asked for by its title as written.
            let written = |title: &str| folded_query(without_mark(title));
            let found = scan.ask(without_mark(&document.title)).found;
            let is_same = |one: &Ranked| written(&one.document.title) == written(&document.title);
            let same = found.iter().take_while(|one| is_same(one)).count();
            same == 0 || found[same..].iter().any(|one| is_same(one))
        })
        .map(|document| document.title.clone())
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The letters and digits of a text: what stands between two of them depends on its neighbours.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The letters and digits of the text in the `main` of a page, folded.
fn shown(html: &str) -> String {
    let from = html.find("<main").unwrap();
    let mut text = String::new();
    let mut inside = false;
    // A footnote mark is not part of the preceding word.
    let mut parts = html[from..html.find("</main>").unwrap()].split("<sup class=\"footnote-reference\">");
    let first = parts.next().unwrap();
    let main: String = std::iter::once(first).chain(parts.map(|part| part.split_once("</sup>").unwrap().1)).collect();
    for c in main.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    letters(&folded(&text.replace("&#x27;", "'").replace("&#x2F;", "/").replace("&nbsp;", " ").replace("&amp;", "&")))
}

#[test]
fn what_is_indexed_stands_on_the_page() {
    let site = real_site();
    let pages = Mutex::new(BTreeMap::new());
    let put = |artifact: Artifact| {
        if Utf8Path::new(&artifact.path).extension() == Some("html") {
            pages.lock().unwrap().insert(artifact.path, String::from_utf8(artifact.bytes.to_vec()).unwrap());
        }
        Ok(())
    };
    pipeline::pages(&site, &put, &mut Findings::default(), &mut Timings::new()).unwrap();
    let pages = pages.into_inner().unwrap();
    let mut missing = Vec::new();
    for document in documents(&site) {
        let address = &site.portal.item(document.id).address;
        let page = shown(&pages[address.page()]);
        for word in said(&document).split(' ').filter(|word| !page.contains(&letters(word))) {
            missing.push(format!("{address}: {word}"));
        }
    }
    assert!(missing.is_empty(), "{} lines, such as\n{}", missing.len(), missing[..missing.len().min(20)].join("\n"));
}

#[test]
fn the_same_content_makes_the_same_files_on_any_number_of_threads() {
    let site = real_site();
    let many = index_files(&site);
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap().install(|| index_files(&site));
    assert!(many.keys().eq(one.keys()));
    assert!(many.iter().all(|(path, artifact)| artifact.bytes == one[path].bytes));
    assert!(many.len() <= (documents(&site).len() / 4).max(400), "{} files", many.len());
}

#[test]
fn what_is_not_published_leaves_no_trace() {
    let mut all = real();
    all.extend(files(
        "-- content/news/caogao.md --\n---\ntitle: 草稿龘龘甲\ndate: 2026-10-01\nsort: report\nsource: 龘龘社\ndraft: true\n---\n草稿里有龘龘乙。\n\
         -- content/news/chexia.md --\n---\ntitle: 撤下龘龘丙\ndate: 2026-10-01\nsort: report\nsource: 龘龘社\nwithdrawn: 按要求\n---\n撤下的有龘龘丁。\n\
         -- content/news/jianglai.md --\n---\ntitle: 将来龘龘戊\ndate: 2026-10-01\nsort: report\nsource: 龘龘社\npublish: 2027-01-01\n---\n将来有龘龘己。\n",
    ));
    let site = prepare(&all, TODAY, &mut Findings::default()).unwrap();
    assert!(site.portal.items().any(|(_, item)| item.title() == "草稿龘龘甲"));
    assert!(scan(&site).ask("龘龘").found.is_empty());
    for (path, artifact) in index_files(&site) {
        assert!(!String::from_utf8_lossy(&artifact.bytes).contains('龘'), "{path}");
    }
    let without = index_files(&real_site());
    assert!(without.keys().eq(index_files(&site).keys()), "the generation says nothing of what is not published");
}

#[test]
fn an_entry_is_found_by_its_title_whatever_the_theme_marks() {
    let news =
        "-- content/news/a.md --\n---\ntitle: 无标记的标题\ndate: 2026-01-01\nsort: report\nsource: 某社\n---\n正文\n";
    for main in ["<h1>{{ view.title }}</h1>{{ view.body | safe }}", "</main><div>{{ view.title }}</div><main>"] {
        let page = format!("{{% extends \"base.html\" %}}\n{{% block main %}}{main}{{% endblock main %}}\n");
        let mut all = files(&std::fs::read_to_string(super::site::root().join("tests/fixtures/base.site")).unwrap());
        all.extend(files(news));
        all.push(("themes/default/templates/news.html".to_owned(), page.into_bytes()));
        let mut findings = Findings::default();
        let site = prepare(&all, TODAY, &mut findings).unwrap();
        pipeline::pages(&site, &|_| Ok(()), &mut findings, &mut Timings::new()).unwrap();
        assert!(!findings.has_errors(), "{:?}", findings.sorted());
        let scan = scan(&site);
        let found = scan.ask("无标记的标题").found;
        assert!(found.iter().any(|one| one.document.title == "无标记的标题"), "{main}");
    }
}
