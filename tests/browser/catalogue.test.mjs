// Looks for courses in a real browser: facets that a script combines count what the pages of the facets count, the address keeps them, and what
// pages say of enrolment and of sessions is right on a later day.
//
//   node catalogue.test.mjs DIR --today DAY

import { pathToFileURL } from "node:url";

import { contextOn, launch } from "./lib/browser.mjs";
import { main } from "./lib/checks.mjs";
import { Portal } from "./lib/portal.mjs";
import { serve } from "./lib/server.mjs";

const PHONE = { width: 360, height: 740 };
/** Pages of two facets that are compared. */
const PAIRS = 40;

export async function judge(checks, { portal: folder, today }) {
  const portal = new Portal(folder);
  const host = await serve(portal, "/some/deep/path/");
  const browser = await launch();
  try {
    const places = { "over HTTP": host.url, "from the folder": `${pathToFileURL(portal.folder).href}/` };
    for (const [how, url] of Object.entries(places)) {
      const page = await browser.newPage({ viewport: PHONE });
      const errors = [];
      page.on("pageerror", (error) => errors.push(String(error)));
      await combines(checks, page, url, how);
      await keeps(checks, page, url, how);
      checks.that(`no script fails in the catalogue ${how}`, errors);
      await page.close();
    }
    await plain(checks, browser, host.url);
    await corrects(checks, browser, host.url, today);
    await ages(checks, browser, host.url, portal, today);
  } finally {
    await browser.close();
    await host.close();
  }
}

const list = (url) => `${url}courses/index.html`;

/** The chips of the page: facet, value, count, and whether they can be seen. */
const chips = (page) =>
  page.$$eval(".facets-nav a.chip", (all) =>
    all.map((chip) => ({
      facet: chip.dataset.facet,
      value: chip.dataset.value,
      href: chip.href,
      count: Number(chip.querySelector(".count").textContent),
      hidden: chip.parentNode.hidden,
    })),
  );

/** How many courses a page of facets tells, and those of its chips. */
async function told(page, href) {
  await page.goto(href);
  const total = Number((await page.textContent(".list-header .byline")).match(/\d+/)[0]);
  return { total, chips: await chips(page) };
}

async function combines(checks, page, url, how) {
  await page.goto(list(url));
  const all = await chips(page);
  const faults = [];
  const topics = all.filter((chip) => chip.facet === "topic").sort((a, b) => b.count - a.count).slice(0, 3);
  let compared = 0;
  for (const topic of topics) {
    const page2 = await told(page, topic.href);
    if (page2.total !== topic.count) faults.push(`${topic.value}: ${topic.count} beside the name, ${page2.total} on its page`);
    await page.goto(list(url));
    await page.evaluate(() => { window.same = true; });
    await page.evaluate((value) => document.querySelector(`a.chip[data-facet=topic][data-value="${value}"]`).click(), topic.value);
    await page.waitForSelector(".catalogue-found .course");
    if (!(await page.evaluate(() => window.same))) faults.push(`${topic.value}: the page was loaded anew`);
    const found = Number((await page.textContent(".catalogue-count")).match(/\d+/)[0]);
    if (found !== page2.total) faults.push(`${topic.value}: ${found} found, ${page2.total} on its page`);
    const now = await chips(page);
    for (const chip of page2.chips.slice(0, PAIRS)) {
      compared += 1;
      const same = now.find((other) => other.facet === chip.facet && other.value === chip.value);
      if (same?.count !== chip.count) faults.push(`${topic.value} and ${chip.value}: ${same?.count} here, ${chip.count} on the page`);
    }
    if (now.some((chip) => !chip.hidden && chip.count === 0)) faults.push(`${topic.value}: values that lead nowhere are offered`);
  }
  if (compared === 0) faults.push("there was nothing to compare");
  checks.that(`facets that a script combines count what their pages count ${how}`, faults, `${compared} pairs`);
}

async function keeps(checks, page, url, how) {
  await page.goto(list(url));
  const faults = [];
  const click = (selector) => page.evaluate((found) => document.querySelector(found).click(), selector);
  const first = ".facets-nav li:not([hidden]) a.chip[data-facet=topic]";
  await click(first);
  await page.waitForSelector(".catalogue-found .course");
  await click(".facets-nav li:not([hidden]) a.chip[data-facet=audience], .facets-nav li:not([hidden]) a.chip[data-facet=weekday]");
  await page.waitForFunction(() => document.querySelectorAll(".catalogue-chosen .chosen .chip").length === 2);
  const hash = await page.evaluate(() => location.hash);
  if (!/^#topic=[^&]+&(audience|weekday)=./.test(hash)) faults.push(hash);
  const count = await page.textContent(".catalogue-count");
  await page.waitForSelector(".catalogue-found .course");
  await page.reload();
  await page.waitForSelector(".catalogue-found .course");
  if ((await page.textContent(".catalogue-count")) !== count) faults.push("another count after a reload");
  await click(".catalogue-chosen .chosen .chip");
  await click(".catalogue-chosen .chosen .chip");
  await page.waitForFunction(() => document.querySelector(".catalogue-found").hidden);
  if (await page.evaluate(() => location.hash)) faults.push("the address keeps what was taken away");
  if (!(await page.isVisible(".catalogue-rows .course"))) faults.push("the whole list is not there again");
  checks.that(`the address keeps what was chosen ${how}`, faults);
}

async function plain(checks, browser, url) {
  const context = await browser.newContext({ viewport: PHONE, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(list(url));
  const faults = [];
  const first = await page.locator(".courses .course").first().boundingBox();
  if (first.y + first.height > PHONE.height) faults.push(`the first course ends at ${first.y + first.height}`);
  checks.that("the first course stands in the first screen of a phone", faults.splice(0));
  await page.click(".facets-nav a.chip >> visible=true");
  await page.click(".courses .course a");
  if (!/\/courses\/[^/]+\.html$/.test(page.url())) faults.push(page.url());
  await page.goto(list(url));
  for (const group of await page.$$(".facets-nav details")) {
    const told = Number(await (await group.$("summary .count")).textContent());
    await (await group.$("summary")).click();
    const seen = await Promise.all((await group.$$("a.chip")).map((chip) => chip.isVisible()));
    if (told !== seen.length || seen.includes(false)) faults.push(`${told} choices are told, ${seen.filter(Boolean).length} of ${seen.length} seen`);
  }
  await context.close();
  checks.that("without a script a course is two taps from the list", faults);
}

/** The state of a course on a day, from the five values of each run: written a second time, on purpose. */
function expected(terms, day) {
  const order = ["open", "soon", "undated", "full", "closed", "running", "cancelled", "over"];
  const states = terms.split(";").map((run) => {
    const [opens, closes, first, last, bar] = run.split(",");
    const begun = first !== "" && day >= first;
    if (last !== "" && day > last) return "over";
    if (bar === "cancelled") return "cancelled";
    if (bar === "full") return begun ? "running" : "full";
    if (opens !== "" && day < opens) return "soon";
    if (closes !== "" && day <= closes) return "open";
    if (begun) return "running";
    if (closes !== "") return "closed";
    return opens === "" ? "undated" : "open";
  });
  return states.sort((a, b) => order.indexOf(a) - order.indexOf(b))[0];
}

/** The heading below which a state stands in the catalogue. */
const GROUPS = { open: "open", soon: "coming", undated: "coming", full: "coming", closed: "coming", running: "running", cancelled: "over", over: "over" };

const later = (today, days) => new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);

async function corrects(checks, browser, url, today) {
  const faults = [];
  const misplaced = [];
  let changed = 0;
  let moved = 0;
  const built = await states(browser, url, today);
  for (const days of [-30, 0, 1, 10, 40, 150, 400]) {
    const day = later(today, days);
    const now = await states(browser, url, day);
    const before = new Map(built.badges.map((badge) => [badge.href, badge]));
    if (now.badges.length !== built.badges.length) misplaced.push(`${day}: ${now.badges.length} of ${built.badges.length} courses`);
    for (const badge of now.badges) {
      const key = expected(badge.terms, day < badge.since ? today : day);
      const word = now.words[key].split(/\{m\}|\{d\}/).pop();
      if (!badge.text.includes(word) && !(key === "open" && badge.text.startsWith(now.words.open))) {
        faults.push(`${day}: ${badge.terms} is ${badge.text}, should be ${key}`);
      }
      if (badge.text !== before.get(badge.href).text) changed += 1;
      if (badge.group !== GROUPS[key]) misplaced.push(`${day}: ${badge.text} stands below ${badge.heading}`);
      if (badge.group !== before.get(badge.href).group) moved += 1;
    }
    const groups = now.badges.map((badge) => badge.group).filter((group, at, all) => group !== all[at - 1]);
    if (groups.join() !== [...new Set(Object.values(GROUPS))].filter((group) => groups.includes(group)).join()) misplaced.push(`${day}: ${groups}`);
    if (now.headings !== groups.length) misplaced.push(`${day}: ${now.headings} headings for ${groups}`);
  }
  if (changed === 0) faults.push("no state changed in a year");
  if (moved === 0) misplaced.push("no course moved in a year");
  checks.that("what a page says of enrolment is right on later days, and a clock that is behind it changes nothing", faults, `${built.badges.length} courses, ${changed} changes`);
  checks.that("a course stands below the heading of its state on later days", misplaced, `${moved} moves`);
}

/** The badges of the list of courses on a day with the headings above them, and the words of the script. */
async function states(browser, url, day) {
  const context = await contextOn(browser, day, { viewport: PHONE, timezoneId: "Asia/Shanghai" });
  const page = await context.newPage();
  await page.goto(list(url));
  const badges = await page.$$eval("[data-terms]", (all) =>
    all.map((badge) => {
      const group = badge.closest(".group");
      const { terms, since } = badge.dataset;
      return { terms, since, text: badge.textContent, group: group.dataset.group, heading: group.querySelector("h2").textContent, href: badge.closest(".course").querySelector("a").href };
    }),
  );
  const headings = (await page.$$(".catalogue-rows h2")).length;
  const words = await page.$eval("script[data-times]", (script) => ({ ...script.dataset }));
  await context.close();
  return { badges, words, headings };
}

/** What a page of a course or an event says of its sessions: those to come and those that are over, the next at its head and beside its calendar. */
const said = (page) =>
  page.evaluate(() => {
    const text = (element) => (element ? element.textContent.trim().replace(/\s+/g, " ") : null);
    const session = (item) => {
      const start = item.querySelector(".session-time time").getAttribute("datetime");
      const last = item.dataset.last || start.slice(0, 10);
      return { start, last, off: item.classList.contains("off"), text: `${text(item.querySelector(".session-day"))} ${text(item.querySelector(".session-time"))}` };
    };
    return {
      parts: [...document.querySelectorAll(".section-sessions")].map((part) => ({
        anchor: part.querySelector("h2").id,
        coming: [...part.querySelectorAll(".session")].filter((item) => !item.closest(".past-sessions")).map(session),
        past: [...part.querySelectorAll(".past-sessions .session")].map(session),
        told: text(part.querySelector(".past-sessions .count")),
      })),
      calendar: text(document.querySelector(".calendar-time")),
      head: text(document.querySelector(".key-facts .fact-when")),
      enrol: document.querySelectorAll(".key-facts .enrol").length,
      // Of a weekly run the head tells the days of the week alone.
      days: [...document.querySelectorAll("[data-days]")].map((days) => days.dataset.days),
      words: { ...document.querySelector("script[data-times]").dataset },
    };
  });

async function ages(checks, browser, url, portal, today) {
  const paths = portal.pages.filter((path) => /^(courses|events)\/[^/]+\.html$/.test(path) && portal.text(path).includes('class="session"'));
  const faults = [];
  let moved = 0;
  for (const days of [-30, 0, 1, 10, 400]) {
    const day = later(today, days);
    const then = day < today ? today : day;
    const context = await contextOn(browser, day, { viewport: PHONE, timezoneId: "Asia/Shanghai" });
    const page = await context.newPage();
    page.on("pageerror", (error) => faults.push(`${day}: ${error}`));
    for (const path of paths) {
      await page.goto(url + encodeURI(path));
      const { parts, calendar, head, enrol, days: shown, words } = await said(page);
      const fault = (text) => faults.push(`${day}: ${path}: ${text}`);
      const all = parts.flatMap((part) => part.coming.concat(part.past));
      for (const { anchor, coming, past, told } of parts) {
        moved += past.filter((session) => session.last >= today).length;
        coming.filter((session) => session.last < then).forEach((session) => fault(`${session.text} is to come`));
        past.filter((session) => session.last >= then).forEach((session) => fault(`${session.text} is over`));
        if (past.length > 0 && told !== words.count.replace("{n}", past.length)) fault(`${told} of ${past.length} are over`);
        if (shown.includes(anchor) && coming.length > 0 && !head.includes(coming[0].text)) fault(`${head} is said, ${coming[0].text} is the next`);
      }
      if (parts.length > 0 && all.every((session) => session.last < then) && ![words.past, words.over, words.cancelled].some((word) => head.includes(word))) fault(`${head} is said of what is over`);
      if (enrol > 0 && path.startsWith("events/") && all.every((session) => session.last < then)) fault("one can still book what is over");
      const inOrder = (some) => some.sort((a, b) => (a.start < b.start ? -1 : 1));
      const next = inOrder(all.filter((session) => session.last >= then && !session.off))[0];
      const expects = next ? `${words.next}：${next.text}` : `${words.past}：${inOrder(all).at(-1)?.text}`;
      if (calendar !== null && calendar !== expects) fault(`${calendar}, should be ${expects}`);
    }
    await context.close();
  }
  if (moved === 0) faults.push("no session ended in a year");
  checks.that("what a page says of sessions and of the next of them is right on later days", faults, `${paths.length} pages, ${moved} sessions`);
}

await main(import.meta, "catalogue", judge);
