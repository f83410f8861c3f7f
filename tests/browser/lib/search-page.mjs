// What holds of the page of results beyond its answers: suggestions with keys, rows that say what decides, true totals, history, stillness,
// trusted types, syntax, and what is said where scripts are missing.

import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { parse } from "acorn";

import { contextOn } from "./browser.mjs";
import { ask } from "./search-ask.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PHONE = { width: 360, height: 740 };
const SCREEN = { width: 1280, height: 900 };
const BOX = "form[role=search] input";

/** Runs in the page: what assistive technology is told of the box. */
function combobox() {
  const input = document.querySelector("form[role=search] input");
  const options = [...document.querySelectorAll(".suggestions [role=option]")];
  const active = document.getElementById(input.getAttribute("aria-activedescendant") ?? "");
  return {
    role: input.getAttribute("role"),
    expanded: input.getAttribute("aria-expanded"),
    controls: document.getElementById(input.getAttribute("aria-controls") ?? "")?.getAttribute("role"),
    options: options.map((option) => option.textContent),
    active: options.indexOf(active),
    selected: options.findIndex((option) => option.getAttribute("aria-selected") === "true"),
    told: document.querySelector("form[role=search] [role=status]")?.textContent ?? "",
    value: input.value,
    focus: document.activeElement === input,
  };
}

/** Suggestions are a listbox that the box controls: arrow keys choose, Enter searches, Escape closes; for pinyin and for Han. */
export async function suggests(checks, browser, url, typed) {
  const faults = [];
  const violations = [];
  const context = await browser.newContext({ viewport: PHONE, bypassCSP: true });
  for (const [path, words] of typed.flatMap((words) => [["index.html", words], ["search.html", words]])) {
    const page = await context.newPage();
    const where = `${words} on ${path}`;
    const fault = (text) => faults.push(`${where}: ${text}`);
    await page.goto(url + path);
    if (path === "index.html") await page.click(".fold-search summary");
    const type = async () => {
      await page.fill(BOX, "");
      await page.focus(BOX);
      await page.keyboard.insertText(words);
      await page.waitForSelector(".suggestions [role=option]", { timeout: 10_000 }).catch(() => fault("nothing is suggested"));
    };
    await type();
    const open = await page.evaluate(combobox);
    const count = open.options.length;
    if (open.role !== "combobox" || open.controls !== "listbox" || open.expanded !== "true") fault(`${open.role} ${open.controls} ${open.expanded}`);
    if (open.active !== -1 || open.selected !== -1) fault("an option is chosen before a key");
    if (!open.told.includes(String(count))) fault(`“${open.told}” is announced of ${count}`);
    await page.evaluate(AXE);
    const found = await page.evaluate(() => window.axe.run(document.querySelector("form[role=search]")));
    violations.push(...found.violations.map(({ id, nodes }) => `${where}: ${id} ${nodes[0].html.slice(0, 120)}`));
    for (let at = 0; at <= count; at += 1) {
      await page.keyboard.press("ArrowDown");
      const { active, selected, focus } = await page.evaluate(combobox);
      const wanted = at < count ? at : -1;
      if (active !== wanted || selected !== wanted || !focus) fault(`after ${at + 1} times down ${active} is active, ${selected} selected`);
    }
    await page.keyboard.press("ArrowUp");
    if ((await page.evaluate(combobox)).active !== count - 1) fault("up from the box does not lead to the last");
    await page.keyboard.press("Escape");
    const closed = await page.evaluate(combobox);
    if (closed.expanded !== "false" || closed.options.length > 0 || closed.value !== words || !closed.focus) fault(`Escape leaves ${JSON.stringify(closed)}`);
    await type();
    const before = await page.evaluate(() => history.length);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelector("#search")?.dataset.state === "done", undefined, { timeout: 10_000 }).catch(() => fault("Enter does not search"));
    const { value } = await page.evaluate(combobox);
    if (value !== open.options[0]) fault(`Enter searches ${value} for ${open.options[0]}`);
    if ((await page.evaluate(() => history.length)) !== before + 1) fault("Enter makes more or less than one entry of the history");
    for (const option of open.options) if ((await ask(page, url, option)).total === 0) fault(`${option} stands on no page`);
    await page.close();
  }
  checks.that("suggestions work with the keys and are announced, for pinyin and for Han, and stand on pages", faults);
  checks.that("axe finds nothing in the open list of suggestions", violations);
  await context.close();
}

/** A query is an entry of the history, and the way back leads to the rows and the place that were left, without the browser's keeping of pages. */
export async function remembers(checks, browser, url, [first, second, third]) {
  const faults = [];
  const page = await browser.newPage({ viewport: PHONE });
  const done = () => page.waitForFunction(() => document.querySelector("#search")?.dataset.state === "done", undefined, { timeout: 10_000 });
  const type = async (words) => {
    await page.fill(BOX, words);
    await page.press(BOX, "Enter");
    await done();
  };
  const rows = () => page.evaluate(() => ({ y: Math.round(scrollY), rows: [...document.querySelectorAll("ol.results > li")].map((row) => row.textContent) }));
  await ask(page, url, first);
  const length = () => page.evaluate(() => history.length);
  const before = await length();
  await type(second);
  if ((await length()) !== before + 1) faults.push(`a query makes ${(await length()) - before} entries`);
  if (!(await page.title()).startsWith(second)) faults.push(`the tab is called ${await page.title()}`);
  await type(second);
  if ((await length()) !== before + 1) faults.push("the same query makes an entry of its own");
  await type(third);
  await page.goBack();
  await page.waitForFunction((words) => document.querySelector("form[role=search] input").value === words, second);
  await done();
  await page.goBack();
  await page.waitForFunction((words) => document.querySelector("form[role=search] input").value === words, first);
  await done();

  const scrollDown = async () => {
    for (let at = 0; at < 12; at += 1) {
      await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
      await page.$eval("button.more", (more) => more.hidden || more.click());
      await page.waitForTimeout(80);
      await done();
    }
  };
  await scrollDown();
  await page.evaluate(() => window.scrollBy(0, -700));
  await page.waitForTimeout(300);
  const left = await rows();
  if (left.rows.length < 15 || left.y < 500) faults.push(`${left.rows.length} rows at ${left.y} are too few to tell`);
  await page.evaluate(() => document.querySelectorAll("ol.results > li > a")[document.querySelectorAll("ol.results > li > a").length - 4].click());
  await page.waitForFunction(() => document.querySelector("#search") === null);
  await page.goBack();
  await done();
  await page.waitForTimeout(500);
  const back = await rows();
  if (await page.evaluate(() => performance.getEntriesByType("navigation")[0].type !== "back_forward")) faults.push("the browser kept the page: this tells nothing");
  if (Math.abs(back.y - left.y) > 2) faults.push(`left at ${left.y}, back at ${back.y}`);
  if (JSON.stringify(back.rows) !== JSON.stringify(left.rows)) faults.push(`${left.rows.length} rows were left, ${back.rows.length} are back, ${back.rows.filter((row, at) => row !== left.rows[at]).length} others`);
  checks.that("a query is one entry of the history, and Back leads to the rows and the place that were left", faults, `${left.rows.length} rows`);
  await page.close();
}

/** Nothing moves that the reader did not move: the shifts that Chromium adds up, with answers that come slowly and in any order. */
export async function stays(checks, browser, url, queries) {
  const faults = [];
  for (const [viewport, query] of [PHONE, SCREEN].flatMap((size) => queries.map((one) => [size, one]))) {
    const page = await browser.newPage({ viewport });
    await page.addInitScript(() => {
      window.moved = 0;
      new PerformanceObserver((list) => list.getEntries().forEach((entry) => { if (!entry.hadRecentInput) window.moved += entry.value; })).observe({ type: "layout-shift", buffered: true });
    });
    let nth = 0;
    await page.route(/\/(search|news|courses|stars|events|regions)\//, async (route) => {
      await new Promise((over) => setTimeout(over, 30 + ((nth += 7) % 40) * 5));
      await route.continue().catch(() => {});
    });
    await ask(page, url, query);
    await page.waitForFunction(() => ["", "done"].includes(document.querySelector("#search").dataset.understood)).catch(() => {});
    await page.waitForTimeout(900);
    const moved = await page.evaluate(() => window.moved);
    if (moved > 0.02) faults.push(`${query} at ${viewport.width} px: ${moved.toFixed(3)}`);
    await page.close();
  }
  checks.that("nothing moves while results come", faults, `${queries.length} queries, two widths`);
}

/** Works where only trusted types may become scripts and pages. */
export async function trusts(checks, browser, url, words, latin) {
  const faults = [];
  const page = await browser.newPage({ viewport: PHONE });
  page.on("console", (message) => /trusted|Content.Security/i.test(message.text()) && faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(error.message));
  await page.route(/search\.html/, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, headers: { ...answer.headers(), "content-security-policy": "require-trusted-types-for 'script'" } });
  });
  for (const query of words) {
    const { state } = await ask(page, url, query);
    await page.waitForFunction(() => ["", "done"].includes(document.querySelector("#search").dataset.understood));
    const rows = await page.$$eval("#search .result", (all) => all.length);
    if (state !== "done" || rows === 0) faults.push(`${query}: ${state}, ${rows} results`);
  }
  await page.click(".filters > summary");
  await page.waitForSelector(".facet").catch(() => faults.push("no facets"));
  await page.fill(BOX, latin);
  await page.waitForSelector(".suggestions [role=option]", { timeout: 10_000 }).catch(() => faults.push("no suggestions"));
  page.removeAllListeners("console");
  const refused = await page.evaluate(() => { try { document.createElement("script").src = "x.js"; return false; } catch { return true; } });
  if (!refused) faults.push("the policy is not in force: this tells nothing");
  checks.that("searching works where scripts must be of trusted types", faults);
  await page.close();
}

/** Without a script, or without that of search, or without any that comes, the page says so and leads on. */
export async function excuses(checks, browser, url) {
  const faults = [];
  const cases = [["no JavaScript", { javaScriptEnabled: false }, null], ["the script is gone", {}, /\/search\.[0-9a-f]+\.js/], ["all scripts are gone", {}, /\.js(\?|$)/]];
  for (const [name, options, gone] of cases) {
    const context = await browser.newContext({ viewport: PHONE, ...options });
    const page = await context.newPage();
    if (gone !== null) await page.route(gone, (route) => route.fulfill({ status: 404, body: "" }));
    await page.goto(`${url}search.html?q=x`);
    const link = page.locator(".search-missing a").locator("visible=true");
    await link.first().waitFor({ timeout: 8000 }).catch(() => faults.push(`${name}: nothing is said`));
    if ((await link.count()) > 1) faults.push(`${name}: it is said twice`);
    await context.close();
  }
  const page = await browser.newPage();
  await ask(page, url, "x");
  if (await page.locator(".search-missing").locator("visible=true").count() > 0) faults.push("it is said though nothing is missing");
  await page.close();
  checks.that("where a script is missing the page says so and leads to the index", faults);
}

/** The scripts as published hold no syntax newer than ES2017. */
export function isOld(checks, portal) {
  const folder = join(portal.folder, "theme");
  const names = readdirSync(folder).filter((name) => name.endsWith(".js"));
  const faults = names.flatMap((name) => {
    try {
      parse(readFileSync(join(folder, name), "utf8"), { ecmaVersion: 2017 });
      return [];
    } catch (error) {
      return [`${name}: ${error.message}`];
    }
  });
  if (!names.some((name) => name.startsWith("search."))) faults.push("no script of search");
  checks.that("published scripts are ES2017", faults, `${names.length} scripts`);
}

/** The row of a weekly course says the next time on the day on which it is read, its place with the street, fee and audience. */
export async function decides(checks, browser, url, { title, days }) {
  const faults = [];
  for (const [day, said, unsaid] of days) {
    const context = await contextOn(browser, day, { viewport: PHONE });
    const page = await context.newPage();
    const errors = [];
    page.on("pageerror", (error) => errors.push(error.message));
    await ask(page, url, title);
    await page.waitForTimeout(200);
    const facts = await page.textContent("ol.results > li .result-facts");
    faults.push(...said.filter((text) => !facts.includes(text)).map((text) => `on ${day} “${facts}” lacks ${text}`));
    faults.push(...unsaid.filter((text) => facts.includes(text)).map((text) => `on ${day} “${facts}” says ${text}`), ...errors);
    await context.close();
  }
  checks.that("a row says when next, where, for how much, for whom and whether one can join, on the day on which it is read", faults);
}

/** Pages that are of one thing fold together, and nothing is lost. */
export async function folds(checks, browser, url, words) {
  const faults = [];
  const page = await browser.newPage({ viewport: PHONE, bypassCSP: true });
  const { total, results } = await ask(page, url, words);
  const all = await page.$$eval("ol.results a.result-title", (links) => links.map((link) => link.href));
  const hidden = await page.locator(".results-folded a").locator("visible=true").count();
  if (all.length !== total || new Set(all).size !== total) faults.push(`${all.length} of ${total} are listed`);
  if (results.length >= total || hidden > 0) faults.push(`${results.length} of ${total} are rows of their own, ${hidden} folded ones are shown`);
  const summary = page.locator(".result-folded > summary").first();
  const said = await summary.textContent();
  await summary.click();
  const shown = await page.locator(".result-folded").first().locator("a").locator("visible=true").count();
  if (!said.includes(String(shown)) || shown === 0) faults.push(`“${said}” opens ${shown}`);
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => window.axe.run(document.querySelector("#search")));
  faults.push(...violations.map(({ id, nodes }) => `axe: ${id} ${nodes[0].html.slice(0, 120)}`));
  checks.that("pages that are of one thing fold together", faults, `${total} pages in ${results.length} rows`);
  await page.close();
}

/** The excerpt of a row shows what was asked for, also where the title holds it, if the text does. */
export async function quotes(checks, browser, url, queries) {
  const page = await browser.newPage({ viewport: PHONE });
  const lacking = [];
  let rows = 0;
  for (const query of queries) {
    await ask(page, url, query);
    await page.waitForTimeout(900);
    const excerpts = await page.$$eval("ol.results > li", (all, words) => Promise.all(all.map(async (row) => {
      const text = row.querySelector(".excerpt").textContent;
      if (text.includes(words)) return text;
      const main = new DOMParser().parseFromString(await (await fetch(row.querySelector("a").href)).text(), "text/html").querySelector("main");
      main.querySelectorAll("h1, [data-search=none], [data-search=title]").forEach((part) => part.remove());
      return main.textContent.includes(words) ? text : words;
    })), query);
    rows += excerpts.length;
    lacking.push(...excerpts.filter((text) => !text.includes(query)).map((text) => `${query}: ${text}`));
  }
  checks.that("excerpts show what was asked for", lacking.length > rows / 20 ? lacking : [], `${rows - lacking.length} of ${rows}`);
  await page.close();
}
