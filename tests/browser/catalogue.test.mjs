// Looks for courses in a real browser: facets that a script combines count what the pages of the facets count, the address keeps them, and what
// the page says of enrolment is right on a later day.
//
//   node catalogue.test.mjs DIR --today DAY

import { pathToFileURL } from "node:url";

import { launch } from "./lib/browser.mjs";
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

async function corrects(checks, browser, url, today) {
  const faults = [];
  let changed = 0;
  const built = await states(browser, url, today);
  for (const days of [-30, 0, 1, 10, 40, 150, 400]) {
    const day = new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);
    const now = await states(browser, url, day);
    for (const [at, badge] of now.badges.entries()) {
      const key = expected(badge.terms, day < badge.since ? today : day);
      const word = now.words[key].split(/\{m\}|\{d\}/).pop();
      if (!badge.text.includes(word) && !(key === "open" && badge.text.startsWith(now.words.open))) {
        faults.push(`${day}: ${badge.terms} is ${badge.text}, should be ${key}`);
      }
      if (badge.text !== built.badges[at].text) changed += 1;
    }
  }
  if (changed === 0) faults.push("no state changed in a year");
  checks.that("what a page says of enrolment is right on later days, and a clock that is behind it changes nothing", faults, `${built.badges.length} courses, ${changed} changes`);
}

/** The badges of the list of courses on a day, and the words of the script. */
async function states(browser, url, day) {
  const context = await browser.newContext({ viewport: PHONE, timezoneId: "Asia/Shanghai" });
  await context.addInitScript((now) => {
    const Real = Date;
    window.Date = class extends Real {
      constructor(...given) {
        super(...(given.length > 0 ? given : [now]));
      }
      static now() {
        return now;
      }
    };
  }, Date.parse(`${day}T12:00:00+08:00`));
  const page = await context.newPage();
  await page.goto(list(url));
  const badges = await page.$$eval("[data-terms]", (all) => all.map((badge) => ({ terms: badge.dataset.terms, since: badge.dataset.since, text: badge.textContent })));
  const words = await page.$eval("script[data-times]", (script) => ({ ...script.dataset }));
  await context.close();
  return { badges, words };
}

await main(import.meta, "catalogue", judge);
