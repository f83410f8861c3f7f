// Generates one site of N articles for each generator that ssg.sh measures; the same N gives the same bytes.
//
//   node corpus.mjs N FOLDER      writes FOLDER/shuyuan, hugo, blades and eleventy, and FOLDER/same.json: what each site must hold
//
// Articles have a title, a day, a summary, one to three topics and audiences, and a body of about 600 Han characters with two links to
// other articles. Each site has a page an article, lists by day of all articles and of each topic and audience (50 a page), a list of
// the topics and one of the audiences, a home page that leads to them, a feed and a sitemap. Nothing is in it that one generator lacks.

import { HUGO_SITE } from "../hugo.mjs";
import { AUDIENCES, PLACES, SUBJECTS, TOPICS, body, chance, day, linker, markdown, writer } from "../words.mjs";
import { BLADES_SITE, toml } from "./blades.mjs";
import { ELEVENTY_SITE } from "./eleventy.mjs";

const [count, folder] = [Number(process.argv[2]), process.argv[3]];
if (!Number.isInteger(count) || count < 100 || folder === undefined) throw new Error("usage: corpus.mjs N FOLDER, N from 100");

const write = writer(folder);
const TERMS = { topics: TOPICS, audiences: AUDIENCES };
const MENU = [["新闻", "news"], ["主题", "topics"], ["人群", "audiences"]];
const id = (at) => `news-${at + 1}`;

const fields = (luck, at) => ({
  title: `${luck.one(PLACES)}社区${luck.one(SUBJECTS)}学习小记之${at + 1}`,
  date: day(luck),
  source: "社区学院",
  summary: `${luck.one(PLACES)}的${luck.one(SUBJECTS)}班怎样开课，学员怎样说。`,
  topics: luck.some(TOPICS, 3).map(([name]) => name),
  audiences: luck.some(AUDIENCES, 3).map(([name]) => name),
});

/** Writes the paragraph of a body that links to other articles. */
const pointer = (link) => (luck) => `想接着看的，有${link("news", id(luck.below(count)), luck.one(SUBJECTS))}，还有${link("news", id(luck.below(count)), "这一篇")}。`;

/** What the blocks of a body say: without the marks of Markdown, and without space, which generators set as they like. */
const said = (text) => text.split(/\n+/).map((line) => line.replace(/^(- |> |## )/, "").replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/\*\*|\s/g, "")).filter((line) => line !== "");

// ── Articles ─────────────────────────────────────────────────────────────────────────────────────────────────────────

const same = { items: {}, lists: { news: [] } };
for (const [kind, terms] of Object.entries(TERMS)) for (const [name] of terms) same.lists[`${kind}/${name}`] = [];
for (let at = 0; at < count; at += 1) {
  const article = fields(chance(1_000_003 + at), at);
  const text = (extension) => body(chance(2_000_003 + at), pointer(linker(extension)));
  write(`shuyuan/content/news/${id(at)}.md`, markdown(article, text("md")));
  write(`hugo/content/news/${id(at)}.md`, markdown(article, text("html")));
  write(`eleventy/content/news/${id(at)}.md`, markdown(article, text("html")));
  write(`blades/content/news/${id(at)}.md`, toml(article, text("html")));
  const address = `news/${id(at)}`;
  same.items[address] = { title: article.title, said: said(text("html")) };
  same.lists.news.push(address);
  for (const kind of Object.keys(TERMS)) for (const name of article[kind]) same.lists[`${kind}/${name}`].push(address);
}
// A term without articles has a page in some generators and none in others.
for (const [list, items] of Object.entries(same.lists)) if (items.length === 0) throw new Error(`${list} is empty: take more articles`);
write("same.json", JSON.stringify(same));

// ── Sites ────────────────────────────────────────────────────────────────────────────────────────────────────────────

for (const [kind, terms] of Object.entries(TERMS)) {
  write(`shuyuan/content/${kind}.yaml`, terms.map(([name, title]) => `- {id: ${name}, title: ${title}, summary: 与${title}有关的文章。}\n`).join(""));
  for (const [name, title] of terms) write(`hugo/content/${kind}/${name}/_index.md`, markdown({ title, summary: `与${title}有关的文章。` }, ""));
}
write(
  "shuyuan/content/site.yaml",
  `title: 样站
description: 用来量构建时间和内存的门户
id: sample
since: 2026
menu:
${MENU.map(([title, list]) => `  - {title: ${title}, list: ${list}}`).join("\n")}
home:
  - {block: hero}
  - {block: topics}
  - {block: audiences}
`,
);
const sites = { hugo: HUGO_SITE(MENU, []), blades: BLADES_SITE(MENU, TERMS), eleventy: ELEVENTY_SITE(MENU, TERMS) };
for (const [name, files] of Object.entries(sites)) for (const [path, text] of Object.entries(files)) write(`${name}/${path}`, text);
console.log(`${count} articles`);
