//! Links to other sites, tried on a host of this test: what is gone is told from what nobody can know, and nobody is asked who should not be.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use jiff::civil::date;
use shuyuan::diag::Findings;
use shuyuan::inspect::atlas::Atlas;
use shuyuan::inspect::online::{Answer, Certificate, Gone, Limits, Unsure, ask, asked};
use shuyuan::inspect::page::Page;
use shuyuan::inspect::report::{Report, State};
use shuyuan::inspect::{Subject, inspect, outside};

use super::site::{files, prepare};

const LIMITS: Limits = Limits { request_seconds: 1, all_seconds: 60, redirects: 5, at_once: 4, silent: 100 };

/// What a host was asked: method, path, and the other lines of each head.
#[derive(Default)]
struct Asked {
    heads: Vec<(String, String, Vec<String>)>,
    /// Questions under way, by host.
    open: HashMap<String, usize>,
    most_of_one: usize,
    most_of_all: usize,
}

struct Host {
    port: u16,
    asked: Arc<Mutex<Asked>>,
}

impl Host {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::<Mutex<Asked>>::default();
        let shared = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let asked = Arc::clone(&shared);
                thread::spawn(move || serve(&stream, port, &asked));
            }
        });
        Self { port, asked }
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    fn paths(&self) -> Vec<String> {
        self.asked.lock().unwrap().heads.iter().map(|(method, path, _)| format!("{method} {path}")).collect()
    }
}

/// Answers until the other side has enough.
fn serve(stream: &TcpStream, port: u16, asked: &Mutex<Asked>) -> Option<()> {
    let mut lines = BufReader::new(stream).lines();
    loop {
        let Ok(first) = lines.next()? else {
            // What begins to be encrypted is answered in plain text, as hosts do.
            return answer(stream, "", "/400", port).ok();
        };
        let mut words = first.split(' ');
        let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
        let head: Vec<String> = lines.by_ref().map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
        let host = head.iter().find_map(|line| line.to_lowercase().strip_prefix("host: ").map(str::to_owned))?;
        {
            let mut asked = asked.lock().unwrap();
            asked.heads.push((method.clone(), path.clone(), head));
            let of_one = asked.open.entry(host.clone()).or_default();
            *of_one += 1;
            let of_one = *of_one;
            asked.most_of_one = asked.most_of_one.max(of_one);
            asked.most_of_all = asked.most_of_all.max(asked.open.values().sum());
        }
        if path.starts_with("/slowly") {
            thread::sleep(Duration::from_millis(5));
        }
        // Before the answer, with which the next question may come.
        *asked.lock().unwrap().open.get_mut(&host)? -= 1;
        answer(stream, &method, &path, port).ok()?;
    }
}

fn answer(mut stream: &TcpStream, method: &str, path: &str, port: u16) -> io::Result<()> {
    // In one piece: several small ones would wait for each other.
    let mut status =
        |status: &str| stream.write_all(format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n").as_bytes());
    let is_head = method == "HEAD";
    match path.split('?').next().unwrap_or_default() {
        "/no-head" if is_head => status("405 No"),
        "/no-head" => {
            write!(stream, "HTTP/1.1 200 Yes\r\nTransfer-Encoding: chunked\r\n\r\n")?;
            loop {
                write!(stream, "4\r\nmore\r\n")?;
            }
        }
        "/head-gone" if is_head => status("404 No"),
        "/breaks-off-heads" if is_head => Err(io::ErrorKind::Other.into()),
        path if path.starts_with("/breaks-off") && path != "/breaks-off-heads" => Err(io::ErrorKind::Other.into()),
        "/400" | "/404" | "/410" | "/401" | "/403" | "/429" | "/500" | "/503" => {
            status(&format!("{} No", path.trim_start_matches('/')))
        }
        "/loop" => status("302 On\r\nLocation: /loop"),
        "/on" => status("301 On\r\nLocation: /there#a"),
        "/on-gone" => status("307 On\r\nLocation: 404"),
        "/on-han" => status("302 On\r\nLocation: /课程"),
        "/on-inner" => status(&format!("302 On\r\nLocation: http://127.0.0.2:{port}/inner")),
        "/on-inner-name" => status(&format!("302 On\r\nLocation: http://inner.example:{port}/inner")),
        "/on-unknown" => status("302 On\r\nLocation: http://nowhere.invalid/"),
        "/on-mail" => status("302 On\r\nLocation: mailto:a@a.example"),
        "/on-nowhere" => status("302 On"),
        "/hangs" => {
            thread::sleep(Duration::from_secs(3));
            Ok(())
        }
        "/garbled" => write!(stream, "<html>\r\n\r\n"),
        "/endless-head" => {
            write!(stream, "HTTP/1.1 200 Yes\r\n")?;
            loop {
                write!(stream, "X: {}\r\n", "x".repeat(1000))?;
            }
        }
        _ => status("200 Yes\r\nSet-Cookie: a=b"),
    }
}

/// All names lead to the host of the test, but for one.
fn names(name: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
    match name {
        "nowhere.invalid" => Err(io::Error::other("failed to lookup address information: Name or service not known")),
        "later.invalid" => Err(io::Error::other("Temporary failure in name resolution")),
        _ => Ok(vec![SocketAddr::from(([127, 0, 0, 1], port))]),
    }
}

fn answers(links: &[String], limits: &Limits) -> BTreeMap<String, Answer> {
    let addresses = links.iter().filter_map(|link| asked(link)).collect();
    ask(&addresses, limits, names).into_iter().map(|(url, answer)| (url.into(), answer)).collect()
}

#[test]
fn gone_is_told_from_refused() {
    let host = Host::start();
    let secure = format!("https://127.0.0.1:{}/", host.port);
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let closed = format!("http://{closed}/");
    let cases: Vec<(String, Answer)> = [
        ("/there", Answer::There),
        ("/no-head", Answer::There),
        ("/head-gone", Answer::There),
        ("/breaks-off-heads", Answer::There),
        ("/%E8%AF%BE?q=%E9%97%AE", Answer::There),
        ("/on", Answer::There),
        ("/on-han", Answer::There),
        ("/404", Answer::Gone(Gone::Status(404))),
        ("/410", Answer::Gone(Gone::Status(410))),
        ("/on-gone", Answer::Gone(Gone::Status(404))),
        ("/on-unknown", Answer::Gone(Gone::Unknown)),
        ("/401", Answer::Unsure(Unsure::Status(401))),
        ("/403", Answer::Unsure(Unsure::Status(403))),
        ("/429", Answer::Unsure(Unsure::Status(429))),
        ("/500", Answer::Unsure(Unsure::Status(500))),
        ("/503", Answer::Unsure(Unsure::Status(503))),
        ("/on-nowhere", Answer::Unsure(Unsure::Status(302))),
        ("/loop", Answer::Unsure(Unsure::Endless)),
        ("/on-mail", Answer::Unsure(Unsure::Elsewhere)),
        ("/on-inner", Answer::Unsure(Unsure::Inner)),
        ("/on-inner-name", Answer::Unsure(Unsure::Inner)),
        ("/hangs", Answer::Unsure(Unsure::Slow)),
        ("/breaks-off", Answer::Unsure(Unsure::Unreached)),
        ("/garbled", Answer::Unsure(Unsure::Garbled)),
        ("/endless-head", Answer::Unsure(Unsure::Garbled)),
    ]
    .into_iter()
    .map(|(path, answer)| (host.url(path), answer))
    .chain([
        (secure, Answer::Unsure(Unsure::Insecure(Certificate::Other))),
        (closed, Answer::Unsure(Unsure::Unreached)),
        ("http://nowhere.invalid/".to_owned(), Answer::Gone(Gone::Unknown)),
        ("http://later.invalid/".to_owned(), Answer::Unsure(Unsure::Unreached)),
        (format!("http://xn--1jqw86o.example:{}/", host.port), Answer::There),
    ])
    .collect();
    let links: Vec<String> = cases.iter().map(|(link, _)| link.clone()).collect();
    let expected: BTreeMap<String, Answer> = cases.into_iter().collect();
    assert_eq!(answers(&links, &LIMITS), expected);
    let asked = host.asked.lock().unwrap();
    for (_, path, head) in &asked.heads {
        assert_ne!(path, "/inner");
        let head = head.join("\n").to_lowercase();
        assert!(head.contains("user-agent: shuyuan/") && !head.contains("cookie:"), "{head}");
    }
}

#[test]
fn what_is_written_twice_is_asked_once_and_without_name_and_password() {
    let host = Host::start();
    let with_name = format!("http://me:secret@127.0.0.1:{}/there", host.port);
    answers(&[host.url("/there#a"), host.url("/there#b"), host.url("/there"), with_name], &LIMITS);
    assert_eq!(host.paths(), ["HEAD /there"]);
    assert!(!host.asked.lock().unwrap().heads[0].2.join("\n").to_lowercase().contains("authorization"));
}

#[test]
fn without_any_network_no_name_is_gone() {
    let answers = answers(&["http://nowhere.invalid/".to_owned()], &LIMITS);
    assert_eq!(answers["http://nowhere.invalid/"], Answer::Unsure(Unsure::Offline));
}

#[test]
fn a_host_that_does_not_answer_is_left_alone() {
    let host = Host::start();
    let links: Vec<String> = (0..50).map(|nth| host.url(&format!("/breaks-off/{nth}"))).collect();
    let answers = answers(&links, &Limits { silent: 2, ..LIMITS });
    assert!(answers.values().all(|answer| *answer == Answer::Unsure(Unsure::Unreached)));
    let asked: BTreeSet<String> = host.asked.lock().unwrap().heads.iter().map(|(_, path, _)| path.clone()).collect();
    assert_eq!(asked.len(), 2);
}

#[test]
fn when_time_is_up_the_rest_is_unsure_and_nobody_is_asked() {
    let host = Host::start();
    let links: Vec<String> = (0..10).map(|nth| host.url(&format!("/{nth}"))).collect();
    let answers = answers(&links, &Limits { all_seconds: 0, ..LIMITS });
    assert_eq!(answers.len(), 10);
    assert!(answers.values().all(|answer| *answer == Answer::Unsure(Unsure::Untried)));
    assert!(host.paths().is_empty());
}

#[test]
fn few_hosts_are_asked_at_once_and_each_one_thing_at_a_time() {
    let host = Host::start();
    let link = |nth: usize| format!("http://h{}.example:{}/slowly?{nth}", nth % 8, host.port);
    let links: Vec<String> = (0..80).map(link).collect();
    assert!(answers(&links, &Limits { at_once: 3, ..LIMITS }).values().all(|answer| *answer == Answer::There));
    let asked = host.asked.lock().unwrap();
    assert_eq!((asked.heads.len(), asked.most_of_one), (80, 1));
    assert!((2..=3).contains(&asked.most_of_all), "{}", asked.most_of_all);
}

#[test]
fn ten_thousand_links_are_all_asked_once() {
    let host = Host::start();
    let link = |nth: usize| format!("http://h{}.example:{}/n{nth}", nth % 40, host.port);
    let links: Vec<String> = (0..10_000).map(link).collect();
    let answers = answers(&links, &LIMITS);
    let odd: Vec<_> = answers.iter().filter(|(_, answer)| **answer != Answer::There).take(5).collect();
    assert!(odd.is_empty(), "{odd:?}");
    assert_eq!(host.paths().into_iter().collect::<BTreeSet<_>>().len(), 10_000);
    assert_eq!(host.paths().len(), 10_000);
}

/// A report on a portal with these links in a news item, and one in its footer.
fn report(links: &[String], foot: &str, is_tried: bool) -> Report {
    let body = links.iter().map(|link| format!("见[那里]({link})。\n\n")).collect::<Vec<_>>().concat();
    let content = format!(
        "-- content/site.yaml --\ntitle: 门户\ndescription: 一句话\nid: menhu\nsince: 2026\n\
         -- content/news/a.md --\n---\ntitle: 甲\ndate: 2026-11-20\nsource: 某局\n---\n{body}"
    );
    let mut findings = Findings::default();
    let site = prepare(&files(&content), date(2026, 11, 21), &mut findings).unwrap();
    let main = links.iter().map(|link| format!("<a href=\"{link}\">那里</a>")).collect::<Vec<_>>().concat();
    let html = format!("<main><h1>甲</h1>{main}</main><footer><a href=\"{foot}\">别处</a></footer>");
    let atlas = Atlas::default();
    let pages = ["news/a.html", "news/b.html"].map(|address| Page::read(address, html.as_bytes(), &atlas));
    let answers = is_tried.then(|| ask(&outside(&pages, &atlas), &LIMITS, names));
    inspect(&Subject {
        portal: &site.portal,
        pages: &pages,
        atlas: &atlas,
        files: &BTreeSet::new(),
        diagnostics: &[],
        history: None,
        answers: answers.as_ref(),
    })
}

#[test]
fn the_report_says_where_a_dead_link_is_written_and_what_nobody_knows() {
    let host = Host::start();
    let dead = [host.url("/404"), host.url("/403"), host.url("/there"), "http://[x".to_owned()];
    let outcome = |report: &Report| {
        let outcome = report.outcomes.iter().find(|outcome| outcome.rule.id == "outside-link").unwrap();
        let told = |findings: &[shuyuan::inspect::report::Finding]| {
            findings.iter().map(|finding| format!("{} {}", finding.place, finding.message)).collect::<Vec<_>>()
        };
        (outcome.state, told(&outcome.findings), told(&outcome.unsure))
    };
    let full = report(&dead, &host.url("/410"), true);
    let (state, findings, unsure) = outcome(&full);
    assert_eq!(state, State::Found);
    assert_eq!(
        findings,
        [
            format!("content/news/a.md:6:7 外部链接打不开：{}（对方答复 404，没有这一页）", dead[0]),
            format!("news/a.html 外部链接打不开：{}（对方答复 410，没有这一页）", host.url("/410")),
            "news/a.html 外部链接打不开：http://[x（不是一个网址）".to_owned(),
        ]
    );
    assert_eq!(unsure, [format!("content/news/a.md:8:7 未能确认：{}（对方答复 403，不让程序看）", dead[1])]);
    for text in [full.text(), full.html("门户"), full.json().to_string()] {
        assert!(text.contains("content/news/a.md:6:7") && text.contains("未能确认"), "{text}");
    }
    let only_unsure = report(&dead[1..3], &dead[2], true);
    let (state, findings, unsure) = outcome(&only_unsure);
    assert_eq!((state, findings.len(), unsure.len()), (State::Unchecked, 0, 1));
    assert!(only_unsure.text().contains("试过 2 个通往别的网站的链接，有 1 处未能确认"), "{}", only_unsure.text());
    assert_eq!(outcome(&report(&dead[2..3], &dead[2], true)).0, State::Passed);
    let untried = report(&dead, &dead[2], false);
    assert_eq!(outcome(&untried).0, State::Unchecked);
    assert!(untried.text().contains("没有上网去试"));
}
