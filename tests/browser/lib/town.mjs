// A portal that belongs to the search tests: the town of tests/fixtures/town.site, with entries that hold the words which the
// tests ask for. Whatever becomes of content/, these are found, and so often.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const SITE = new URL("../../fixtures/town.site", import.meta.url);

/** In the texts of many pages of three kinds. Others hold every part of it, but not the whole. */
export const COMMON = "社区教育中心";
/** In the texts of three pages. Others hold both its parts. */
export const RARE = "家长学校的";
/** In titles, summaries and texts of several kinds. */
export const MARTIAL = "太极";
/** A title in which `MARTIAL` is followed by digits, and how it may be typed by pinyin, with what must be suggested. */
export const TYPED = [["taiji", "太极"], ["taijiershisi", "太极二十四"], ["tjess", "太极二十四"], ["taijiers", "太极二十"]];
/** Each in the texts of pages of one day, between once and six times. */
export const COUNTED = ["防诈骗", "活动室", "志愿者", "终身学习"];
/** Words of pages, and how Traditional characters write them; these are on no page. */
export const TRADITIONAL = [["全民终身学习活动周", "全民終身學習活動週"], [MARTIAL, "太極"], ["书法", "書法"]];
/** Two words of one page with punctuation between them that is on no page. */
export const PUNCTUATED = `${COMMON}，老年`;
/** Sentences of pages, each with a query that a reader takes for the same words. */
export const FOLDED = [
  ["报到时间是 9 月 12 日上午", "9月12日"], ["小册子出到第 6 期了", "第6期"], ["晚上有《弟子规》诵读会", "弟子规诵读"], ["护老、助残的人一起来", "护老助残"],
  ["下学期开 C++ 编程课", "C++编程"], ["问讯处 0000-66778899", "000066778899"], ["服务台 0000 5544 3322", "0000-55443322"], ["这里有 Wi‑Fi 网络", "wifi网络"],
  ["叫 Cafe\u0301 的小店", "café"], ["九点场 9:00—11:30 开放", "９：００～１１：３０"], ["增长 97.5% 以上", "97.5%以上"], ["唱的是 Blue Moon 那首歌", "moon blue"],
];
/** A query that would be one of these pages' if its two words were one. */
export const GLUED = "bluemoon";
/** Two words of the same page. */
export const PAIR = "书法 老年";

/** A course of every Tuesday at 09:00 until 29 December 2026, and what its row says and does not say on three days, the first of which is not
 * before that of the build. */
export const WEEKLY = {
  title: "晨间小课",
  days: [
    ["2026-11-26", ["12月1日 星期二 09:00–10:30", "柳溪镇 学校礼堂", "免费", "老人", "已开班"], ["今天", "已结束"]],
    ["2026-12-15", ["今天 09:00–10:30", "已开班"], ["12月1日", "已结束"]],
    ["2027-01-02", ["2026年12月29日", "已结束"], ["已开班", "09:00"]],
  ],
};
/** Part of the titles of three plans, of three years. */
export const SERIES = "乡村夜读行动计划";

/** Builds the portal. Returns its project's folder, the built folder, and what removes both. */
export function buildTown(options) {
  return build([...filesOf(readFileSync(SITE, "utf8")), ...entries()], options);
}

/** Builds the portal of these files, of which a later one replaces an earlier one of the same path; in a folder of its own, if none is given. */
export function build(files, { program, today, folder = mkdtempSync(join(tmpdir(), "shuyuan-town-")) }) {
  const [root, portal] = [join(folder, "project"), join(folder, "portal")];
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), bytes);
  }
  execFileSync(program, ["build", "--root", root, "--out", portal, "--today", today], { stdio: ["ignore", "ignore", "pipe"] });
  return { root, portal, remove: () => rmSync(folder, { recursive: true }) };
}

/** The files of a site in one text: `-- path --` begins one, `-- path +hex --` one in hexadecimal digits. */
export function filesOf(text) {
  const parts = text.split(/^-- (\S+)( \+hex)? --\n/m).slice(1);
  const files = [];
  for (let at = 0; at < parts.length; at += 3) files.push([parts[at], parts[at + 1] === undefined ? parts[at + 2] : Buffer.from(parts[at + 2].replace(/\s/g, ""), "hex")]);
  return files;
}

/** Titles of all initials but I, U and V, with which no word begins: the index by letters has a page for each. */
const INITIALS = "安编茶电二法歌合剪口礼美农欧皮棋热摄唐舞戏瑜字";

/** Longer than what a result shows as its summary, so that what follows is found by the text alone. */
const LEAD = "那天早上天气很好，院子里站满了人。门口的老树落了一地叶子，几个孩子在树下追着跑。八点钟铃声一响，大家搬着板凳进屋，前排留给听不清的人，后排留给带孩子的人。炉子上的水开了，有人给每张桌子添了一杯热茶，屋里慢慢暖和起来，窗上起了一层薄雾。";

function entries() {
  const files = [];
  const add = (kind, fields) => (title, text, summary) => {
    const id = `${kind}-${files.length}`;
    files.push([`content/${kind}/${id}.md`, `---\ntitle: ${title}\n${summary === undefined ? "" : `summary: ${summary}\n`}${fields}---\n\n${text}\n`]);
  };
  const news = add("news", "date: 2026-10-09\nsort: report\nsource: 柳溪镇社区学校\n");
  const course = add("courses", "topics: [quanshu]\naudiences: [laoren]\ninstitution: zhen-xuexiao\nvenue: xuexiao-litang\nfee: 0\nruns:\n  - title: 秋季班\n    weekly:\n      days: [tue]\n      from: 2026-09-01\n      to: 2026-12-29\n      time: {start: \"09:00\", end: \"10:30\"}\n");
  const star = add("stars", "year: 2026\nlevel: district\nregion: liuxi-zhen\ntopics: [xieyi]\n");

  for (let n = 0; n < 42; n += 1) [news, course, star][n % 3](`街坊的故事之${n}`, `${LEAD}\n\n第 ${n} 次去${COMMON}，路上遇见了老邻居。`);
  for (let n = 0; n < 8; n += 1) news(`路上的见闻之${n}`, `${LEAD}\n\n先到社区教育站，再到城区教育中心，又去了社区教室和教育中转站、体育中心。`);
  for (let n = 0; n < 3; n += 1) news(`秋天的课之${n}`, `${LEAD}\n\n${RARE}老师讲了第 ${n} 课。`);
  for (let n = 0; n < 6; n += 1) news(`冬天的课之${n}`, `${LEAD}\n\n家长学校里人多。校的是表，家长学会了，长学问，学校的门开着。`);
  for (const word of COUNTED) for (const times of [2, 5, 1, 6, 3, 4]) news(`见闻录之${times}`, `${LEAD}\n\n${`说到${word}。`.repeat(times)}`);
  for (let n = 0; n < 6; n += 1) {
    course(`${MARTIAL}二十四式第${n}期`, `跟着老师学${MARTIAL}，一学期学会。`);
    news(`晨练队的消息之${n}`, `${LEAD}\n\n队员们天天练${MARTIAL}。`, n % 2 === 0 ? undefined : `${MARTIAL}好学。`);
    news(`写字班的消息之${n}`, `${LEAD}\n\n书法班里老年学员多，写完一张又一张。`);
  }
  for (let n = 0; n < 3; n += 1) news(`秋游之${n}`, `${LEAD}\n\n全民终身学习活动周第 ${n} 天。`);
  FOLDED.forEach(([said], n) => news(`又一则见闻之${n}`, `${LEAD}\n\n${said}。`));
  news("一位学员", `${LEAD}\n\n他常去${COMMON}和老年食堂。`);
  for (const initial of INITIALS) course(`${initial}字班`, "每周一课，来了就学。");
  course(WEEKLY.title, "早上来，一起学。");
  for (const year of [2024, 2025, 2026]) {
    const path = `content/plans/yedu-${year}.md`;
    files.push([path, `---\ntitle: ${year} 年${SERIES}\nunit: zhen-zhengfu\nregion: liuxi-zhen\nyear: ${year}\ndate: ${year - 1}-12-10\nlines:\n  - {sort: activity, title: 夜读}\n---\n\n一年读十二本书。\n`]);
  }
  for (let n = 0; n < 40; n += 1) news(`学习日记之${n}`, `第 ${n} 天，学习写信。`);
  return files;
}
