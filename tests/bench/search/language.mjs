// An invented Chinese: words with a Zipf distribution, topics that make them cluster, words that often follow each
// other, names, dates, numbers, Latin. Sentences have no meaning, but an index sees them much like real text.

import { readFileSync } from "node:fs";

import { chance as plain } from "../words.mjs";

/** Chance that is always the same, with what a language needs of it. */
export function chance(seed) {
  const luck = plain(seed);
  const odds = (share) => luck.next() < share;
  /** A rank below `count`, its probability falling as 1 / (rank + flat). */
  const rank = (count, flat) => Math.min(count - 1, Math.floor(flat * (1 + count / flat) ** luck.next() - flat));
  return { ...luck, odds, rank };
}

// ── The vocabulary ───────────────────────────────────────────────────────────────────────────────────────────────────

const COMMON = [..."的了在和是有就不人一上也到这大我们要对为与及等将把从被向由让给其以并或"];
const SURNAMES = [..."王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"];
const GIVEN = [..."伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂兰玉梅红春华建国志海燕文博晓珍德胜雅琴立新雪松云飞鹏程思远嘉怡子涵雨桐浩然欣悦俊凯佩瑶"];
const PLACE = [..."东西南北中上下新老大石金银玉青白黄红柳杨槐桥河江湖泉溪山岭坪坝塘湾洲沙岩龙凤虎马鹤梅兰竹松文武安宁永长兴和福寿清明"];
const PLACE_END = ["镇", "乡", "街道", "社区", "村", "路", "小区", "公园", "水库", "中学", "县", "开发区", "桥头", "老街"];
const BODY_END = ["学校", "中心", "学院", "协会", "工作室", "委员会", "合作社", "图书馆", "文化站", "服务站", "志愿队", "研究会"];
const COMPOUND_END = ["工作", "项目", "小组", "方案", "课程", "活动", "基地", "平台", "体系", "人才", "计划", "培训", "展示", "竞赛", "论坛", "讲座", "名单", "经验"];
const LATIN = ["App", "Wi-Fi", "QQ", "PPT", "Excel", "Word", "GPS", "AI", "VR", "5G", "4K", "CPR", "AED", "PM2.5", "GDP", "KTV", "ETC", "DNA", "UFO", "CAD", "USB", "Python", "Scratch", "Linux", "ISO9001", "GB/T", "NBA", "VIP", "LED", "MOOC", "STEAM", "Yoga", "T恤", "B超", "X光", "卡拉OK", "e-mail", "iPad", "Android", "Photoshop", "WPS", "PDF", "MP3", "H5", "O2O", "CEO", "HPV", "ＷｉＦｉ", "ＡＰＰ"];
const ROOTS = ["lin", "mo", "ta", "ver", "co", "ne", "sa", "tri", "dex", "plu", "ora", "kin", "zen", "bio", "eco", "net", "soft", "lab", "art", "hub"];

const TOPICS = 90;
const TOPIC_WORDS = 140;
const FOLLOWERS = 6;

/** @returns the words of the language and their relations; the same on every machine */
function vocabulary() {
  const luck = chance(20_261_121);
  // Beside dates and numbers, words for birth and for houses would make private data.
  const real = readFileSync(new URL("words.txt", import.meta.url), "utf8").split(/\s+/).filter((word) => word && !/生日|出生|[栋幢座弄]/.test(word));
  const pairs = real.filter((word) => word.length === 2);
  // New words begin and end with characters that are common there.
  const coined = new Set();
  while (coined.size < 5000) coined.add(luck.one(pairs)[0] + luck.one(pairs)[1]);
  const compounds = new Set();
  while (compounds.size < 2500) compounds.add(luck.one(pairs) + luck.one(COMPOUND_END));
  const triples = new Set();
  while (triples.size < 1500) triples.add(luck.one(pairs) + luck.one(pairs)[1]);
  const rare = [...coined, ...compounds, ...triples];
  for (let at = rare.length - 1; at > 0; at -= 1) {
    const other = luck.below(at + 1);
    [rare[at], rare[other]] = [rare[other], rare[at]];
  }
  const words = [...new Set([...COMMON, ...real, ...rare])];

  const names = Array.from({ length: 4000 }, () => luck.one(SURNAMES) + luck.one(GIVEN) + (luck.odds(0.75) ? luck.one(GIVEN) : ""));
  const stems = Array.from({ length: 500 }, () => luck.one(PLACE) + luck.one(PLACE));
  const places = Array.from({ length: 900 }, () => luck.one(stems) + luck.one(PLACE_END));
  const bodies = Array.from({ length: 700 }, () => luck.one(stems) + (luck.odds(0.5) ? luck.one(pairs) : "") + luck.one(BODY_END));
  const latin = [...LATIN, ...Array.from({ length: 250 }, () => capital(luck.one(ROOTS) + luck.one(ROOTS) + (luck.odds(0.3) ? luck.one(ROOTS) : "")))];

  const meaning = words.map((word, at) => (word.length > 1 && at > 120 ? at : -1)).filter((at) => at >= 0);
  const topics = Array.from({ length: TOPICS }, () => Array.from({ length: TOPIC_WORDS }, () => words[meaning[luck.rank(meaning.length, 900)]]));
  const followers = new Map(words.map((word) => [word, Array.from({ length: FOLLOWERS }, () => words[luck.rank(words.length, 300)])]));
  return { words, names, places, bodies, latin, topics, followers };
}

const capital = (word) => word[0].toUpperCase() + word.slice(1);
const V = vocabulary();

// ── A page ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The subject of a page: two topics, and some names, terms and phrases that recur. */
function subject(luck) {
  const own = [luck.one(V.places), luck.one(V.bodies), luck.one(V.names), luck.one(V.names), V.words[2000 + luck.below(V.words.length - 2000)]];
  if (luck.odds(0.4)) own.push(luck.one(V.latin));
  const on = { topics: [luck.below(TOPICS), luck.below(TOPICS)], own, phrases: [] };
  const topic = () => V.topics[on.topics[0]][luck.rank(TOPIC_WORDS, 8)];
  on.phrases = Array.from({ length: 16 }, () => topic() + V.words[luck.rank(V.words.length, 6)] + (luck.odds(0.5) ? topic() : ""));
  return on;
}

function word(luck, on, last) {
  if (last !== undefined && luck.odds(0.36)) {
    const after = V.followers.get(last);
    if (after !== undefined) return after[luck.rank(FOLLOWERS, 1)];
  }
  const draw = luck.next();
  if (draw < 0.28) return V.words[luck.rank(V.words.length, 3)];
  if (draw < 0.52) return V.topics[on.topics[luck.odds(0.8) ? 0 : 1]][luck.rank(TOPIC_WORDS, 4)];
  if (draw < 0.8) return on.phrases[luck.rank(on.phrases.length, 3)];
  if (draw < 0.89) return luck.one(on.own);
  if (draw < 0.92) return luck.one(luck.odds(0.5) ? V.names : V.places);
  if (draw < 0.97) return figure(luck);
  if (draw < 0.99) return V.latin[luck.rank(V.latin.length, 10)];
  return V.words[luck.below(V.words.length)];
}

function figure(luck) {
  return luck.one([
    () => `${luck.below(1000) / 10}%`,
    () => `${1 + luck.below(30)}年`,
    () => `${2008 + luck.below(19)}年${1 + luck.below(12)}月${1 + luck.below(28)}日`,
    () => `${1 + luck.below(12)}月${1 + luck.below(28)}日`,
    () => `${2008 + luck.below(19)}年`,
    () => `第${1 + luck.below(60)}期`,
    () => `${1 + luck.below(5000)}人次`,
    () => `${(1 + luck.below(90)) / 10}万元`,
    () => `${1 + luck.below(300)}个`,
    () => `${7 + luck.below(14)}:${luck.one(["00", "15", "30", "45"])}`,
    () => `0000-${String(luck.below(10_000_000)).padStart(7, "0")}`,
    () => `${1 + luck.below(99)}`.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
  ])();
}

function clause(luck, on, mark) {
  let text = "";
  let last;
  const length = 3 + luck.below(6);
  for (let at = 0; at < length; at += 1) {
    const next = word(luck, on, last);
    const spaced = luck.odds(0.5) && /[a-z0-9]$/i.test(text) !== /^[a-z0-9]/i.test(next) && text !== "" && /^[a-z]|[a-z]$/i.test(`${text.at(-1)}${next[0]}`);
    // What is marked ends with its mark, not with its last letter.
    const glued = last !== undefined && /[a-z0-9.%]$/i.test(last) && /^[a-z0-9]/i.test(next);
    // A date before 生 would be one of birth.
    const between = last?.endsWith("日") && next.startsWith("生") ? "，" : spaced || glued ? " " : "";
    text += between + (luck.odds(0.012) ? mark(next) : next);
    last = next;
  }
  return text;
}

function sentence(luck, on, mark) {
  let text = "";
  const clauses = 1 + luck.below(4);
  for (let at = 0; at < clauses; at += 1) {
    const part = clause(luck, on, mark);
    text += at === 0 ? part : `${luck.odds(0.1) ? "、" : luck.odds(0.06) ? "；" : "，"}${part}`;
  }
  const end = luck.odds(0.9) ? "。" : luck.one(["？", "！", "……"]);
  if (luck.odds(0.06)) return `${text}：“${clause(luck, on, mark)}${end}”`;
  if (luck.odds(0.04)) return `${text}（${clause(luck, on, mark)}）${end}`;
  return text + end;
}

/** A title of 8 to 20 characters. */
export function title(luck, on) {
  const topic = () => V.topics[on.topics[0]][luck.rank(TOPIC_WORDS, 8)];
  for (;;) {
    const text = luck.one([
      () => `${on.own[0]}${topic()}${topic()}${luck.one(COMPOUND_END)}`,
      () => `${on.own[1]}${topic()}${on.own[4]}${topic()}`,
      () => `${topic()}${topic()}，${topic()}${topic()}${luck.one(["了", "吗", "", ""])}`,
      () => `关于${topic()}${on.own[4]}的${luck.one(["通知", "公告", "意见", "函"])}`,
      () => `${on.own[2]}：${topic()}${topic()}的${topic()}`,
      () => `${2019 + luck.below(8)}年${on.own[0]}${topic()}${luck.one(COMPOUND_END)}`,
      () => `${on.own.at(-1)}${topic()}${topic()}第${1 + luck.below(40)}期`,
    ])();
    const length = [...text].length;
    if (length >= 8 && length <= 20) return text;
  }
}

/**
 * One page: its title, and its body as Markdown of about `bytes` bytes of text.
 * @param link writes a link's target, or undefined for no links
 */
export function page(luck, bytes, link) {
  const on = subject(luck);
  const heading = title(luck, on);
  let size = 0;
  const blocks = [];
  const mark = (text) => (link !== undefined && luck.odds(0.4) ? `[${text}](${link(luck)})` : `**${text}**`);
  const add = (block, text) => (blocks.push(block), (size += Buffer.byteLength(text)));
  while (size < bytes) {
    const draw = luck.next();
    if (blocks.length > 3 && draw < 0.1) {
      const text = title(luck, on);
      add(`## ${text}`, text);
    } else if (blocks.length > 1 && draw < 0.17) {
      for (const item of Array.from({ length: 3 + luck.below(4) }, () => clause(luck, on, (text) => text))) add(`- ${item}`, item);
    } else {
      let text = "";
      const sentences = 1 + luck.below(6);
      for (let at = 0; at < sentences && size + Buffer.byteLength(text) < bytes; at += 1) text += sentence(luck, on, mark);
      add(text, text);
    }
  }
  const body = blocks.map((block, at) => (block.startsWith("- ") && blocks[at + 1]?.startsWith("- ") ? `${block}\n` : `${block}\n\n`)).join("");
  return { title: heading, body, source: on.own[1], topic: on.topics[0] };
}
