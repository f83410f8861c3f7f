// Writes a Chinese corpus as a Shuyuan project in which every page is a piece of news. The same arguments give the same bytes.
//
//   node corpus.mjs PROFILE FOLDER [--pages N]     an invented one: portal (500 pages of 1 KB), pages (8,000 of 6 KB)
//                                                  or short (90,000 of 600 bytes)
//   node corpus.mjs --from TEXTS FOLDER [--pages N]  every .txt (first line title) and .md file in TEXTS

import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { chance, page } from "./language.mjs";

const PROFILES = {
  portal: { pages: 500, bytes: 1000 },
  pages: { pages: 8000, bytes: 6000 },
  short: { pages: 90_000, bytes: 600 },
};
const TOPICS = ["civics 思想道德", "law 民主法治", "arts 文化艺术", "environment 环境保护", "sports 体育健身", "health 卫生保健", "employment 创业就业", "safety 安全", "tradition 传统文化", "digital 数字技能"].map((line) => line.split(" "));
const AUDIENCES = ["elders 老年人", "youth 青少年", "infants 婴幼儿", "disabled 残疾人", "farmers 新型职业农民", "parents 家长", "workers 在职人员"].map((line) => line.split(" "));
const TOWNS = 40;
const FOLDER_OF = 1000;

const id = (at) => `n-${String(at).padStart(6, "0")}`;
const place = (at) => `${String(Math.floor(at / FOLDER_OF)).padStart(3, "0")}/${id(at)}.md`;

/** Dates are not in page order. */
function fields(luck, title, source) {
  return {
    title,
    date: `${2016 + luck.below(11)}-${String(1 + luck.below(10)).padStart(2, "0")}-${String(1 + luck.below(28)).padStart(2, "0")}`,
    sort: luck.one(["report", "notice"]),
    source,
    region: `town-${luck.below(TOWNS)}`,
    topics: [...new Set([luck.one(TOPICS)[0], luck.one(TOPICS)[0]])],
    ...(luck.odds(0.6) ? { audiences: [luck.one(AUDIENCES)[0]] } : {}),
  };
}

/** Front matter; JSON values are YAML. */
function news({ date, ...others }, body) {
  const lines = Object.entries(others).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return `---\ndate: ${date}\n${lines.join("\n")}\n---\n${body}`;
}

function* invented(profile, count) {
  for (let at = 0; at < count; at += 1) {
    const luck = chance(7919 * (at + 1));
    const link = (other) => `../${place(other.below(count))}`;
    const made = page(luck, profile.bytes * (0.5 + luck.next()), link);
    yield news(fields(luck, made.title, made.source), made.body);
  }
}

const escaped = (text) => text.replace(/[!-/:-@[-`{-~]/g, "\\$&");

/** Converts a text file: one paragraph per line; Markdown syntax is escaped. */
function fromText(text) {
  const [title, ...lines] = text.split(/\r?\n/).map((line) => line.trim());
  return { title, body: lines.filter(Boolean).map((line) => `${escaped(line)}\n\n`).join("") };
}

/** Converts a Markdown file: links and pictures are replaced by their text, since their targets are missing; HTML is escaped. */
function fromMarkdown(text) {
  const [, front, rest] = /^(?:---\r?\n([\s\S]*?)\r?\n---\r?\n)?([\s\S]*)$/.exec(text);
  const named = /^title:\s*["']?(.*?)["']?\s*$/m.exec(front ?? "")?.[1];
  const heading = /^# +(.+?) *#*$/m.exec(rest)?.[1];
  const body = (named === undefined ? rest.replace(/^# +.+$/m, "") : rest)
    .replace(/!\[[^\]]*\]\([^)]*\)/g, "")
    .replace(/\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])/g, "$1")
    .replace(/^\[[^\]]+\]:.*$/gm, "")
    .replace(/^# /gm, "## ")
    .replace(/^:::.*$/gm, "")
    .replace(/[<{}[\]]/g, "\\$&");
  return { title: named ?? heading ?? "", body };
}

function* foreign(folder, limit) {
  const paths = readdirSync(folder, { recursive: true }).map(String).filter((path) => /\.(txt|md)$/.test(path)).sort();
  let at = 0;
  for (const path of paths.slice(0, limit)) {
    const text = readFileSync(join(folder, path), "utf8").replace(/^\uFEFF/, "");
    const { title, body } = path.endsWith(".md") ? fromMarkdown(text) : fromText(text);
    if (body.trim() === "") continue;
    at += 1;
    yield news(fields(chance(7919 * at), (title.trim() || path).slice(0, 80), "来源"), body);
  }
}

// ── Writing ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const words = process.argv.slice(2);
const option = (name) => {
  const at = words.indexOf(name);
  return at < 0 ? undefined : words.splice(at, 2)[1];
};
const pages = option("--pages");
const from = option("--from");
const [name, folder] = from === undefined ? words : [undefined, ...words];
const profile = PROFILES[name];
if (folder === undefined || (from === undefined && profile === undefined)) throw new Error("usage: corpus.mjs portal|pages|short FOLDER [--pages N], or corpus.mjs --from TEXTS FOLDER");

const texts = from === undefined ? invented(profile, Number(pages ?? profile.pages)) : foreign(from, pages === undefined ? undefined : Number(pages));
let count = 0;
let size = 0;
for (const text of texts) {
  if (count % FOLDER_OF === 0) mkdirSync(join(folder, "content/news", place(count).slice(0, 3)), { recursive: true });
  writeFileSync(join(folder, "content/news", place(count)), text);
  count += 1;
  size += Buffer.byteLength(text);
}
if (count === 0) throw new Error(`${from}: no .txt or .md file with text`);

const records = (list) => list.map((record) => `- ${JSON.stringify(record)}\n`).join("");
const lists = {
  topics: TOPICS.map(([key, title]) => ({ id: key, title, summary: `与${title}有关的新闻。` })),
  audiences: AUDIENCES.map(([key, title]) => ({ id: key, title, summary: `适合${title}的新闻。` })),
  regions: [{ id: "shi", title: "某市", level: "city" }, ...Array.from({ length: TOWNS }, (_, at) => ({ id: `town-${at}`, title: `某镇 ${at + 1}`, level: "town", parent: "shi" }))],
};
for (const [kind, list] of Object.entries(lists)) writeFileSync(join(folder, `content/${kind}.yaml`), records(list));
writeFileSync(
  join(folder, "content/site.yaml"),
  "title: 样站\ndescription: 用来量搜索的门户\nid: sample\nsince: 2026\nmenu:\n  - {title: 新闻, list: news}\n  - {title: 主题, list: topics}\nhome:\n  - {block: hero}\n  - {block: list, list: news, count: 12}\n  - {block: topics}\n",
);
console.log(`${count} pages, ${(size / 1e6).toFixed(1)} MB of Markdown`);
