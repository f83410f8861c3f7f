// Reads the programmes for conference apps, schedule.xml and schedule.json of frab and c3voc, by the rules of that format.
//
//   node schedule.mjs DIR --base URL

import { SaxesParser } from "saxes";

import { namesFile } from "./crawl.mjs";
import { main } from "./lib/checks.mjs";
import { Portal } from "./lib/portal.mjs";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/;
const DATE = /^\d{4}-\d\d-\d\d$/;
const CLOCK = /^[0-2]\d:[0-5]\d$/;
const DURATION = /^\d\d:[0-5]\d$/;
const SLUG = /^[a-z0-9_-]+[a-z0-9]$/;
const ACRONYM = /^[a-z0-9_-][a-z0-9_]{3,}$/;

const CONFERENCE = ["title", "acronym", "days", "daysCount", "start", "end", "timeslot_duration"];
const EVENT = ["abstract", "date", "duration", "guid", "id", "language", "links", "persons", "room", "slug", "start", "subtitle", "title", "track", "type", "url"];
/** The elements of an event in XML that must be there, once each; all others that may be. */
const NEEDED = ["room", "title", "subtitle", "type", "date", "start", "duration", "abstract", "slug", "track"];
const ALLOWED = [...NEEDED, "logo", "persons", "language", "description", "recording", "links", "attachments", "video_download_url", "url"];
const IN_CONFERENCE = ["title", "acronym", "start", "end", "days", "timeslot_duration", "base_url", "time_zone_name"];

export async function judge(checks, { portal: folder, base }) {
  const portal = new Portal(folder);
  const paths = [...portal.files].filter((path) => path.endsWith("/schedule.json")).sort();
  const faults = { json: [], xml: [], unique: [], times: [], same: [], links: [] };
  let count = 0;
  for (const path of paths) {
    const twin = path.replace(/json$/, "xml");
    if (!portal.files.has(twin)) faults.xml.push(`${twin} is missing`);
    else {
      try {
        const events = readJson(portal, path, base, faults);
        const others = readXml(portal.text(twin), twin, faults);
        count += events.length;
        compare(path, events, others, faults);
      } catch (error) {
        faults.json.push(`${path}: ${error.message}`);
      }
    }
  }
  if (paths.length === 0) faults.json.push("there is no programme");
  checks.that("schedule.json has the fields of the format, in its notations", faults.json, `${paths.length} programmes, ${count} events`);
  checks.that("schedule.xml has the elements of the format, in its notations and order", faults.xml);
  checks.that("id, guid and slug are of one event each", faults.unique);
  checks.that("an event lies in its day, and days follow one another", faults.times);
  checks.that("schedule.xml and schedule.json say the same", faults.same);
  checks.that("links lead to the portal's pages and files", faults.links);
}

function readJson(portal, path, base, faults) {
  const fault = (text) => faults.json.push(`${path}: ${text}`);
  const { schedule, ...rest } = JSON.parse(portal.text(path));
  for (const key of Object.keys(rest)) if (!["$schema", "generator"].includes(key)) fault(`${key} at the top`);
  if (typeof schedule.version !== "string" || schedule.version === "") fault("no version");
  const { conference } = schedule;
  for (const key of CONFERENCE) if (conference[key] === undefined) fault(`conference without ${key}`);
  if (!ACRONYM.test(conference.acronym)) fault(`acronym ${conference.acronym}`);
  if (!DATE.test(conference.start) || !DATE.test(conference.end) || conference.end < conference.start) fault("start or end");
  if (conference.daysCount !== conference.days.length) fault(`daysCount ${conference.daysCount}`);
  for (const room of conference.rooms ?? []) if (!UUID.test(room.guid)) fault(`room ${room.name}: ${room.guid}`);
  const events = [];
  const known = { id: new Set(), guid: new Set(), slug: new Set() };
  let before = "";
  conference.days.forEach((day, at) => {
    if (day.index !== at + 1 || !DATE.test(day.date) || day.date <= before) faults.times.push(`${path}: day ${day.index} ${day.date}`);
    before = day.date;
    if (!INSTANT.test(day.day_start) || !INSTANT.test(day.day_end)) fault(`day ${day.index}: start or end`);
    for (const [room, list] of Object.entries(day.rooms)) {
      for (const event of list) {
        events.push({ day: day.date, ...event });
        readEvent(portal, path, base, event, room, day, faults);
        for (const key of Object.keys(known)) {
          if (known[key].has(event[key])) faults.unique.push(`${path}: ${key} ${event[key]}`);
          known[key].add(event[key]);
        }
      }
    }
  });
  return events;
}

function readEvent(portal, path, base, event, room, day, faults) {
  const fault = (text) => faults.json.push(`${path}: ${event.slug}: ${text}`);
  for (const key of EVENT) if (event[key] === undefined) fault(`no ${key}`);
  for (const key of Object.keys(event)) if (!EVENT.includes(key) && !["logo", "description", "attachments"].includes(key)) fault(`${key} is no field`);
  if (!Number.isInteger(event.id) || event.id < 1) fault(`id ${event.id}`);
  for (const [key, form] of Object.entries({ guid: UUID, date: INSTANT, start: CLOCK, duration: DURATION, slug: SLUG })) {
    if (!form.test(event[key])) fault(`${key} ${event[key]}`);
  }
  if (event.room !== room || event.title === "") fault("room or title");
  for (const person of event.persons) if (!(Number.isInteger(person.id) && person.id > 0 && person.name)) fault(`person ${JSON.stringify(person)}`);
  if (event.date.slice(11, 16) !== event.start) faults.times.push(`${path}: ${event.slug}: ${event.date}, ${event.start}`);
  const at = Date.parse(event.date);
  if (!(at >= Date.parse(day.day_start) && at < Date.parse(day.day_end))) faults.times.push(`${path}: ${event.slug} is not on ${day.date}`);
  for (const url of [event.url, ...[...event.links, ...(event.attachments ?? [])].map(({ url }) => url)]) {
    if (!url?.startsWith(base) || !namesFile(portal, url, base)) faults.links.push(`${path}: ${event.slug}: ${url}`);
  }
}

/** The events of an XML file, with the fields that are read most. */
function readXml(text, path, faults) {
  const fault = (told) => faults.xml.push(`${path}: ${told}`);
  const events = [];
  const open = [];
  const order = [];
  let event = null;
  let day = null;
  const parser = new SaxesParser({ xmlns: true });
  parser.on("error", (error) => fault(error.message));
  parser.on("opentag", ({ local, attributes }) => {
    const value = (name) => attributes[name]?.value;
    const parent = open.at(-1)?.local;
    open.push({ local, text: "" });
    if (parent === "schedule") order.push(local);
    if (parent === "conference" && !IN_CONFERENCE.includes(local)) fault(`${local} in conference`);
    if (local === "day") {
      day = value("date");
      if (!DATE.test(day) || !INSTANT.test(value("start")) || !INSTANT.test(value("end")) || !/^[1-9]\d*$/.test(value("index"))) fault(`day ${day}`);
    }
    if (local === "room" && parent === "day" && value("name") === undefined) fault("a room without a name");
    if (local === "event") {
      event = { day, id: Number(value("id")), guid: value("guid"), said: [] };
      events.push(event);
    }
    if (parent === "event") {
      if (!ALLOWED.includes(local) || event.said.includes(local)) fault(`${event.guid}: ${local}`);
      event.said.push(local);
    }
    if (["link", "attachment"].includes(local) && !/^https?:/.test(value("href") ?? "")) fault(`${event?.guid}: ${local} without href`);
    if (local === "person" && !/^[1-9]\d*$/.test(value("id") ?? "")) fault(`${event?.guid}: person without id`);
  });
  parser.on("text", (piece) => {
    if (open.length > 0) open.at(-1).text += piece;
  });
  parser.on("closetag", () => {
    const { local, text: said } = open.pop();
    if (open.at(-1)?.local === "event") event[local] = said;
    if (local === "event") for (const name of NEEDED) if (!event.said.includes(name)) fault(`${event.guid} without ${name}`);
  });
  parser.write(text).close();
  const expected = /^(generator )?version conference( day)+$/;
  if (!expected.test(order.join(" "))) fault(`order: ${[...new Set(order)].join(" ")}`);
  return events;
}

function compare(path, events, others, faults) {
  const one = ({ day, id, guid, date, start, duration, room, slug, title, subtitle, track, url, abstract }) =>
    JSON.stringify([day, id, guid, date, start, duration, room, slug, title, subtitle ?? "", track ?? "", url, abstract ?? ""]);
  const [here, there] = [events, others].map((list) => new Set(list.map(one)));
  for (const event of here) if (!there.has(event)) faults.same.push(`${path}: only in JSON: ${event.slice(0, 120)}`);
  for (const event of there) if (!here.has(event)) faults.same.push(`${path}: only in XML: ${event.slice(0, 120)}`);
}

await main(import.meta, "schedule", judge);
