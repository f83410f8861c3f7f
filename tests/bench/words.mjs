// What the generators of benchmark sites share: chance that is always the same, words, bodies, and front matter.

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

// ── Chance, always the same ──────────────────────────────────────────────────────────────────────────────────────────

/** mulberry32. */
export function chance(seed) {
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
  return { next, below, one, some };
}

// ── Words ────────────────────────────────────────────────────────────────────────────────────────────────────────────

export const TOPICS = ["civics 思想道德", "law 民主法治", "arts 文化艺术", "environment 环境保护", "sports 体育健身", "health 卫生保健", "population 人口教育", "housekeeping 家政服务", "tourism 旅游服务", "daily-life 生活常识", "mental-health 心理健康", "employment 创业就业", "safety 安全", "manners 文明礼仪", "tradition 传统文化", "digital 数字技能"].map((line) => line.split(" "));
export const AUDIENCES = ["elders 老年人", "youth 青少年", "infants 婴幼儿", "women-children 妇女儿童", "left-behind 留守人员", "disabled 残疾人", "unemployed 失业人员", "migrant-workers 农民工", "veterans 退役军人", "farmers 新型职业农民", "parents 家长", "workers 在职人员", "low-income 低保家庭"].map((line) => line.split(" "));
export const SUBJECTS = ["太极拳", "八段锦", "书法", "国画", "剪纸", "合唱", "二胡", "手机摄影", "智能手机", "短视频剪辑", "家常面点", "月嫂护理", "果树修剪", "大棚番茄", "垃圾分类", "急救常识", "防骗课堂", "民法典", "亲子阅读", "情绪管理", "乡土讲解", "广场舞", "乒乓球", "茶艺", "插花", "陶艺", "手工皂", "电脑表格", "网店运营", "普通话"];
const WHO = ["老师", "志愿者", "班长", "新来的学员", "社区干部", "退休的医生", "隔壁楼的阿姨", "放学的孩子", "年轻的父母", "看门的师傅", "几位老同事", "带队的辅导员"];
const WHEN = ["每到星期三", "开课前十分钟", "第二节课", "下雨的时候", "天凉以后", "结业那天", "午饭过后", "晚上七点", "头一个月", "立冬前后", "逢集的日子", "休息的间隙"];
const DOES = ["把步骤写在黑板上", "先做一遍再讲道理", "挨个看大家的动作", "把容易错的地方圈出来", "请学得快的人带一带", "用大字卡片提醒顺序", "记下每个人的问题", "把工具分到每一张桌子", "放慢了重新来一次", "讲自己从前闹过的笑话", "让大家说说家里的做法", "带着大家到院子里练"];
const RESULT = ["没听清的人可以再问", "回家照着也能做", "两个月下来明显熟了", "不用着急，跟得上就好", "做坏了也不要紧", "隔一天练一次最合适", "有基础的可以试难一点的", "材料在门口的柜子里", "缺的课下周补上", "成果会摆在走廊里", "家里人也可以来看", "名额满了请登记候补"];
export const PLACES = ["东风", "和平", "新华", "滨河", "文昌", "向阳", "青山", "柳林", "石桥", "金水", "南湖", "北关", "花园", "红旗", "团结", "永安"];
export const SURNAMES = [..."王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"];
export const GIVEN = ["建国", "秀英", "志强", "桂兰", "海燕", "文博", "春梅", "立新", "晓明", "玉珍", "德胜", "雅琴"];
export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

function sentence(luck) {
  return luck.one([
    () => `${luck.one(WHEN)}，${luck.one(WHO)}${luck.one(DOES)}，${luck.one(RESULT)}。`,
    () => `${luck.one(WHO)}说，${luck.one(SUBJECTS)}和${luck.one(SUBJECTS)}有相通的地方，${luck.one(RESULT)}。`,
    () => `来自${luck.one(PLACES)}的${luck.one(WHO)}${luck.one(DOES)}，**${luck.one(RESULT)}**。`,
    () => `问起${luck.one(SUBJECTS)}怎么开头，${luck.one(WHO)}总是${luck.one(DOES)}。`,
  ])();
}

const BODY_HAN = 600;
const han = (text) => text.match(/\p{Script=Han}/gu)?.length ?? 0;

/** A body of about `BODY_HAN` Han characters; `pointer` writes a paragraph with links to other items. */
export function body(luck, pointer) {
  const parts = [];
  const paragraph = () => Array.from({ length: 3 + luck.below(3) }, () => sentence(luck)).join("");
  const list = () => Array.from({ length: 3 + luck.below(3) }, () => `- ${sentence(luck)}`).join("\n");
  const blocks = [paragraph, paragraph, list, () => `> ${sentence(luck)}`, () => `## ${luck.one(SUBJECTS)}的门道`];
  parts.push(paragraph(), pointer(luck));
  while (parts.reduce((sum, part) => sum + han(part), 0) < BODY_HAN) parts.push(luck.one(blocks)());
  parts.push(pointer(luck));
  return `${parts.join("\n\n")}\n`;
}

// ── Writing ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** What writes a text to a path in a folder, with the folders on its way. */
export const writer = (folder) => (path, text) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};

/** Front matter; JSON values are YAML. */
export function markdown(fields, text) {
  const lines = Object.entries(fields).map(([key, value]) => `${key}: ${typeof value === "string" && /^\d{4}-/.test(value) ? value : JSON.stringify(value)}`);
  return `---\n${lines.join("\n")}\n---\n${text}`;
}

/** Writes links to items, whose files or pages have this extension. */
export const linker = (extension) => (kind, target, text) => `[${text}](../${kind}/${target}.${extension})`;

/** A day of the year 2026 before November. */
export const day = (luck) => `2026-${String(1 + luck.below(10)).padStart(2, "0")}-${String(1 + luck.below(28)).padStart(2, "0")}`;
