// Tests the judges: a correct portal passes all of them, and each planted defect fails exactly the checks that describe it.
//
//   node judges.test.mjs

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { judge as calendars } from "./calendars.mjs";
import { judge as crawl } from "./crawl.mjs";
import { judge as feeds } from "./feeds.mjs";
import { judge as linkedData } from "./linked-data.mjs";
import { Checks } from "./lib/checks.mjs";
import { calendarSample, sample, write } from "./lib/sample.mjs";
import { freePort } from "./lib/server.mjs";
import { judge as pages } from "./pages.test.mjs";
import { judge as screens } from "./screens.test.mjs";
import { judge as validate } from "./validate.mjs";

const BASE = "https://sample.example/portal/";
const HOME = "index.html";
const ITEM = "courses/taiji.html";
const MAIN = "</main>";

/** Inserts `text` before `mark` in the file at `path`. */
const insert = (path, mark, text) => (files) => replace(path, mark, text + mark)(files);

const replace = (path, old, text) => (files) => {
  if (!files[path].includes(old)) throw new Error(`${path} does not hold ${old}`);
  files[path] = files[path].replace(old, text);
};

/** The part of a browser check's sentence that tells how the page was opened. */
const OPENED = /^(over HTTP|from the folder|from a 404 answer) (?=no (page|request)|every picture)/;

const SOUND = { defect: "no defect", plant: () => {}, fails: [] };

const CRAWLER = [
  SOUND,
  {
    defect: "a broken link",
    plant: insert(ITEM, MAIN, '<a href="taichi.html">太极</a>'),
    fails: ["in a folder every internal address leads to a file of exactly that name", "under a sub-path every internal address is answered"],
  },
  {
    defect: "a link in the wrong case",
    plant: insert(ITEM, MAIN, '<a href="Taiji.html">太极</a>'),
    fails: ["in a folder every internal address leads to a file of exactly that name", "under a sub-path every internal address is answered"],
  },
  {
    defect: "a link to a folder",
    plant: insert(HOME, MAIN, '<a href="courses/">课程</a>'),
    fails: ["in a folder every internal address leads to a file of exactly that name", "under a sub-path every internal address is answered"],
  },
  {
    defect: "a broken picture in a srcset",
    plant: insert(HOME, MAIN, '<img src="pictures/a.png" srcset="pictures/a.png 1x, pictures/b.png 2x" alt="图" width="2" height="2">'),
    fails: ["in a folder every internal address leads to a file of exactly that name", "under a sub-path every internal address is answered"],
  },
  {
    defect: "a broken address in a stylesheet",
    plant: replace("style.css", "pictures/a.png", "pictures/b.png"),
    fails: ["in a folder every internal address leads to a file of exactly that name", "under a sub-path every internal address is answered"],
  },
  {
    defect: "an import of a missing stylesheet",
    plant: (files) => (files["style.css"] = `@import "more.css";${files["style.css"]}`),
    fails: ["in a folder every internal address leads to a file of exactly that name", "under a sub-path every internal address is answered"],
  },
  {
    defect: "a redirect to nowhere",
    plant: replace("courses/old.html", "url=taiji.html", "url=gone.html"),
    fails: ["in a folder every internal address leads to a file of exactly that name", "under a sub-path every internal address is answered"],
  },
  { defect: "a missing fragment", plant: replace(ITEM, 'id="时间"', 'id="地点"'), fails: ["every fragment is an id in its target"] },
  {
    defect: "a link from the host's root",
    plant: insert(ITEM, MAIN, '<a href="/index.html">首页</a>'),
    fails: ["no address leaves the portal's root", "under a sub-path no address leaves it"],
  },
  { defect: "an orphan page", plant: (files) => (files["courses/alone.html"] = files[ITEM]), fails: ["every page is reached from the home page by links, or is a redirect"] },
  {
    defect: "a foreign picture",
    plant: insert(ITEM, MAIN, '<img src="https://other.example/a.png" alt="图" width="2" height="2">'),
    fails: ["nothing is loaded from a foreign origin"],
  },
  { defect: "a foreign form", plant: insert(ITEM, MAIN, '<form action="//other.example/"></form>'), fails: ["nothing is loaded from a foreign origin"] },
  { defect: "a foreign font", plant: (files) => (files["style.css"] += "@font-face { font-family: a; src: url(https://other.example/a.woff2) }"), fails: ["nothing is loaded from a foreign origin"] },
  {
    defect: "a script in an address",
    plant: insert(ITEM, MAIN, '<a href="javascript:void 0">点</a>'),
    fails: ["addresses are relative, or outside ones with http, https, tel, mailto or webcal", "no page has an inline script, style or event handler"],
  },
  { defect: "a link by the base address", plant: insert(ITEM, MAIN, `<a href="${BASE}index.html">首页</a>`), fails: ["no link between pages names the base address"] },
  { defect: "a canonical address of no page", plant: replace(ITEM, `${BASE}courses/taiji.html`, `${BASE}courses/`), fails: ["canonical, og:url and the like name files of the portal"] },
  {
    defect: "an og:url of no page",
    plant: insert(ITEM, "</head>", `<meta property="og:url" content="${BASE}courses/taichi.html">`),
    fails: ["canonical, og:url and the like name files of the portal"],
  },
  { defect: "a 404 page with relative links", plant: (files) => (files["404.html"] = files[HOME]), fails: ["from a 404 answer at depth 3 every address is answered"] },
  { defect: "a heavy page", plant: insert(ITEM, MAIN, `<p>${"重".repeat(70_000)}</p>`), fails: ["no page is over 200 KB"] },
  { defect: "an id twice", plant: insert(ITEM, MAIN, '<h2 id="时间">时间</h2>'), fails: ["no id stands twice in a page"] },
  { defect: "no policy", plant: replace(ITEM, "Content-Security-Policy", "X-Policy"), fails: ["every page has the content security policy"] },
  { defect: "a loose policy", plant: replace(ITEM, "form-action 'self'", "form-action 'self'; style-src 'unsafe-inline'"), fails: ["every page has the content security policy"] },
  { defect: "an inline script", plant: insert(ITEM, MAIN, "<script>1</script>"), fails: ["no page has an inline script, style or event handler"] },
  { defect: "a script that calls itself data", plant: insert(ITEM, MAIN, '<script type="text/json-ld">1</script>'), fails: ["no page has an inline script, style or event handler"] },
  { defect: "an inline style", plant: insert(ITEM, MAIN, '<p style="color: red">红</p>'), fails: ["no page has an inline script, style or event handler"] },
  { defect: "an event handler", plant: insert(ITEM, MAIN, '<p onclick="a()">点</p>'), fails: ["no page has an inline script, style or event handler"] },
  { defect: "a null in the text", plant: insert(ITEM, MAIN, "<p>电话：null</p>"), fails: ["no unfinished text such as null or {{ is to be seen"] },
  { defect: "a null in a meta", plant: insert(ITEM, "</head>", '<meta name="keywords" content="undefined">'), fails: ["no unfinished text such as null or {{ is to be seen"] },
  { defect: "a template left over", plant: insert(ITEM, MAIN, "<p>{{ title }}</p>"), fails: ["no unfinished text such as null or {{ is to be seen"] },
  { defect: "two h1", plant: insert(ITEM, MAIN, "<h1>又一个</h1>"), fails: ["every page has a doctype, a language, a title and one h1"] },
  { defect: "a picture without a description", plant: replace(ITEM, ' alt="红色的小方块"', ""), fails: ["every picture has a description, a width and a height"] },
  { defect: "a link without a name", plant: insert(ITEM, MAIN, '<a href="index.html"></a>'), fails: ["every link has a name that can be read aloud"] },
  { defect: "an undated article", plant: insert(ITEM, "</head>", '<meta name="PubDate" content="2026-11-01">'), fails: ["government page metadata is complete and dated as prescribed"] },
];

const FEEDS = [
  SOUND,
  {
    defect: "a feed that is not XML",
    plant: replace("news.xml", "</entry>", ""),
    fails: ["every XML file is well-formed", "an independent reader reads every Atom feed"],
  },
  { defect: "an id twice in a feed", plant: replace("news.xml", "2026:courses/taiji", "2026:news"), fails: ["ids of feeds and entries are tag: addresses, one for each entry"] },
  { defect: "an id that is no tag: address", plant: replace("news.xml", "tag:sample.example,2026:courses", "courses"), fails: ["ids of feeds and entries are tag: addresses, one for each entry"] },
  { defect: "a date without an offset", plant: replace("news.xml", "00:00:00+08:00</updated>\n    <link href", "00:00:00</updated>\n    <link href"), fails: ["feeds and entries are dated after RFC 3339"] },
  { defect: "a feed that is newer than its entries", plant: replace("news.xml", "2026-11-01T00:00:00+08:00", "2026-11-02T00:00:00+08:00"), fails: ["a feed is as new as its newest entry, and nothing in it is of a day to come"] },
  { defect: "a feed of a day to come", plant: (files) => (files["news.xml"] = files["news.xml"].replaceAll("2026-11-01T", "2226-11-01T")), fails: ["a feed is as new as its newest entry, and nothing in it is of a day to come"] },
  { defect: "an entry that leads nowhere", plant: replace("news.xml", "courses/taiji.html", "courses/taichi.html"), fails: ["links of entries are absolute and lead to a page of the portal"] },
  { defect: "a relative link in an entry", plant: replace("news.xml", `${BASE}courses`, "courses"), fails: ["links of entries are absolute and lead to a page of the portal"] },
  { defect: "a feed without an author", plant: replace("news.xml", "<author><name>样站</name></author>", ""), fails: ["feeds and entries have title, author and link"] },
  { defect: "a feed that names another address", plant: replace("news.xml", "news.xml", "feed.xml"), fails: ["every feed names its own address"] },
  { defect: "a feed that no page names", plant: (files) => Object.keys(files).filter((path) => path.endsWith(".html")).forEach((path) => (files[path] = files[path].replace(/<link rel="alternate"[^>]*>/, ""))), fails: ["every feed is announced by a page"] },
  {
    defect: "a dead address in the sitemap",
    plant: replace("sitemap.xml", "taiji.html", "taichi.html"),
    fails: ["every address of the sitemap is a page of the portal", "the sitemap names every page but redirects, search.html, 404.html, single coming days and what another page stands for"],
  },
  { defect: "a broken date in the sitemap", plant: replace("sitemap.xml", "</loc>", "</loc><lastmod>11/01/2026</lastmod>"), fails: ["the sitemap is well made and at most 50,000 addresses a file"] },
  { defect: "a day to come in the sitemap", plant: replace("sitemap.xml", "</loc>", "</loc><lastmod>2226-11-01</lastmod>"), fails: ["the sitemap is well made and at most 50,000 addresses a file"] },
  { defect: "a control character in a feed", plant: replace("news.xml", "新闻", "新\u000b闻"), fails: ["every XML file is well-formed", "an independent reader reads every Atom feed"] },
  { defect: "no sitemap in robots.txt", plant: replace("robots.txt", "Sitemap:", "Map:"), fails: ["robots.txt names the sitemap"] },
];

const LINKED = [
  SOUND,
  { defect: "data that is no JSON", plant: replace(ITEM, '"@graph":[', '"@graph":{'), fails: ["a JSON-LD processor expands every page, and loses nothing"] },
  { defect: "a course without its provider", plant: replace(ITEM, '"provider"', '"maker"'), fails: ["every type has what it needs"] },
  { defect: "a course under another address", plant: replace(ITEM, `"@id":"${BASE}courses/taiji.html"`, `"@id":"${BASE}index.html"`), fails: ["the page of an entry describes it under its own address"] },
  { defect: "a place without a page", plant: replace(ITEM, '"name":"大厅"', `"name":"大厅","@id":"${BASE}venues/no.html"`), fails: ["addresses are absolute, and those of the portal name files"] },
  { defect: "a time without an offset", plant: replace(ITEM, "T09:00:00+08:00", "T09:00:00"), fails: ["times have an offset and end after they begin"] },
  { defect: "an end before the beginning", plant: replace(ITEM, "2026-11-01T10:00", "2026-11-01T08:00"), fails: ["times have an offset and end after they begin"] },
  { defect: "crumbs out of order", plant: replace(ITEM, '"position":2', '"position":3'), fails: ["breadcrumbs are numbered, and each but the last has an address"] },
  { defect: "an invented state", plant: replace(ITEM, "https://schema.org/InStock", "InStock"), fails: ["values of enumerations are words of schema.org"] },
];

const VALIDATOR = [SOUND, { defect: "a paragraph in a list", plant: insert(ITEM, MAIN, "<ul><p>错</p></ul>"), fails: ["the Nu checker finds no error in courses/<item>"] }];

const BROWSER = [
  SOUND,
  {
    defect: "a foreign picture and an inline style",
    plant: insert(ITEM, MAIN, '<p style="color: inherit">红</p><img src="https://other.example/a.png" alt="图" width="2" height="2">'),
    fails: ["no page breaks its content security policy", "no request fails", "no page asks a foreign origin for anything", "every picture is shown"],
  },
  {
    defect: "a missing picture",
    plant: replace(ITEM, 'pictures/a.png" alt', 'pictures/b.png" alt'),
    fails: ["no request fails", "no page has an error in the console", "every picture is shown"],
  },
  {
    defect: "a wide table, a small target, small text and pale text",
    plant: (files) => (files["style.css"] += "h2 { width: 340px } nav a { line-height: 30px } main p { font-size: 15px } h1 { color: #aaa } @media (prefers-color-scheme: dark) { h2 { color: #333 } }"),
    fails: [
      "at 320 and 360 px no page scrolls sideways",
      "every target in a nav is at least 44 px high",
      "running text is at least 18 px",
      "all text has a contrast of 4.5 in light colours (3 if large)",
      "all text has a contrast of 4.5 in dark colours (3 if large)",
    ],
  },
];

const LONG = "<p>长</p>".repeat(400);

const SCREENS = [
  SOUND,
  { defect: "a long home page", plant: insert(HOME, MAIN, LONG), fails: ["the home page is at most 8 screens long on a phone"] },
  { defect: "a long page of a topic", plant: (files) => (files["topics/taiji.html"] = files[ITEM].replace(MAIN, LONG + MAIN)), fails: ["no list is longer than 12 screens of a phone"] },
];

const TIMES = "every calendar has each time that the content says, and no other";

const CALENDARS = [
  SOUND,
  { defect: "a session that is not in the content", plant: replace("calendars/all.ics", "T090000", "T093000"), fails: [TIMES] },
  { defect: "a day that is left out", plant: replace("calendars/courses/taiji.ics", "EXDATE;TZID=Asia/Shanghai:20260908T090000\r\n", ""), fails: [TIMES] },
  { defect: "a cancelled run that is told as held", plant: replace("calendars/courses/taiji.ics", "STATUS:CANCELLED", "STATUS:CONFIRMED"), fails: [TIMES] },
  {
    defect: "a lacking calendar",
    plant: (files) => delete files["calendars/topics/quanshu.ics"],
    fails: ["there is a calendar for everything that has something in the content, and no other"],
  },
  {
    defect: "a long line and a lone line feed",
    plant: replace("calendars/all.ics", "END:VEVENT", `X-LONG:${"长".repeat(30)}\nEND:VEVENT`),
    fails: ["calendars are UTF-8 in lines of at most 75 octets that end in CRLF"],
  },
  {
    defect: "a character that is parted",
    plant: (files) => {
      const bytes = Buffer.from(files["calendars/all.ics"]);
      const inside = bytes.lastIndexOf("太") + 1;
      files["calendars/all.ics"] = Buffer.concat([bytes.subarray(0, inside), Buffer.from("\r\n "), bytes.subarray(inside)]);
    },
    fails: ["calendars are UTF-8 in lines of at most 75 octets that end in CRLF"],
  },
  { defect: "a calendar that is none", plant: replace("calendars/all.ics", "END:VCALENDAR", ""), fails: ["ical.js reads every calendar"] },
  {
    defect: "a calendar without a name and of another site",
    plant: replace("calendars/all.ics", `NAME:太极\r\nSOURCE;VALUE=URI:${BASE}`, "SOURCE;VALUE=URI:https://other.example/"),
    fails: ["every calendar has a name, says how often to look, and where it is from"],
  },
  {
    defect: "a stamp of the future",
    plant: (files) => (files["calendars/all.ics"] = files["calendars/all.ics"].replaceAll("20260801T000000Z", "20990801T000000Z")),
    fails: ["stamps are of changes, none of them after the build"],
  },
  { defect: "another zone", plant: replace("calendars/all.ics", "TZOFFSETTO:+0800", "TZOFFSETTO:+0700"), fails: ["every time has the zone of the site, with its clocks", TIMES] },
];

await run();

async function run() {
  const checks = new Checks("judges");
  for (const [name, judge, cases] of [["crawl", crawl, CRAWLER], ["feeds", feeds, FEEDS], ["linked-data", linkedData, LINKED], ["calendars", calendars, CALENDARS], ["validate", validate, VALIDATOR], ["pages", pages, BROWSER], ["screens", screens, SCREENS]]) {
    for (const { defect, plant, fails } of cases) {
      const failed = await sentencesThatFail(judge, plant);
      checks.that(`${name} reports ${defect}, and nothing else`, difference(failed, fails));
    }
  }
  checks.finish();
}

async function sentencesThatFail(judge, plant) {
  const folder = mkdtempSync(join(tmpdir(), "shuyuan-judges-"));
  const missingBase = `http://127.0.0.1:${await freePort()}/portal/`;
  for (const [name, base] of [["portal", BASE], ["missing", missingBase]]) {
    const files = judge === calendars ? calendarSample(base) : sample(base);
    plantIn(files, plant, base);
    write(files, join(folder, name));
  }
  const checks = new Checks("", true);
  await judge(checks, { portal: join(folder, "portal"), base: BASE, missing: join(folder, "missing"), "missing-base": missingBase, root: join(folder, "portal/project"), today: "2026-11-01" });
  rmSync(folder, { recursive: true });
  return [...new Set(checks.failed.map((sentence) => sentence.replace(OPENED, "")))];
}

/** Plants a defect in a portal with another base: defects are written for `BASE`. */
function plantIn(files, plant, base) {
  const exchange = (from, to) => {
    for (const path of Object.keys(files)) if (typeof files[path] === "string") files[path] = files[path].replaceAll(from, to);
  };
  exchange(base, BASE);
  plant(files);
  exchange(BASE, base);
}

function difference(found, wanted) {
  return [
    ...wanted.filter((sentence) => !found.includes(sentence)).map((sentence) => `not reported: ${sentence}`),
    ...found.filter((sentence) => !wanted.includes(sentence)).map((sentence) => `reported besides: ${sentence}`),
  ];
}
