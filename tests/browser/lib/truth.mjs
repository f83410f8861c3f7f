// What calendars should hold, read from a project's content by itself: the sessions of courses and events, and to which entries they belong.
// It shares no code with the program.

import { readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";

import { parse } from "yaml";

const DAY = 86_400_000;
const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const KINDS = ["regions", "topics", "audiences", "institutions", "venues", "teachers", "courses", "editions", "events", "units"];

/**
 * Instances by the address of the calendar that holds them: `<kind>.<first id> <start> <end> <STATUS>`, in local time, or in days, the last
 * not included, for what takes whole days. Also the settings.
 */
export function truth(root, today) {
  const settings = parse(readFileSync(join(root, "content/site.yaml"), "utf8"));
  const entries = read(join(root, "content"), today);
  const calendars = new Map();
  const add = (address, instance) => calendars.set(address, [...(calendars.get(address) ?? []), instance]);
  for (const entry of new Set(entries.values())) {
    for (const session of sessionsOf(entry)) {
      const addresses = belongs(entries, entry, session).flatMap(({ kind, ids }) => ids.map((id) => `calendars/${kind}/${id}.ics`));
      for (const instance of session.instances) for (const address of ["calendars/all.ics", ...addresses]) add(address, instance.told);
      const edition = entries.get(`editions/${entry.fields.edition}`);
      if (edition === undefined) continue;
      for (const { told, first, last } of session.instances) {
        for (const day of days(max(first, edition.fields.from), min(last, edition.fields.to))) for (const id of edition.ids) add(`calendars/editions/${id}/${day}.ics`, told);
      }
    }
  }
  for (const instances of calendars.values()) instances.sort();
  return { settings, calendars };
}

const max = (a, b) => (a > b ? a : b);
const min = (a, b) => (a < b ? a : b);

// ── Entries ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The published entries, by `<kind>/<id>` with their id and each former one. */
function read(content, today) {
  const entries = new Map();
  const add = (kind, id, fields) => {
    const hidden = fields.draft || fields.withdrawn !== undefined || (fields.publish ?? "") > today || (fields.expires ?? "9999") < today;
    const ids = [id, ...(fields.formerly ?? [])];
    const entry = { kind, ids, name: `${kind}.${fields.formerly?.[0] ?? id}`, fields };
    if (!hidden) for (const known of ids) entries.set(`${kind}/${known}`, entry);
  };
  for (const path of list(content)) {
    const kind = path.slice(content.length + 1).split("/")[0].replace(/\.ya?ml$/, "");
    if (!KINDS.includes(kind)) continue;
    const text = readFileSync(path, "utf8");
    if (path.endsWith(".md")) add(kind, basename(path, ".md"), parse(text.split(/^---\s*$/m)[1]));
    else if (/\.ya?ml$/.test(path)) for (const fields of parse(text) ?? []) add(kind, fields.id, fields);
  }
  return entries;
}

function list(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? list(join(folder, entry.name)) : [join(folder, entry.name)]))
    .sort();
}

/** The entries to which a session belongs. */
function belongs(entries, entry, { run, venue }) {
  const { fields } = entry;
  const keys = [`${entry.kind}/${entry.ids[0]}`];
  const refer = (kind, ids) => keys.push(...[ids ?? []].flat().map((id) => `${kind}/${id}`));
  refer("topics", fields.topics);
  refer("audiences", fields.audiences);
  refer("editions", fields.edition);
  refer("institutions", fields.institution);
  refer("teachers", run.teachers?.length > 0 ? run.teachers : fields.teachers);
  const holders = [["institutions", fields.institution], ["units", fields.unit], ["editions", fields.edition]];
  const places = venue === undefined ? holders : venue.map((id) => ["venues", id]);
  for (const [kind, id] of places) {
    if (kind === "venues") refer("venues", id);
    const seen = new Set();
    const { region: one, regions = [one] } = entries.get(`${kind}/${id}`)?.fields ?? {};
    for (const own of regions) {
      for (let region = own; region !== undefined && !seen.has(region); region = entries.get(`regions/${region}`)?.fields.parent) {
        seen.add(region);
        refer("regions", region);
      }
    }
  }
  return [...new Set(keys.map((key) => entries.get(key)).filter((found) => found !== undefined && found.kind !== "units"))];
}

// ── Sessions ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The sessions of a course or an event, in groups that belong together: each dated one, each weekly run with what stands for its sessions. */
function sessionsOf(entry) {
  const { kind, fields, name } = entry;
  const runs = kind === "courses" ? (fields.runs ?? []) : kind === "events" ? [fields] : [];
  return runs.flatMap((run) => {
    const one = (session) => ({
      venues: [session.venue ?? run.venue ?? fields.venue].filter((venue) => venue !== undefined),
      instances: instances(name, session, session.status ?? run.status),
    });
    const group = (parts) => {
      const venues = [...new Set(parts.flatMap((part) => part.venues))];
      return { run: kind === "courses" ? run : {}, venue: venues.length > 0 ? venues : undefined, instances: parts.flatMap((part) => part.instances) };
    };
    const { weekly } = run;
    if (weekly === undefined || weekly === null) return (run.sessions ?? []).map((session) => group([one(session)]));
    const { start, end } = weekly.time;
    const pattern = days(weekly.from, weekly.to).filter((day) => weekly.days.includes(WEEKDAYS[new Date(`${day}T00:00Z`).getUTCDay()]));
    const except = weekly.except ?? [];
    const held = pattern.filter((day) => !except.includes(day)).map((day) => one({ start: `${day} ${start}`, end: `${day} ${end}` }));
    const stoodFor = new Set();
    const stands = ({ moved_from: from, start: own }) => {
      const [day, time] = (from ?? own).split(/[ T]/);
      const isNew = pattern.includes(day) && except.includes(day) && pad(time) === pad(start) && !stoodFor.has(day);
      if (isNew) stoodFor.add(day);
      return isNew;
    };
    const extra = (weekly.extra ?? []).map((session) => [stands(session), one(session)]);
    const series = [...held, ...extra.filter(([inside]) => inside).map(([, part]) => part)];
    return [...(series.length > 0 ? [group(series)] : []), ...extra.filter(([inside]) => !inside).map(([, part]) => group([part]))];
  });
}

/** Each time that a session is held. */
function instances(name, { start, end, until }, status) {
  const told = (from, to) => `${name} ${from} ${to} ${status === "cancelled" ? "CANCELLED" : "CONFIRMED"}`;
  const [[first, begins], [lastWritten, ends]] = [start, end].map((at) => at.split(/[ T]+/)).map(([day, time]) => [day, pad(time)]);
  const at = (day, time) => (time === "24:00" ? `${next(day)}T00:00` : `${day}T${time}`);
  const isMidnight = ends === "24:00" || ends === "00:00";
  const last = until ?? (ends === "00:00" ? days(first, lastWritten).at(-2) : lastWritten);
  const closes = isMidnight ? "24:00" : ends;
  if (begins === "00:00" && isMidnight) return [{ told: told(first, next(last)), first, last }];
  if (until === undefined || until <= first || closes <= begins) return [{ told: told(at(first, begins), at(last, closes)), first, last }];
  return days(first, last).map((day) => ({ told: told(at(day, begins), at(day, closes)), first: day, last: day }));
}

const pad = (time) => time.padStart(5, "0");
const next = (day) => new Date(Date.parse(`${day}T00:00Z`) + DAY).toISOString().slice(0, 10);

/** The days from one to another. */
function days(first, last) {
  const all = [];
  for (let day = first; day <= last; day = next(day)) all.push(day);
  return all;
}
