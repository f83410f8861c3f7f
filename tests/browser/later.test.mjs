// Reads pages that gather days after they were built: nothing that is over is said to come, and what is next is what the pages of courses and
// events say.
//
//   node later.test.mjs DIR --today DAY

import { posix } from "node:path";

import { contextOn, launch, onPages } from "./lib/browser.mjs";
import { main } from "./lib/checks.mjs";
import { Portal } from "./lib/portal.mjs";
import { serve } from "./lib/server.mjs";

const PHONE = { width: 360, height: 740 };
/** Days after the build, and one before it, when a clock is wrong. */
const DAYS = [-30, 0, 1, 5, 20];
/** Pages of a family that are read. */
const EACH = 5;
/** What pages say that another day makes wrong. */
const DATED = /class="(row-when|agenda-time|course-when" data-later)|class="calendar-time" data-last|data-built=/;

const later = (today, days) => new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);

export async function judge(checks, { portal: folder, today }) {
  const portal = new Portal(folder);
  const families = [...portal.families.values()].map((paths) => paths.filter((path) => DATED.test(portal.text(path))));
  const paths = families.flatMap((dated) => dated.slice(0, EACH));
  const host = await serve(portal, "/portal/");
  const browser = await launch();
  const schedule = new Schedule(portal);
  const faults = { over: [], next: [], built: [] };
  const before = new Map();
  let changed = 0;
  let compared = 0;
  try {
    for (const days of DAYS) {
      const day = later(today, days);
      const then = day < today ? today : day;
      const context = await contextOn(browser, day, { viewport: PHONE, timezoneId: "Asia/Shanghai" });
      await onPages(context, paths, async (page, path) => {
        await page.goto(host.url + encodeURI(path), { waitUntil: "load" });
        const said = await read(page);
        const fault = (list, text) => faults[list].push(`${day}: ${path}: ${text}`);
        said.agenda.filter((session) => session.last < then).forEach((session) => fault("over", `${session.text} is on`));
        said.agendas.filter((count) => count === 0).forEach(() => fault("over", "a day without sessions"));
        said.calendars.filter((text) => text.last < then && text.text !== "").forEach((text) => fault("over", text.text));
        said.badges.filter((badge) => badge.key !== "open").forEach((badge) => fault("over", `${badge.text} where one can join`));
        if (then > today) said.counts.forEach((text) => fault("over", `${text} of a week that is over`));
        for (const { text, href, of } of said.rows) {
          // A line knows of the first sessions alone: of later ones it says nothing.
          if (text === "") continue;
          const file = posix.join(posix.dirname(path), decodeURI(href));
          const coming = schedule.of(file).filter((session) => !session.off && session.last >= then).map((session) => session.text);
          // A line of the catalogue is about one of the class runs.
          const right = of === "run" ? coming : coming.slice(0, 1);
          compared += 1;
          if (!(right.length === 0 ? of === "run" || text === said.words.past : right.some((other) => other.endsWith(text)))) {
            fault("next", `${text} is said of ${file}, should be ${right[0] ?? said.words.past}`);
          }
        }
        const all = JSON.stringify(said);
        if (days === -30) before.set(path, all);
        else if (days === 0 && before.get(path) !== all) fault("built", "a clock that is behind changes the page");
        else if (before.get(path) !== all) changed += 1;
        return [];
      });
      await context.close();
    }
  } finally {
    await browser.close();
    await host.close();
  }
  if (changed === 0) faults.built.push("no page changed in weeks");
  checks.that("pages that gather say of nothing that is over that it is to come", faults.over, `${paths.length} pages, ${changed} changes`);
  checks.that("lines say the next session as the page of the course or event does", faults.next, `${compared} lines`);
  checks.that("a clock that is behind changes nothing, and one that is ahead something", faults.built);
}

/** What a page says of days. */
const read = (page) =>
  page.evaluate(() => {
    const text = (element) => element.textContent.trim().replace(/\s+/g, " ");
    const seen = (selector) => [...document.querySelectorAll(selector)];
    const script = document.querySelector("script[data-times]");
    return {
      agenda: seen(".agenda-list > li").map((item) => ({ text: text(item), last: item.dataset.last ?? item.querySelector("time").getAttribute("datetime").slice(0, 10) })),
      agendas: seen(".agenda-list").map((list) => list.children.length),
      // Where sessions stand on the page itself, they say what is next.
      calendars: (document.querySelector(".section-sessions") ? [] : seen(".calendar-time[data-last]")).map((line) => ({ text: text(line), last: line.dataset.last })),
      badges: seen(".row .enrolment").map((badge) => ({ text: text(badge), key: badge.classList.contains("badge-good") ? "open" : "other" })),
      counts: seen("[data-built] .count-week").map(text),
      rows: seen(".row-when, .course-when[data-later]")
        .filter((when) => !when.closest(".course") || when.dataset.later)
        .map((when) => ({ text: text(when), href: when.closest("li").querySelector("a").getAttribute("href"), of: when.closest(".course") ? "run" : "all" })),
      words: { past: script?.dataset.past },
    };
  });

/** The sessions of courses and events, as their own pages say on the day of the build. */
class Schedule {
  constructor(portal) {
    this.portal = portal;
    this.known = new Map();
  }

  /** The sessions on a page, in order of time. */
  of(path) {
    if (!this.known.has(path)) this.known.set(path, this.sessions(path));
    return this.known.get(path);
  }

  sessions(path) {
    const all = [];
    for (const { name, attributes, text } of this.portal.page(path).elements) {
      const has = (word) => (attributes.class ?? "").split(" ").includes(word);
      const session = all.at(-1);
      if (name === "li" && has("session")) all.push({ off: has("off"), last: attributes["data-last"], text: "" });
      else if (has("session-day")) session.day = text().trim();
      else if (has("session-time")) session.text = `${session.day} ${text().trim()}`.replace(/\s+/g, " ");
      else if (name === "time" && session && session.start === undefined && session.text !== "") {
        session.start = attributes.datetime;
        session.last ??= session.start.slice(0, 10);
      }
    }
    return all.sort((a, b) => (a.start < b.start ? -1 : 1));
  }
}

await main(import.meta, "later", judge);
