// Reads every calendar of a built portal with ical.js and compares each time that something takes place with the content.
//
//   node calendars.mjs DIR --root PROJECT --today DAY [--base URL] [--program PATH --work FOLDER]
//
// With a program it also builds a small portal again and again, while an event is edited, moved and called off. They stay in the folder, with
// what the content says of all portals, for `calendars.py`.

import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import ICAL from "ical.js";

import { main } from "./lib/checks.mjs";
import { Portal } from "./lib/portal.mjs";
import { build, filesOf } from "./lib/town.mjs";
import { truth } from "./lib/truth.mjs";

const BASE_SITE = new URL("../fixtures/base.site", import.meta.url);
const SHOWN = 3;

export async function judge(checks, options) {
  const said = truth(options.root, options.today);
  compare(checks, new Portal(options.portal), said, options);
  if (options.program === undefined) return;
  const steps = followed(checks, options);
  const all = [{ portal: resolve(options.portal), said }, ...steps];
  writeFileSync(join(options.work, "truth.json"), JSON.stringify(all.map(({ portal, said }) => ({ portal, zone: zoneOf(said), calendars: Object.fromEntries(said.calendars) }))));
}

const zoneOf = ({ settings }) => settings.time_zone ?? "Asia/Shanghai";

// ── One portal ───────────────────────────────────────────────────────────────────────────────────────────────────────

function compare(checks, portal, said, { base, today }) {
  const faults = { form: [], read: [], head: [], there: [], instances: [], identity: [], zone: [], dates: [] };
  const paths = [...portal.files].filter((path) => path.startsWith("calendars/") && path.endsWith(".ics"));
  faults.there.push(...paths.filter((path) => !said.calendars.has(path)).map((path) => `${path}: the content has nothing for it`));
  faults.there.push(...[...said.calendars.keys()].filter((path) => !portal.files.has(path)).map((path) => `${path}: lacking`));
  let count = 0;
  for (const path of paths) {
    faults.form.push(...form(portal.bytes(path)).map((fault) => `${path}: ${fault}`));
    let read;
    try {
      read = readCalendar(portal.text(path));
    } catch (error) {
      faults.read.push(`${path}: ${error.message}`);
      continue;
    }
    count += read.instances.length;
    const told = (list) => (fault) => list.push(`${path}: ${fault}`);
    difference(read.instances, said.calendars.get(path) ?? []).forEach(told(faults.instances));
    head(read.calendar, path, base).forEach(told(faults.head));
    identity(read.events).forEach(told(faults.identity));
    dates(read.events, today).forEach(told(faults.dates));
    zone(read, zoneOf(said)).forEach(told(faults.zone));
  }
  checks.that("calendars are UTF-8 in lines of at most 75 octets that end in CRLF", faults.form, `${paths.length} calendars`);
  checks.that("ical.js reads every calendar", faults.read);
  checks.that("there is a calendar for everything that has something in the content, and no other", faults.there);
  checks.that("every calendar has each time that the content says, and no other", faults.instances, `${count} times`);
  checks.that("every calendar has a name, says how often to look, and where it is from", faults.head);
  checks.that("no two events of a calendar are the same", faults.identity);
  checks.that("stamps are of changes, none of them after the build", faults.dates);
  checks.that("every time has the zone of the site, with its clocks", faults.zone);
}

/** What is wrong with the bytes of a calendar. */
function form(bytes) {
  const faults = [];
  let text = "";
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    faults.push("not UTF-8");
  }
  for (const line of text.split("\r\n")) {
    if (/[\r\n]/.test(line)) faults.push(`a lone CR or LF: ${line.slice(0, 40)}`);
    if (Buffer.byteLength(line) > 75) faults.push(`too long: ${line.slice(0, 40)}`);
  }
  // Folding in bytes must not part a character: each piece by itself is UTF-8.
  for (const piece of split(bytes)) {
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(piece);
    } catch {
      faults.push("a character is parted by folding");
    }
  }
  return faults;
}

function split(bytes) {
  const pieces = [];
  let from = 0;
  for (let at = bytes.indexOf("\r\n"); at !== -1; at = bytes.indexOf("\r\n", from)) {
    pieces.push(bytes.subarray(from, at));
    from = at + 2;
  }
  return pieces;
}

/** The components of a calendar, and each time that something takes place, as `truth` tells it. */
export function readCalendar(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const zones = new Map(calendar.getAllSubcomponents("vtimezone").map((component) => [component.getFirstPropertyValue("tzid"), new ICAL.Timezone(component)]));
  ICAL.TimezoneService.reset();
  for (const [name, known] of zones) ICAL.TimezoneService.register(known, name);
  const events = calendar.getAllSubcomponents("vevent");
  const instead = events.filter((event) => event.hasProperty("recurrence-id"));
  const uid = (event) => event.getFirstPropertyValue("uid");
  const masters = events.filter((event) => !event.hasProperty("recurrence-id"));
  const alone = instead.filter((event) => !masters.some((master) => uid(master) === uid(event)));
  const times = [];
  for (const master of masters) {
    const event = new ICAL.Event(master, { exceptions: instead.filter((other) => uid(other) === uid(master)), strictExceptions: true });
    if (!event.isRecurring()) {
      times.push({ item: event, start: event.startDate, end: event.endDate });
      continue;
    }
    const iterator = event.iterator();
    for (let at = iterator.next(); at; at = iterator.next()) {
      const { item, startDate, endDate } = event.getOccurrenceDetails(at);
      times.push({ item, start: startDate, end: endDate });
    }
  }
  for (const event of alone.map((component) => new ICAL.Event(component))) times.push({ item: event, start: event.startDate, end: event.endDate });
  const local = (time) => time.toString().slice(0, time.isDate ? 10 : 16);
  const told = ({ item, start, end }) => `${item.uid.split(".").slice(0, 2).join(".")} ${local(start)} ${local(end)} ${item.component.getFirstPropertyValue("status")}`;
  return { calendar, events, zones, times, instances: times.map(told).sort() };
}

/** What is only in one of two sorted lists. */
function difference(made, said) {
  const count = (list) => list.reduce((counts, one) => counts.set(one, (counts.get(one) ?? 0) + 1), new Map());
  const [has, should] = [count(made), count(said)];
  const over = [...has].filter(([one, times]) => times > (should.get(one) ?? 0)).map(([one]) => `not in the content: ${one}`);
  const lacking = [...should].filter(([one, times]) => times > (has.get(one) ?? 0)).map(([one]) => `lacking: ${one}`);
  return [...over, ...lacking].slice(0, SHOWN);
}

function head(calendar, path, base) {
  const value = (name) => calendar.getFirstPropertyValue(name);
  const faults = [];
  if (!value("name") || value("name") !== value("x-wr-calname")) faults.push("no name");
  if (String(value("refresh-interval")) !== "PT1H") faults.push(`REFRESH-INTERVAL ${value("refresh-interval")}`);
  if (value("version") !== "2.0" || !value("prodid")) faults.push("no VERSION or PRODID");
  const source = value("source");
  // A calendar at a former address names the present one.
  if (base !== undefined && !source?.startsWith(`${base}calendars/`)) faults.push(`SOURCE ${source} of ${path}`);
  return faults;
}

function identity(events) {
  const seen = new Set();
  return events.flatMap((event) => {
    const key = `${event.getFirstPropertyValue("uid")} ${event.getFirstPropertyValue("recurrence-id") ?? ""}`;
    const again = seen.has(key);
    seen.add(key);
    return again || /^\s*$/.test(key) ? [`twice: ${key}`] : [];
  });
}

function dates(events, today) {
  const end = Date.parse(`${today}T23:59:59Z`);
  return events.flatMap((event) => {
    const [stamp, modified] = ["dtstamp", "last-modified"].map((name) => event.getFirstPropertyValue(name)?.toJSDate().getTime());
    const sequence = event.getFirstPropertyValue("sequence");
    return stamp === modified && stamp <= end && Number.isInteger(sequence) && sequence >= 0 ? [] : [`${event.getFirstPropertyValue("uid")}: ${stamp} ${modified} ${sequence}`];
  });
}

/** Times without a zone, and clocks that differ from those that the system knows. */
function zone({ zones, times }, name) {
  const format = new Intl.DateTimeFormat("en-US", { timeZone: name, timeZoneName: "longOffset" });
  const offset = (at) => {
    const [, sign, hours, minutes] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(format.format(at));
    return sign === undefined ? 0 : (sign === "-" ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
  };
  const faults = zones.has(name) ? [] : [`no VTIMEZONE ${name}`];
  for (const { start } of times.filter(({ start }) => !start.isDate)) {
    if (start.zone?.tzid !== name) faults.push(`${start} is in ${start.zone?.tzid}`);
    else if (start.utcOffset() !== offset(start.toJSDate())) faults.push(`${start} is ${start.utcOffset()} s from UTC`);
  }
  return faults.slice(0, SHOWN);
}

// ── The same portal, edited ──────────────────────────────────────────────────────────────────────────────────────────

const HEAD = "title: {title}\nvenue: dating\ntopics: [music]\n";
const COURSE = `-- content/courses/taiji.md --
---
title: 太极
topics: [sports]
institution: xueyuan
venue: dating
fee: 0
{fields}runs:
  - title: 秋季班
{state}    weekly:
      days: [tue, thu]
      from: 2026-12-01
      to: 2027-01-14
      time: {start: "09:00", end: "10:30"}
      except: {except}
      extra:
{extra}        - {start: 2026-12-05 09:00, end: 2026-12-05 11:00, title: 展示}
---
正文
`;
const LONG = `"${"学而时习之𠀀".repeat(84)}，;\\\\"`;

/** An event and a course, step by step; `sequence` says whose number must have grown. */
const STEPS = [
  { name: "as announced", event: {}, course: {} },
  { name: "edited", event: { title: LONG, updated: "2026-11-02" }, course: {} },
  { name: "renamed", event: { title: LONG, updated: "2026-11-03", id: "yinyuehui", formerly: "[dushu]" }, course: {} },
  { name: "moved", event: { title: LONG, updated: "2026-11-04", id: "yinyuehui", formerly: "[dushu]", moved: true }, course: { updated: "2026-11-04", moved: true } },
  { name: "one called off", event: { title: LONG, updated: "2026-11-04", id: "yinyuehui", formerly: "[dushu]", moved: true, one: true, changes: "[{date: 2026-11-04, text: 第二场取消}]" }, course: { updated: "2026-11-04", moved: true } },
  { name: "cancelled", event: { title: LONG, updated: "2026-11-05", id: "yinyuehui", formerly: "[dushu]", moved: true, one: true, cancelled: true, changes: "[{date: 2026-11-04, text: 第二场取消}]" }, course: { updated: "2026-11-05", moved: true, cancelled: true } },
];

function eventFile({ id = "dushu", title = "读书会", updated, formerly, moved, one, cancelled, changes }) {
  const fields = [
    HEAD.replace("{title}", title),
    updated === undefined ? "" : `updated: ${updated}\n`,
    formerly === undefined ? "" : `formerly: ${formerly}\n`,
    changes === undefined ? "" : `changes: ${changes}\n`,
    cancelled ? "status: cancelled\nreason: 场地检修\n" : moved ? "status: moved\nreason: 改到次日\n" : "",
    "sessions:\n",
    moved ? "  - {start: 2026-12-31 22:00, end: 2027-01-01 01:00, moved_from: 2026-11-09 09:00}\n" : "  - {start: 2026-11-09 09:00, end: 2026-11-09 11:00}\n",
    `  - {start: 2026-12-30 09:00, end: 2026-12-30 24:00, until: 2027-01-02${one ? ", status: cancelled, reason: 停电" : ""}}\n`,
    "  - {start: 2027-02-01 00:00, end: 2027-02-01 24:00, until: 2027-02-03}\n",
  ].join("");
  return `-- content/events/${id}.md --\n---\n${fields}---\n正文\n`;
}

function courseFile({ updated, moved, cancelled }) {
  return COURSE.replace("{fields}", updated === undefined ? "" : `updated: ${updated}\n`)
    .replace("{state}", cancelled ? "    status: cancelled\n    reason: 教师生病\n" : "")
    .replace("{except}", moved ? "[2026-12-24, 2026-12-31]" : "[2026-12-24]")
    .replace("{extra}", moved ? "        - {start: 2027-01-02 14:00, end: 2027-01-02 15:30, moved_from: 2026-12-31 09:00}\n" : "");
}

/** Follows the steps. Gives the portal of each, with what its content says. */
function followed(checks, { program, today, work }) {
  const base = readFileSync(BASE_SITE, "utf8");
  const faults = { same: [], grown: [], instances: [], state: [] };
  const portals = [];
  let before;
  for (const { name, event, course } of STEPS) {
    const { root, portal } = build(filesOf(base + eventFile(event) + courseFile(course)), { program, today, folder: join(work, name) });
    const said = truth(root, today);
    portals.push({ portal: resolve(portal), said });
    for (const path of said.calendars.keys()) difference(readCalendar(new Portal(portal).text(path)).instances, said.calendars.get(path)).forEach((fault) => faults.instances.push(`${name}: ${path}: ${fault}`));
    const now = new Map();
    for (const component of readCalendar(new Portal(portal).text("calendars/all.ics")).events) now.set(component.getFirstPropertyValue("uid"), [...(now.get(component.getFirstPropertyValue("uid")) ?? []), component]);
    const number = (events) => events[0].getFirstPropertyValue("sequence");
    const changed = { events: JSON.stringify(event), courses: JSON.stringify(course) };
    if (before !== undefined) {
      if ([...before.now.keys()].sort().join() !== [...now.keys()].sort().join()) faults.same.push(`${name}: ${[...now.keys()]} instead of ${[...before.now.keys()]}`);
      for (const [uid, events] of now) {
        const kind = uid.split(".")[0];
        const grown = before.now.has(uid) && number(events) > number(before.now.get(uid));
        if (grown !== (changed[kind] !== before.changed[kind])) faults.grown.push(`${name}: ${uid}: ${number(events)} after ${number(before.now.get(uid) ?? events)}`);
      }
    }
    const called = [...now.values()].flat().filter((component) => component.getFirstPropertyValue("status") === "CANCELLED").length;
    const expected = name === "cancelled" ? [...now.values()].flat().length : event.one ? 1 : 0;
    if (called !== expected) faults.state.push(`${name}: ${called} of ${expected}`);
    before = { now, changed };
  }
  checks.that("what is edited, renamed, moved and called off stays the same event", faults.same, `${STEPS.length} builds`);
  checks.that("its number grows with each of these, and only its own", faults.grown);
  checks.that("its times agree with the content after each of these", faults.instances);
  checks.that("what is called off stays, as cancelled", faults.state);
  return portals;
}

await main(import.meta, "calendars", judge);
