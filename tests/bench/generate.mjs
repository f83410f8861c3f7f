// Generates a portal of N items for Shuyuan, and a Hugo site with the same items; the same N gives the same bytes.
//
//   node generate.mjs N FOLDER        writes FOLDER/shuyuan and FOLDER/hugo
//   node generate.mjs N FOLDER week   the same, nine in ten of them events of one learning week
//
// 60 % courses, 25 % events, 10 % news, 5 % units, venues, teachers, institutions and towns; besides them topics,
// audiences, one learning week and two regions. Every body has about 600 Han characters and links to other items.

import { HUGO_SITE } from "./hugo.mjs";
import { AUDIENCES, DAYS, GIVEN, PLACES, SUBJECTS, SURNAMES, TOPICS, body, chance, day, linker, markdown, writer } from "./words.mjs";

const [count, folder] = [Number(process.argv[2]), process.argv[3]];
if (!Number.isInteger(count) || count < 100 || folder === undefined) throw new Error("usage: generate.mjs N FOLDER, N from 100");

const [courses, events, news] = process.argv[4] === "week" ? [0.03, 0.91, 0.01] : [0.6, 0.25, 0.1];
const SHARES = { courses, events, news, venues: 0.015, teachers: 0.015, institutions: 0.0075, units: 0.0075 };

// ── Items ────────────────────────────────────────────────────────────────────────────────────────────────────────────

const counts = Object.fromEntries(Object.entries(SHARES).map(([kind, share]) => [kind, Math.max(2, Math.round(count * share))]));
counts.towns = Math.max(2, count - Object.values(counts).reduce((sum, part) => sum + part, 0));

const id = (kind, at) => `${kind.replace(/s$/, "")}-${at + 1}`;
const ids = (kind) => Array.from({ length: counts[kind] }, (_, at) => id(kind, at));
const town = ids("towns");
const all = { venues: ids("venues"), teachers: ids("teachers"), institutions: ids("institutions"), units: ids("units"), courses: ids("courses") };
const tags = (luck) => ({ topics: luck.some(TOPICS, 3).map(([name]) => name), audiences: luck.some(AUDIENCES, 3).map(([name]) => name) });
const phone = (luck) => `0000-${String(luck.below(10_000_000)).padStart(7, "0")}`;

/** The fields of one item of each kind, as both programs write them. */
const FIELDS = {
  courses: (luck, at) => ({
    title: `${luck.one(PLACES)}${luck.one(SUBJECTS)}班第${at + 1}期`,
    ...tags(luck),
    level: luck.one(["beginner", "intermediate", "advanced"]),
    teachers: [luck.one(all.teachers)],
    institution: luck.one(all.institutions),
    venue: luck.one(all.venues),
    fee: luck.one([0, 0, 0, 60, 120]),
    materials: luck.some(["水杯", "老花镜", "软底鞋", "围裙", "笔记本"], 2),
    enrol: { phone: phone(luck), note: "上午打电话最容易接通" },
    runs: [{ title: "2026 年秋季班", capacity: 20 + luck.below(40), weekly: { days: luck.some(DAYS, 2), from: "2026-09-01", to: "2026-12-20", time: { start: "09:00", end: "10:30" } } }],
  }),
  events: (luck, at) => {
    const date = `2026-11-${String(9 + luck.below(7)).padStart(2, "0")}`;
    return {
      title: `${luck.one(PLACES)}${luck.one(SUBJECTS)}体验活动第${at + 1}场`,
      edition: "week-2026",
      ...tags(luck),
      unit: luck.one(all.units),
      institution: luck.one(all.institutions),
      venue: luck.one(all.venues),
      capacity: 30 + luck.below(90),
      booking: { phone: phone(luck) },
      sessions: [{ start: `${date} 09:00`, end: `${date} 11:00` }, { start: `${date} 14:30`, end: `${date} 16:00`, title: "下午场" }],
    };
  },
  news: (luck, at) => ({
    title: `${luck.one(PLACES)}社区${luck.one(SUBJECTS)}学习小记之${at + 1}`,
    date: day(luck),
    sort: luck.one(["report", "notice"]),
    source: "社区学院",
    region: luck.one(town),
    institutions: [luck.one(all.institutions)],
    ...tags(luck),
    about: [`courses/${luck.one(all.courses)}`, `venues/${luck.one(all.venues)}`],
  }),
  venues: (luck, at) => ({
    title: `${luck.one(PLACES)}学习场地 ${at + 1}`,
    region: luck.one(town),
    institution: luck.one(all.institutions),
    address: `文化路 ${at + 1} 号`,
    seats: 120 + luck.below(200),
    rooms: 1000,
    hours: [{ days: DAYS.slice(0, 5), time: { start: "08:30", end: "20:30" } }],
    access: luck.some(["step-free", "lift", "toilet", "glasses"], 3),
    contact: { phone: phone(luck) },
  }),
  teachers: (luck) => ({
    title: `${luck.one(SURNAMES)}${luck.one(GIVEN)}（示例）`,
    sort: luck.one(["full", "part", "volunteer", "expert"]),
    workplace: "某社区学校（示例）",
    speciality: luck.one(SUBJECTS),
    topics: tags(luck).topics,
    institution: luck.one(all.institutions),
    region: luck.one(town),
  }),
  institutions: (luck, at) => ({
    title: `${luck.one(PLACES)}社区学校 ${at + 1}`,
    tier: at === 0 ? "college" : "school",
    ...(at === 0 ? {} : { parent: all.institutions[0] }),
    region: luck.one(town),
    contact: { phone: phone(luck) },
  }),
  units: (luck, at) => ({ title: `${luck.one(PLACES)}街道办事处 ${at + 1}`, sort: "town", region: luck.one(town), contact: { phone: phone(luck) } }),
};

/** Writes the paragraph of a body that links to other items. */
const pointer = (link) => (luck) => `想接着学的，可以看看${link("courses", luck.one(all.courses), luck.one(SUBJECTS))}，地方在${link("venues", luck.one(all.venues), "这里")}。`;

// ── Writing ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const write = writer(folder);
const kinds = Object.keys(FIELDS);
for (const [order, kind] of kinds.entries()) {
  for (let at = 0; at < counts[kind]; at += 1) {
    const seed = (order + 1) * 1_000_003 + at;
    const luck = chance(seed);
    const fields = FIELDS[kind](luck, at);
    write(`shuyuan/content/${kind}/${id(kind, at)}.md`, markdown(fields, body(chance(seed + 7), pointer(linker("md")))));
    write(`hugo/content/${kind}/${id(kind, at)}.md`, markdown(fields, body(chance(seed + 7), pointer(linker("html")))));
  }
}

const record = (fields) => `- ${JSON.stringify(fields)}\n`;
const regions = [
  { id: "sheng", title: "某省", level: "province" },
  { id: "shi", title: "某市", level: "city", parent: "sheng" },
  ...town.map((name, at) => ({ id: name, title: `${PLACES[at % PLACES.length]}镇 ${at + 1}`, level: "town", parent: "shi" })),
];
const week = { id: "week-2026", title: "2026 年活动周", year: 2026, from: "2026-11-09", to: "2026-11-15", regions: ["shi"] };
const lists = {
  topics: TOPICS.map(([name, title]) => ({ id: name, title, summary: `与${title}有关的课程和活动。` })),
  audiences: AUDIENCES.map(([name, title]) => ({ id: name, title, summary: `适合${title}的课程和活动。` })),
  regions,
  editions: [week],
};
for (const [kind, records] of Object.entries(lists)) {
  write(`shuyuan/content/${kind}.yaml`, records.map(record).join(""));
  for (const { id: name, ...fields } of records) {
    const path = kind === "topics" || kind === "audiences" ? `${kind}/${name}/_index.md` : `${kind}/${name}.md`;
    write(`hugo/content/${path}`, markdown(fields, ""));
  }
}

const MENU = [["课程", "courses"], ["活动", "events"], ["场地", "venues"], ["教师", "teachers"], ["新闻", "news"], ["主题", "topics"], ["人群", "audiences"]];
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
  - {block: upcoming, count: 12}
  - {block: list, list: courses, count: 12}
  - {block: list, list: news, count: 12}
  - {block: topics}
  - {block: audiences}
  - {block: figures}
`,
);
for (const [path, text] of Object.entries(HUGO_SITE(MENU))) write(`hugo/${path}`, text);
console.log(`${count} items: ${Object.entries(counts).map(([kind, number]) => `${number} ${kind}`).join(", ")}`);
