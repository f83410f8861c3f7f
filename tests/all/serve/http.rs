//! Responses to browsers, over a plain socket.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use shuyuan::serve::Server;
use shuyuan::serve::snapshot::Bench;
use tempfile::TempDir;

use super::{on_disk, project, write};

const PATIENCE: Duration = Duration::from_secs(20);

struct Served {
    folder: TempDir,
    server: Server,
}

/// A response: status, headers in lower case, and body.
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Served {
    fn new() -> Self {
        Self::over(on_disk())
    }

    fn over(folder: TempDir) -> Self {
        let server = Server::start(project(&folder), 0, |_| {}).unwrap();
        Self { folder, server }
    }

    fn write(&self, path: &str, text: &str) {
        write(self.folder.path(), path, text.as_bytes());
    }

    fn replace(&self, path: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.folder.path().join(path)).unwrap();
        assert!(text.contains(from));
        self.write(path, &text.replace(from, to));
    }

    fn send(&self, method: &str, path: &str, host: &str) -> TcpStream {
        let mut stream = TcpStream::connect(("127.0.0.1", self.server.port())).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        write!(stream, "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        stream
    }

    fn ask(&self, method: &str, path: &str, host: &str) -> Answer {
        let mut bytes = Vec::new();
        self.send(method, path, host).read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head: head.to_lowercase(), body: body.to_owned() }
    }

    fn host(&self) -> String {
        format!("127.0.0.1:{}", self.server.port())
    }

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &self.host())
    }

    /// Repeats a request until the response is as wanted.
    fn until(&self, path: &str, wanted: impl Fn(&Answer) -> bool) -> Answer {
        let start = Instant::now();
        loop {
            let answer = self.get(path);
            if wanted(&answer) {
                return answer;
            }
            assert!(start.elapsed() < PATIENCE, "{path}: {} {}", answer.status, answer.body);
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Listens to events like a browser that shows the page at `path`.
    fn listen(&self, path: &str) -> Events {
        let stream = self.send("GET", &format!("/.shuyuan/events?path={path}"), &self.host());
        let mut events = Events(BufReader::new(stream));
        assert_eq!(events.next().0, "fine");
        events
    }
}

struct Events(BufReader<TcpStream>);

impl Events {
    /// The next event and its data. Events without data are skipped, as in a browser.
    fn next(&mut self) -> (String, String) {
        let (mut event, mut data) = (String::new(), Vec::new());
        loop {
            let mut line = String::new();
            assert!(self.0.read_line(&mut line).unwrap() > 0, "the server hung up");
            let line = line.trim_end_matches(['\r', '\n']);
            if let Some(name) = line.strip_prefix("event: ") {
                name.clone_into(&mut event);
            } else if let Some(text) = line.strip_prefix("data: ") {
                data.push(text.to_owned());
            } else if line.is_empty() && !data.is_empty() {
                return (event, data.join("\n"));
            }
        }
    }
}

const POLICY: &str =
    "content-security-policy: default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'";

#[test]
fn a_portal_of_a_day_that_is_over_is_not_made_again_and_again() {
    let folder = on_disk();
    let mut bench = Bench::new(project(&folder));
    assert!(bench.look().is_some());
    bench.finish();
    assert!(bench.look().is_none(), "nothing changed, and the day is fixed");
}

#[test]
fn a_page_is_its_artifact_with_the_script_and_the_policy() {
    let served = Served::new();
    let mut bench = Bench::new(project(&served.folder));
    bench.look();
    let snapshot = bench.shown().snapshot.clone().unwrap();
    let pages = [
        ("/", "index.html"),
        ("/courses/", "courses/index.html"),
        ("/courses/taiji.html?a=b", "courses/taiji.html"),
        ("/courses/%74aiji.html", "courses/taiji.html"),
    ];
    for (path, address) in pages {
        let answer = served.get(path);
        assert_eq!(answer.status, 200, "{path}");
        let html = "content-type: text/html; charset=utf-8";
        for line in
            [POLICY, html, "x-content-type-options: nosniff", "referrer-policy: same-origin", "cache-control: no-cache"]
        {
            assert!(answer.head.contains(line), "{path}: {line}: {}", answer.head);
        }
        let artifact = String::from_utf8(snapshot.get(address).unwrap().unwrap().bytes.to_vec()).unwrap();
        assert!(!artifact.contains(".shuyuan"));
        let (before, rest) = answer.body.split_once("<script src=\"/.shuyuan/reload.js\"").unwrap();
        let (_, after) = rest.split_once("</script>\n").unwrap();
        assert_eq!(format!("{before}{after}"), artifact);
    }
    let style = served.get(&format!("/{}", snapshot.style()));
    assert!(style.head.contains("content-type: text/css; charset=utf-8") && !style.body.contains(".shuyuan"));
    assert!(served.get("/.shuyuan/reload.js").head.contains("content-type: text/javascript; charset=utf-8"));
}

#[test]
fn only_names_of_this_machine_are_answered() {
    let served = Served::new();
    let port = served.server.port();
    for name in ["localhost", "LOCALHOST", "127.0.0.1", "[::1]"] {
        assert_eq!(served.ask("GET", "/", &format!("{name}:{port}")).status, 200, "{name}");
    }
    let foreign =
        [format!("evil.example:{port}"), format!("a@localhost:{port}"), format!("localhost:{port}.evil.example")];
    for host in foreign.into_iter().chain(["localhost:1".into(), "localhost".into(), String::new()]) {
        let answer = served.ask("GET", "/", &host);
        assert!([400, 421].contains(&answer.status) && !answer.body.contains("小书院"), "{host}: {}", answer.status);
    }
    assert_eq!(served.ask("GET", "http://evil.example/", &served.host()).status, 421);
    let twice = format!("{}\r\nHost: evil.example", served.host());
    assert!([400, 421].contains(&served.ask("GET", "/", &twice).status));
    assert_eq!(served.ask("POST", "/", &served.host()).status, 405);
}

#[test]
fn nothing_outside_the_portal_is_served() {
    let served = Served::new();
    served.write("Cargo.toml", "secret");
    let paths = [
        "/../Cargo.toml",
        "/%2e%2e/Cargo.toml",
        "/..%2fCargo.toml",
        "//etc/passwd",
        "/content/site.yaml",
        "/courses/../index.html",
        "/.shuyuan/pictures",
        "/%ff",
        "/%00",
    ];
    for path in paths {
        let answer = served.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.body.contains("secret") && !answer.body.contains("root:"), "{path}");
    }
}

#[test]
fn what_is_not_there_is_the_portals_own_page_whose_links_hold() {
    let served = Served::new();
    let answer = served.get("/a/b/c.html");
    assert_eq!(answer.status, 404);
    assert!(answer.body.contains("href=\"/portal/courses/index.html\""), "{}", answer.body);
    assert_eq!(served.get("/portal/courses/index.html").body, served.get("/courses/index.html").body);
    assert_eq!(served.get("/portal/").body, served.get("/").body);
}

#[test]
fn the_address_of_a_draft_says_that_it_is_one() {
    let served = Served::new();
    let course = fs::read_to_string(served.folder.path().join("content/courses/hechang.md")).unwrap();
    served.write("content/courses/caogao.md", &course.replacen("title:", "draft: true\ntitle:", 1));
    served.until("/courses/caogao.html", |answer| answer.body.contains("草稿"));
    for path in ["/courses/caogao.html", "/portal/courses/caogao.html"] {
        let body = served.get(path).body;
        assert!(body.contains("是草稿（draft: true）"), "{body}");
    }
    assert!(!served.get("/courses/nowhere.html").body.contains("草稿"));
}

#[test]
fn a_head_has_no_body() {
    let served = Served::new();
    let (get, head) = (served.get("/"), served.ask("HEAD", "/", &served.host()));
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert!(head.head.contains(&format!("content-length: {}", get.body.len())), "{}", head.head);
}

#[test]
fn a_file_in_a_new_folder_is_found_and_so_is_a_folder_made_again() {
    let served = Served::new();
    let course = fs::read_to_string(served.folder.path().join("content/courses/hechang.md")).unwrap();
    served.write("content/courses/new/deep/quanshu.md", &course);
    served.until("/courses/quanshu.html", |answer| answer.status == 200);
    fs::remove_dir_all(served.folder.path().join("content")).unwrap();
    served.until("/.shuyuan/mistakes", |answer| answer.body.contains("site.yaml"));
    for (path, bytes) in super::files(super::PORTAL) {
        write(served.folder.path(), &path, &bytes);
    }
    served.until("/.shuyuan/mistakes", |answer| answer.body.is_empty());
    served.until("/courses/quanshu.html", |answer| answer.status == 404);
    served.replace("content/courses/taiji.md", "太极入门", "太极进阶");
    served.until("/courses/taiji.html", |answer| answer.body.contains("太极进阶"));
}

#[test]
fn a_mistake_is_shown_over_the_last_good_page_until_it_is_mended() {
    let served = Served::new();
    let mut events = served.listen("/courses/taiji.html");
    served.replace("content/courses/taiji.md", "title: 太极入门", "titel: 太极入门");
    let (event, text) = events.next();
    assert_eq!(event, "mistakes");
    assert!(text.contains("content/courses/taiji.md:2:1") && text.contains("titel"), "{text}");
    assert_eq!(served.get("/.shuyuan/mistakes").body.trim_end(), text.trim_end());
    assert!(served.get("/courses/taiji.html").body.contains("太极入门"));
    served.replace("content/courses/taiji.md", "titel: 太极入门", "title: 太极入门");
    assert_eq!(events.next().0, "fine");
    assert_eq!(served.get("/.shuyuan/mistakes").body, "");
}

#[test]
fn a_portal_that_never_was_good_is_served_as_its_mistakes() {
    let folder = on_disk();
    write(folder.path(), "content/pages/about.md", "---\ntitle: 关于\nx: <b>&\n---\n".as_bytes());
    let served = Served::over(folder);
    let answer = served.get("/courses/");
    assert_eq!(answer.status, 503);
    assert!(answer.head.contains(POLICY) && answer.body.contains("x: &lt;b&gt;&amp;"), "{}", answer.body);
    assert!(answer.body.contains("<script src=\"/.shuyuan/reload.js\" data-version=\"\""), "{}", answer.body);
    served.write("content/pages/about.md", "---\ntitle: 关于\n---\n好了。\n");
    served.until("/pages/about.html", |answer| answer.status == 200);
    let stream = served.send("GET", "/.shuyuan/events?path=/courses/&version=&style=", &served.host());
    assert_eq!(Events(BufReader::new(stream)).next().0, "page");
}

#[test]
fn browsers_are_told_what_became_of_their_own_page_alone() {
    let served = Served::new();
    let (mut taiji, mut about) = (served.listen("/courses/taiji.html"), served.listen("/pages/about.html"));
    let base = String::from_utf8(shuyuan::theme::default_file("style/base.css").unwrap().into_owned()).unwrap();
    served.write("themes/default/style/base.css", &format!("{base}\n.x {{ color: #123456 }}\n"));
    let (event, address) = taiji.next();
    assert_eq!((event.as_str(), about.next().0.as_str()), ("style", "style"));
    assert!(served.get(&format!("/{address}")).body.contains("#123456"));
    served.replace("content/courses/taiji.md", "跟着慢慢学", "跟着快快学");
    assert_eq!((taiji.next().0.as_str(), about.next().0.as_str()), ("page", "fine"));
}

#[test]
fn a_page_that_its_template_cannot_make_is_the_mistake_until_it_is_mended() {
    let folder = on_disk();
    let template = shuyuan::theme::default_file("templates/course.html").unwrap();
    let template = String::from_utf8(template.into_owned()).unwrap();
    let fails = "{% block lead %}{% if view.title == \"剑\" %}{{ view.nothing.at_all }}{% endif %}";
    assert!(template.contains("{% block lead %}"));
    let template = template.replace("{% block lead %}", fails);
    write(folder.path(), "themes/default/templates/course.html", template.as_bytes());
    let served = Served::over(folder);
    assert_eq!(served.get("/courses/taiji.html").status, 200);
    served.replace("content/courses/taiji.md", "title: 太极入门", "title: 剑");
    let answer = served.until("/courses/taiji.html", |answer| answer.status != 200);
    assert_eq!(answer.status, 503);
    assert!(answer.body.contains("templates/course.html") && answer.body.contains("reload.js"), "{}", answer.body);
    assert!(served.get("/courses/").body.contains('剑'), "other pages are shown");
    served.replace("content/courses/taiji.md", "title: 剑", "title: 太极剑");
    served.until("/courses/taiji.html", |answer| answer.status == 200 && answer.body.contains("太极剑"));
}

#[test]
fn a_taken_port_is_passed_over_and_nothing_is_written_but_the_cache() {
    let served = Served::new();
    let second = Server::start(project(&served.folder), served.server.port(), |_| {}).unwrap();
    assert!(second.port() > served.server.port());
    let entries = fs::read_dir(served.folder.path()).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, [".shuyuan", "content"]);
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.head.lines().find_map(|line| line.strip_prefix(&format!("{name}: "))).unwrap_or_default()
    }
}

#[test]
fn a_browser_that_has_the_page_is_told_so_until_it_changes() {
    let served = Served::new();
    let first = served.get("/courses/taiji.html");
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with('"') && tag.len() > 16, "{}", first.head);
    let known = || served.ask("GET", "/courses/taiji.html", &format!("{}\r\nIf-None-Match: {tag}", served.host()));
    let again = known();
    assert_eq!((again.status, again.body.as_str(), again.header("etag")), (304, "", tag.as_str()));
    assert_eq!(served.ask("GET", "/nowhere.html", &format!("{}\r\nIf-None-Match: *", served.host())).status, 404);
    served.replace("content/courses/taiji.md", "跟着慢慢学", "跟着快快学");
    served.until("/courses/taiji.html", |answer| answer.body.contains("跟着快快学"));
    assert_eq!(known().status, 200);
}

#[test]
fn a_part_of_a_file_is_answered_as_players_ask_for_it() {
    let folder = on_disk();
    write(folder.path(), "content/static/notes.txt", b"0123456789");
    let served = Served::over(folder);
    let ask =
        |method: &str, range: &str| served.ask(method, "/notes.txt", &format!("{}\r\nRange: {range}", served.host()));
    assert_eq!(served.get("/notes.txt").header("accept-ranges"), "bytes");
    for (range, status, said, body) in [
        ("bytes=2-4", 206, "bytes 2-4/10", "234"),
        ("bytes=7-", 206, "bytes 7-9/10", "789"),
        ("bytes=-2", 206, "bytes 8-9/10", "89"),
        ("bytes=10-", 416, "bytes */10", ""),
        ("bytes=0-1,3-4", 200, "", "0123456789"),
        ("nonsense", 200, "", "0123456789"),
    ] {
        let answer = ask("GET", range);
        let found = (answer.status, answer.header("content-range"), answer.body.as_str());
        assert_eq!(found, (status, said, body), "{range}");
        assert_eq!(answer.header("content-length"), body.len().to_string(), "{range}");
    }
    let head = ask("HEAD", "bytes=2-4");
    assert_eq!((head.status, head.header("content-length"), head.body.as_str()), (200, "10", ""));
}

#[test]
fn who_says_nothing_is_hung_up_on_and_takes_no_place_for_ever() {
    let served = Served::new();
    let connect = || TcpStream::connect(("127.0.0.1", served.server.port())).unwrap();
    let mut slow = connect();
    slow.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n").unwrap();
    let silent: Vec<TcpStream> = (0..150).map(|_| connect()).collect();
    let mut waiting = served.send("GET", "/", &served.host());
    waiting.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
    assert!(waiting.peek(&mut [0]).is_err(), "answered beside all the others");
    waiting.set_read_timeout(Some(PATIENCE)).unwrap();
    let mut answer = String::new();
    waiting.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    slow.set_read_timeout(Some(PATIENCE)).unwrap();
    let mut rest = Vec::new();
    // Whether it is told so or just hung up on, it ends.
    let _ = slow.read_to_end(&mut rest);
    assert!(!String::from_utf8_lossy(&rest).contains("200 OK"));
    drop(silent);
}
