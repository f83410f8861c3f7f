// A tiny portal without faults, for the tests of the judges.

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'";
const PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg==";
const STYLE = `
  :root { color-scheme: light dark; background: #fff; color: #111; font-size: 18px }
  a { color: #00437a }
  nav a { display: block; line-height: 44px }
  .sign { background: url("pictures/a.png") }
  @media (prefers-color-scheme: dark) { :root { background: #111; color: #eee } a { color: #9cf } }
`;
const TEXT = "社区的太极课每周两次，老师一边示范一边讲解，新来的人站在前排，跟着慢慢地学就好。";

function page({ root, path, base, title, head = "", body }) {
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title>
<meta name="SiteName" content="样站"><link rel="stylesheet" href="${root}style.css"><link rel="icon" href="${root}pictures/a.png"><link rel="canonical" href="${base}${path}">
<link rel="alternate" type="application/atom+xml" href="${root}news.xml">${head}</head>
<body><header><nav aria-label="主菜单"><a href="${root}index.html">首页</a><a href="${root}courses/index.html">课程</a></nav></header>
<main><h1>${title}</h1>${body}<p>${TEXT}</p></main></body></html>`;
}

/** The data of a page about these things. */
const data = (...things) => `<script type="application/ld+json">${JSON.stringify({ "@context": "https://schema.org", "@graph": things })}</script>`;

/** The files of the portal at `base`, by path. */
export function sample(base) {
  const { pathname } = new URL(base);
  const picture = (root) => `<img src="${root}pictures/a.png" alt="红色的小方块" width="2" height="2">`;
  const entry = `<entry><id>tag:sample.example,2026:courses/taiji</id><title>太极</title><updated>2026-11-01T00:00:00+08:00</updated>
    <link href="${base}courses/taiji.html"/></entry>`;
  const site = {
    "@type": "WebSite", "@id": base, url: base, name: "样站",
    potentialAction: { "@type": "SearchAction", target: { "@type": "EntryPoint", urlTemplate: `${base}index.html?q={q}` }, "query-input": "required name=q" },
  };
  const course = {
    "@type": "Course", "@id": `${base}courses/taiji.html`, name: "太极", description: "慢慢来", provider: { "@type": "EducationalOrganization", name: "学校" },
    offers: { "@type": "Offer", price: "0", priceCurrency: "CNY", availability: "https://schema.org/InStock" },
    hasCourseInstance: [{
      "@type": "CourseInstance", name: "秋季班", courseMode: ["Onsite"], startDate: "2026-11-01T09:00:00+08:00", endDate: "2026-11-01T10:00:00+08:00",
      location: [{ "@type": "Place", name: "大厅" }],
    }],
  };
  const crumbs = {
    "@type": "BreadcrumbList",
    itemListElement: [{ "@type": "ListItem", position: 1, name: "首页", item: base }, { "@type": "ListItem", position: 2, name: "太极" }],
  };
  return {
    "index.html": page({ root: "", path: "index.html", base, title: "首页", head: data(site), body: `<p><a href="courses/taiji.html#%E6%97%B6%E9%97%B4">时间</a></p>${picture("")}` }),
    "courses/index.html": page({ root: "../", path: "courses/index.html", base, title: "课程", body: '<p><a href="taiji.html">太极</a></p>' }),
    "courses/taiji.html": page({ root: "../", path: "courses/taiji.html", base, title: "太极", head: data(course, crumbs), body: `<h2 id="时间">时间</h2>${picture("../")}` }),
    "courses/old.html": page({ root: "../", path: "courses/taiji.html", base, title: "已搬家", head: '<meta http-equiv="refresh" content="0; url=taiji.html">', body: '<p><a href="taiji.html">新的地址</a></p>' }),
    "404.html": page({ root: pathname, path: "index.html", base, title: "没有这一页", body: "" }),
    "style.css": STYLE,
    "pictures/a.png": Buffer.from(PICTURE, "base64"),
    "news.xml": `<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><id>tag:sample.example,2026:news</id>
    <title>新闻</title><author><name>样站</name></author><updated>2026-11-01T00:00:00+08:00</updated>
    <link rel="self" href="${base}news.xml"/>${entry}</feed>`,
    "sitemap.xml": `<?xml version="1.0" encoding="utf-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
    ${["", "courses/index.html", "courses/taiji.html"].map((path) => `<url><loc>${base}${path}</loc></url>`).join("")}</urlset>`,
    "robots.txt": `User-agent: *\nAllow: /\nSitemap: ${base}sitemap.xml\n`,
  };
}

/** Calendars at `base`, by path, and in `project/` the content of which they are. */
export function calendarSample(base) {
  const event = `BEGIN:VEVENT
UID:courses.taiji.weekly-20260901@sample.2026
DTSTAMP:20260801T000000Z
LAST-MODIFIED:20260801T000000Z
SEQUENCE:1
DTSTART;TZID=Asia/Shanghai:20260901T090000
DTEND;TZID=Asia/Shanghai:20260901T103000
RRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20260915T010000Z
EXDATE;TZID=Asia/Shanghai:20260908T090000
SUMMARY:太极
STATUS:CANCELLED
END:VEVENT`;
  const calendar = (path) => `BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Sample//Sample//ZH
NAME:太极
SOURCE;VALUE=URI:${base}${path}
X-WR-CALNAME:太极
REFRESH-INTERVAL;VALUE=DURATION:PT1H
BEGIN:VTIMEZONE
TZID:Asia/Shanghai
BEGIN:STANDARD
DTSTART:19910915T020000
TZOFFSETFROM:+0900
TZOFFSETTO:+0800
END:STANDARD
END:VTIMEZONE
${event}
END:VCALENDAR
`.replaceAll("\n", "\r\n");
  const paths = ["calendars/all.ics", "calendars/courses/taiji.ics", "calendars/topics/quanshu.ics"];
  const run = "{title: 秋季班, status: cancelled, reason: 教师生病, weekly: {days: [tue], from: 2026-09-01, to: 2026-09-15, time: {start: \"09:00\", end: \"10:30\"}, except: [2026-09-08]}}";
  return {
    ...Object.fromEntries(paths.map((path) => [path, calendar(path)])),
    "project/content/site.yaml": "title: 样站\nid: sample\nsince: 2026\n",
    "project/content/topics.yaml": "- {id: quanshu, title: 拳术}\n",
    "project/content/courses/taiji.md": `---\ntitle: 太极\ntopics: [quanshu]\nruns: [${run}]\n---\n`,
  };
}

export function write(files, folder) {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}
