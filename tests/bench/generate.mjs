// Generates a portal of N items for Shuyuan, and a Hugo site with the same items; the same N gives the same bytes.
//
//   node generate.mjs N FOLDER        writes FOLDER/shuyuan and FOLDER/hugo
//   node generate.mjs N FOLDER week   the same, nine in ten of them events of one learning week
//
// 60 % courses, 25 % events, 10 % news, 5 % units, venues, teachers, institutions and towns; besides them topics,
// audiences, one learning week and two regions. Every body has about 600 Han characters and links to other items.

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { HUGO_SITE } from "./hugo.mjs";

const [count, folder] = [Number(process.argv[2]), process.argv[3]];
if (!Number.isInteger(count) || count < 100 || folder === undefined) throw new Error("usage: generate.mjs N FOLDER, N from 100");

const [courses, events, news] = process.argv[4] === "week" ? [0.03, 0.91, 0.01] : [0.6, 0.25, 0.1];
const SHARES = { courses, events, news, venues: 0.015, teachers: 0.015, institutions: 0.0075, units: 0.0075 };
const BODY_HAN = 600;

// ── Chance, always the same ──────────────────────────────────────────────────────────────────────────────────────────

/** mulberry32. */
function chance(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit) => Math.floor(next() * limit);
  const one = (list) => list[below(list.length)];
  const some = (list, most) => [...new Set(Array.from({ length: 1 + below(most) }, () => one(list)))];
  return { below, one, some };
}

// ── Words ────────────────────────────────────────────────────────────────────────────────────────────────────────────

const TOPICS = ["civics 思想道德", "law 民主法治", "arts 文化艺术", "environment 环境保护", "sports 体育健身", "health 卫生保健", "population 人口教育", "housekeeping 家政服务", "tourism 旅游服务", "daily-life 生活常识", "mental-health 心理健康", "employment 创业就业", "safety 安全", "manners 文明礼仪", "tradition 传统文化", "digital 数字技能"].map((line) => line.split(" "));
const AUDIENCES = ["elders 老年人", "youth 青少年", "infants 婴幼儿", "women-children 妇女儿童", "left-behind 留守人员", "disabled 残疾人", "unemployed 失业人员", "migrant-workers 农民工", "veterans 退役军人", "farmers 新型职业农民", "parents 家长", "workers 在职人员", "low-income 低保家庭"].map((line) => line.split(" "));
const SUBJECTS = ["太极拳", "八段锦", "书法", "国画", "剪纸", "合唱", "二胡", "手机摄影", "智能手机", "短视频剪辑", "家常面点", "月嫂护理", "果树修剪", "大棚番茄", "垃圾分类", "急救常识", "防骗课堂", "民法典", "亲子阅读", "情绪管理", "乡土讲解", "广场舞", "乒乓球", "茶艺", "插花", "陶艺", "手工皂", "电脑表格", "网店运营", "普通话"];
const WHO = ["老师", "志愿者", "班长", "新来的学员", "社区干部", "退休的医生", "隔壁楼的阿姨", "放学的孩子", "年轻的父母", "看门的师傅", "几位老同事", "带队的辅导员"];
const WHEN = ["每到星期三", "开课前十分钟", "第二节课", "下雨的时候", "天凉以后", "结业那天", "午饭过后", "晚上七点", "头一个月", "立冬前后", "逢集的日子", "休息的间隙"];
const DOES = ["把步骤写在黑板上", "先做一遍再讲道理", "挨个看大家的动作", "把容易错的地方圈出来", "请学得快的人带一带", "用大字卡片提醒顺序", "记下每个人的问题", "把工具分到每一张桌子", "放慢了重新来一次", "讲自己从前闹过的笑话", "让大家说说家里的做法", "带着大家到院子里练"];
const RESULT = ["没听清的人可以再问", "回家照着也能做", "两个月下来明显熟了", "不用着急，跟得上就好", "做坏了也不要紧", "隔一天练一次最合适", "有基础的可以试难一点的", "材料在门口的柜子里", "缺的课下周补上", "成果会摆在走廊里", "家里人也可以来看", "名额满了请登记候补"];
const PLACES = ["东风", "和平", "新华", "滨河", "文昌", "向阳", "青山", "柳林", "石桥", "金水", "南湖", "北关", "花园", "红旗", "团结", "永安"];
const SURNAMES = [..."王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"];
const GIVEN = ["建国", "秀英", "志强", "桂兰", "海燕", "文博", "春梅", "立新", "晓明", "玉珍", "德胜", "雅琴"];
const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

// ── Items ────────────────────────────────────────────────────────────────────────────────────────────────────────────

const counts = Object.fromEntries(Object.entries(SHARES).map(([kind, share]) => [kind, Math.max(2, Math.round(count * share))]));
counts.towns = Math.max(2, count - Object.values(counts).reduce((sum, part) => sum + part, 0));

const id = (kind, at) => `${kind.replace(/s$/, "")}-${at + 1}`;
const ids = (kind) => Array.from({ length: counts[kind] }, (_, at) => id(kind, at));
const town = ids("towns");
const all = { venues: ids("venues"), teachers: ids("teachers"), institutions: ids("institutions"), units: ids("units"), courses: ids("courses") };
const day = (luck) => `2026-${String(1 + luck.below(10)).padStart(2, "0")}-${String(1 + luck.below(28)).padStart(2, "0")}`;
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

function sentence(luck) {
  return luck.one([
    () => `${luck.one(WHEN)}，${luck.one(WHO)}${luck.one(DOES)}，${luck.one(RESULT)}。`,
    () => `${luck.one(WHO)}说，${luck.one(SUBJECTS)}和${luck.one(SUBJECTS)}有相通的地方，${luck.one(RESULT)}。`,
    () => `来自${luck.one(PLACES)}的${luck.one(WHO)}${luck.one(DOES)}，**${luck.one(RESULT)}**。`,
    () => `问起${luck.one(SUBJECTS)}怎么开头，${luck.one(WHO)}总是${luck.one(DOES)}。`,
  ])();
}

const han = (text) => text.match(/\p{Script=Han}/gu)?.length ?? 0;

/** A body of about `BODY_HAN` Han characters; `link` writes a link to another item. */
function body(luck, link) {
  const parts = [];
  const paragraph = () => Array.from({ length: 3 + luck.below(3) }, () => sentence(luck)).join("");
  const list = () => Array.from({ length: 3 + luck.below(3) }, () => `- ${sentence(luck)}`).join("\n");
  const pointer = () => `想接着学的，可以看看${link("courses", luck.one(all.courses), luck.one(SUBJECTS))}，地方在${link("venues", luck.one(all.venues), "这里")}。`;
  const blocks = [paragraph, paragraph, list, () => `> ${sentence(luck)}`, () => `## ${luck.one(SUBJECTS)}的门道`];
  parts.push(paragraph(), pointer());
  while (parts.reduce((sum, part) => sum + han(part), 0) < BODY_HAN) parts.push(luck.one(blocks)());
  parts.push(pointer());
  return `${parts.join("\n\n")}\n`;
}

// ── Writing ──────────────────────────────────────────────────────────────────────────────────────────────────────────

function write(path, text) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** Front matter; JSON values are YAML. */
function markdown(fields, text) {
  const lines = Object.entries(fields).map(([key, value]) => `${key}: ${typeof value === "string" && /^\d{4}-/.test(value) ? value : JSON.stringify(value)}`);
  return `---\n${lines.join("\n")}\n---\n${text}`;
}

const link = (extension) => (kind, target, text) => `[${text}](../${kind}/${target}.${extension})`;

const kinds = Object.keys(FIELDS);
for (const [order, kind] of kinds.entries()) {
  for (let at = 0; at < counts[kind]; at += 1) {
    const seed = (order + 1) * 1_000_003 + at;
    const luck = chance(seed);
    const fields = FIELDS[kind](luck, at);
    write(`shuyuan/content/${kind}/${id(kind, at)}.md`, markdown(fields, body(chance(seed + 7), link("md"))));
    write(`hugo/content/${kind}/${id(kind, at)}.md`, markdown(fields, body(chance(seed + 7), link("html"))));
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
