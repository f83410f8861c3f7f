// Searches two portals in a real browser, over HTTP and from the folder: results equal those of the program and a plain scan.
// One is the given portal, asked for what its own pages say; the other is a town whose words the tests know.
//
//   node search.test.mjs DIR --program PATH --root PROJECT --today DAY

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { contextOn, launch } from "./lib/browser.mjs";
import { main } from "./lib/checks.mjs";
import { Portal } from "./lib/portal.mjs";
import { ask } from "./lib/search-ask.mjs";
import { decides, excuses, folds as foldsTogether, isOld, quotes, remembers, stays, suggests, trusts } from "./lib/search-page.mjs";
import { serve } from "./lib/server.mjs";
import { COMMON, COUNTED, FOLDED, GLUED, MARTIAL, PAIR, PUNCTUATED, RARE, SERIES, TRADITIONAL, TYPED, WEEKLY, buildTown } from "./lib/town.mjs";

const PHONE = { width: 360, height: 740 };
const VANDALS = ["<img src=x onerror=alert(1)>", "[.*+?^${}()|", "😀👨‍👩‍👧", "\ud800", "％％％", "a".repeat(10_000), "太".repeat(10_000), "%E0%A4%A", "\"'&lt;"];
const QUERIES = 90;

/** Queries whose answers are the same on every portal, or nothing. */
const ANYWHERE = ["97", "2026年", "星期", "期二", "臺", "不存在的词语"];

export async function judge(checks, options) {
  const town = buildTown(options);
  const browser = await launch();
  try {
    await given(checks, browser, options);
    await known(checks, browser, { ...options, ...town });
  } finally {
    await browser.close();
    town.remove();
  }
}

/** What holds of every portal. */
async function given(checks, browser, options) {
  const portal = new Portal(options.portal);
  const host = await serve(portal, "/some/deep/path/");
  const words = wordsOfTitles(portal);
  await agrees(checks, browser, host.url, draw(portal, words.slice(0, 2)), options, "on the given portal");
  await finds(checks, browser, host.url, portal, options);
  await shows(checks, browser, host.url, words, "over HTTP on the given portal");
  await shows(checks, browser, `${pathToFileURL(portal.folder).href}/`, words, "from the folder of the given portal");
  await survives(checks, browser, host.url);
  await means(checks, browser, host.url, options);
  await host.close();
}

/** What is asked in words that the portal surely has, and has often enough. */
async function known(checks, browser, options) {
  const portal = new Portal(options.portal);
  const host = await serve(portal, "/some/deep/path/");
  const words = [COMMON, RARE, MARTIAL, PAIR, PUNCTUATED, GLUED, ...COUNTED, ...TRADITIONAL.flat(), ...FOLDED.flat()];
  await agrees(checks, browser, host.url, draw(portal, words), options, "on the town's");
  await shows(checks, browser, host.url, [COMMON, RARE], "over HTTP");
  await shows(checks, browser, `${pathToFileURL(portal.folder).href}/`, [COMMON, RARE], "from the folder");
  await ranks(checks, browser, host.url);
  await recovers(checks, browser, host.url);
  await loses(checks, browser, host.url);
  await types(checks, browser, host.url);
  await presses(checks, browser, host.url);
  await filters(checks, browser, host.url);
  await counts(checks, browser, host.url);
  await folds(checks, browser, host.url);
  await offers(checks, browser, host.url);
  await hurries(checks, browser, host.url);
  await plain(checks, browser, host.url);
  await suggests(checks, browser, host.url, [MARTIAL, "taiji"]);
  await remembers(checks, browser, host.url, ["学习", MARTIAL, RARE]);
  await stays(checks, browser, host.url, [COMMON, "学习", MARTIAL, RARE, "不存在的词语", "周二 拳术", "哪里可以学拳术"]);
  await trusts(checks, browser, host.url, ["周二 拳术", RARE, COMMON], "taiji");
  await excuses(checks, browser, host.url);
  await decides(checks, browser, host.url, WEEKLY);
  await foldsTogether(checks, browser, host.url, SERIES);
  await quotes(checks, browser, host.url, [MARTIAL, COMMON, ...COUNTED, "学习"]);
  isOld(checks, portal);
  await host.close();
}

/** Runs in the page: what a query is taken for, and the first page of each list. */
async function understand(words) {
  const { begin, parse, query, result, record, meaning } = window.shuyuan.core;
  await begin();
  const asked = await query(words);
  const exact = [];
  for (const id of asked.ids) if ((await result(asked, id)) !== null) exact.push(id);
  if (exact.length >= 10) return null;
  const { parts, ids, partly, slips, spelt } = await (await meaning()).understand({ ...asked, terms: parse(words) }, exact);
  const first = async (list) => (list.length > 0 ? (await record(list[0])).address : null);
  return { filters: parts.filters.map(([, { facet, keys }]) => [facet, keys]), groups: parts.groups, meant: await first(ids), partly: await first(partly), slips, spelt };
}

/** Queries are understood as the program does, in the same order of results. */
async function means(checks, browser, url, { program, root, today }) {
  const list = readFileSync(new URL("../queries/content.tsv", import.meta.url), "utf8");
  const queries = list.split("\n").filter((line) => line.includes("\t")).map((line) => line.split("\t")[0]);
  const lines = execFileSync(program, ["search", "--json", "--root", root, "--today", today, "--", ...queries], { encoding: "utf8", maxBuffer: 1 << 28 });
  const context = await contextOn(browser, today);
  const page = await context.newPage();
  await page.goto(`${url}search.html`);
  const different = [];
  let understood = 0;
  for (const line of lines.trim().split("\n")) {
    const { query, filters, groups, meant, partly, slips, spelt } = JSON.parse(line);
    const own = await page.evaluate(understand, query);
    if (own === null) continue;
    understood += 1;
    const program = { filters, groups, meant: meant[0] ?? null, partly: partly[0] ?? null, slips, spelt };
    for (const key of Object.keys(program)) {
      if (JSON.stringify(own[key]) !== JSON.stringify(program[key])) different.push(`${query}: ${key} ${JSON.stringify(own[key])} in the browser, ${JSON.stringify(program[key])} in the program`);
    }
  }
  checks.that("the browser and the program understand queries alike", different, `${understood} of ${queries.length} queries`);

  const faults = [];
  const answers = lines.trim().split("\n").map((line) => JSON.parse(line)).filter(({ found }) => found.length < 2);
  const shown = [
    [({ meant, groups }) => meant.length > 0 && groups.some((group) => group.length > 1), ".meaning .meant .result"],
    [({ slips }) => slips.length > 0, ".meaning a.slip"],
    [({ meant, filters, groups }) => meant.length > 0 && filters.length > 0 && groups.length > 0, ".meaning .chips a.choice"],
  ];
  for (const [wanted, selector] of shown) {
    const query = answers.find(wanted)?.query;
    if (query === undefined) continue;
    await page.goto(`${url}search.html?${new URLSearchParams({ q: query })}`);
    await page.waitForSelector('#search[data-understood="done"]', { timeout: 20_000 });
    if ((await page.$$(selector)).length === 0) faults.push(`${query}: no ${selector}`);
  }
  checks.that("what a query means is shown under a heading of its own", faults);
  await context.close();
}

/** The pages of entries and lists, without the pages that only lead to others. */
function pagesOf(portal) {
  return portal.pages.filter((path) => !/^(404|search)\.html$|index\.html$|page-\d+\.html$/.test(path) && !portal.isRedirect(path) && portal.text(path).includes('<article class="item'));
}

/** The most frequent and the rarest four characters of titles. */
function wordsOfTitles(portal) {
  const pages = new Map();
  for (const path of pagesOf(portal)) {
    const title = /<h1[^>]*>([^<&]+)<\/h1>/.exec(portal.text(path))?.[1] ?? "";
    for (const run of title.match(/\p{Script=Han}{4,}/gu) ?? []) for (let at = 0; at + 4 <= run.length; at += 1) pages.set(run.slice(at, at + 4), (pages.get(run.slice(at, at + 4)) ?? 0) + 1);
  }
  const sorted = [...pages].sort(([one, often], [other, seldom]) => seldom - often || (one < other ? -1 : 1)).map(([word]) => word);
  return [sorted[0], sorted.at(-1)];
}

/** Whole titles, and parts of titles and texts; the same on every run. */
function draw(portal, words) {
  const pages = pagesOf(portal);
  let seed = 1;
  const below = (limit) => ((seed = (seed * 1103515245 + 12345) % 2147483648), Math.floor((seed / 2147483648) * limit));
  const drawn = new Set([...ANYWHERE, ...words, words.map((word) => word.slice(0, 2)).slice(0, 2).join(" ")]);
  while (drawn.size < QUERIES / 3) drawn.add(/<h1[^>]*>([^<&]+)<\/h1>/.exec(portal.text(pages[below(pages.length)]).replaceAll("<wbr>", ""))?.[1] ?? "97");
  while (drawn.size < QUERIES) {
    const runs = portal.text(pages[below(pages.length)]).split("<main")[1].replaceAll("<wbr>", "").replace(/<[^>]*>/g, "\n").match(/[\p{Script=Han}\w]{2,}/gu);
    const run = runs[below(runs.length)];
    const at = below(run.length - 1);
    drawn.add(run.slice(at, at + 2 + below(4)));
  }
  return [...drawn];
}

/** Runs in the page: the addresses of all results of a query, as they are listed. */
async function find(words) {
  const { begin, query, result } = window.shuyuan.core;
  await begin();
  const asked = await query(words);
  const found = [];
  for (const id of asked.ids) found.push(await result(asked, id));
  return found.filter((one) => one !== null).map((one) => one.address);
}

async function agrees(checks, browser, url, queries, { program, root, today }, where) {
  const lines = execFileSync(program, ["search", "--json", "--root", root, "--today", today, "--", ...queries], { encoding: "utf8", maxBuffer: 1 << 28 });
  const page = await browser.newPage();
  await page.goto(`${url}search.html`);
  const different = [];
  for (const line of lines.trim().split("\n")) {
    const { query, found } = JSON.parse(line);
    const own = await page.evaluate(find, query);
    // The program searches the index, the browser whole pages: it may also find the query in a card of another entry.
    const both = own.filter((address) => found.includes(address));
    if (JSON.stringify(both) !== JSON.stringify(found)) different.push(`${query}: ${own.length} in the browser, ${found.length} in the program`);
    if (own.length - both.length > 2 + found.length) different.push(`${query}: ${own.length - both.length} in the browser alone`);
  }
  checks.that(`the browser and the program give the same answers in the same order, ${where}`, different, `${queries.length} queries`);
  await page.close();
}

/** Takes one piece of text from every entry's page, as rendered by a browser: the program finds the page by it. */
async function finds(checks, browser, url, portal, { program, root, today }) {
  const page = await browser.newPage();
  await page.goto(`${url}search.html`);
  const drawn = await page.evaluate(async (paths) => {
    const found = [];
    for (const path of paths) {
      const html = await (await fetch(encodeURI(path))).text();
      const main = new DOMParser().parseFromString(html, "text/html").querySelector("main");
      if (main.querySelector("article.item") === null) continue;
      // Cards, lines and counted links repeat other pages; dates and reading time are not searched.
      main.querySelectorAll("nav, script, .byline, [data-search=none]").forEach((part) => part.remove());
      const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
      const runs = [];
      while (walker.nextNode()) runs.push(...(walker.currentNode.data.match(/[\p{Script=Han}]{2,8}/gu) ?? []));
      if (runs.length > 0) found.push({ path, words: runs[(found.length * 7919) % runs.length] });
    }
    return found;
  }, portal.pages.filter((path) => !portal.isRedirect(path)));
  await page.close();
  const lines = execFileSync(program, ["search", "--json", "--root", root, "--today", today, "--", ...drawn.map(({ words }) => words)], { encoding: "utf8", maxBuffer: 1 << 28 });
  const answers = lines.trim().split("\n").map((line) => JSON.parse(line).found);
  const lost = drawn.filter(({ path }, at) => !answers[at].includes(path)).map(({ path, words }) => `${path}: ${words}`);
  checks.that("every entry's page is found by what it says", lost, `${drawn.length} pages`);
}

/** All of `queries` are found, and every result shows where. */
async function shows(checks, browser, url, queries, how) {
  const page = await browser.newPage({ viewport: PHONE });
  const refused = [];
  page.on("console", (message) => /Content.Security.Policy/i.test(message.text()) && refused.push(message.text()));
  page.on("pageerror", (error) => refused.push(error.message));
  const faults = [];
  for (const query of queries) {
    const { state, results, focus } = await ask(page, url, query);
    if (state !== "done") faults.push(`${query}: ${state}`);
    if (results.length === 0) faults.push(`${query}: nothing`);
    faults.push(...results.filter(({ text, marks }) => !text.includes(query) || marks === 0).map(({ text }) => `${query}: ${text.slice(0, 80)}`));
    if (focus !== "BODY") faults.push(`${query}: the focus went to ${focus}`);
  }
  checks.that(`results show what was asked for, ${how}`, faults);
  checks.that(`searching breaks no policy and throws nothing, ${how}`, refused);
  await page.close();
}

/** Results read together, with the same day and the match in the same part, are ordered by the number of matches. */
async function ranks(checks, browser, url) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 2000 } });
  const faults = [];
  let compared = 0;
  for (const query of COUNTED) {
    await ask(page, url, query);
    const rows = await page.evaluate(async (words) => {
      const read = async (item) => {
        const [address, anchor] = item.querySelector("a").href.split("#");
        const main = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html").querySelector(anchor === undefined ? "main" : `[id="${decodeURIComponent(anchor)}"]`);
        const title = main.querySelector("h1, .card-title")?.textContent ?? "";
        const headings = [...main.querySelectorAll(".prose :is(h2, h3, h4)")].map((heading) => heading.textContent).join("\n");
        main.querySelectorAll("nav, h1, .card-title, script").forEach((part) => part.remove());
        const place = [title, headings].findIndex((text) => text.includes(words));
        return { address, place: `${place} ${item.querySelector(".result-facts").textContent.split("　")[1] ?? ""}`, hits: main.textContent.split(words).length - 1 };
      };
      return Promise.all([...document.querySelectorAll("ol.results > li")].map(read));
    }, query);
    rows.slice(1).forEach(({ place, hits, address }, at) => {
      const before = rows[at];
      if (place !== before.place || place.startsWith("0") || hits === before.hits) return;
      compared += 1;
      if (hits > before.hits) faults.push(`${query}: ${address} holds it ${hits} times, ${before.address} before it ${before.hits}`);
    });
  }
  if (compared < 5 * COUNTED.length) faults.push(`only ${compared} could be compared`);
  checks.that("of results alike in place and day the one that holds the query more often comes first", faults, `${compared} pairs`);
  await page.close();
}

async function survives(checks, browser, url) {
  const page = await browser.newPage({ viewport: PHONE });
  const faults = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("dialog", (dialog) => (faults.push("a dialog"), dialog.dismiss()));
  for (const query of VANDALS) {
    const { state, status } = await ask(page, url, query);
    if (state !== "done" || status === "") faults.push(`${query.slice(0, 20)}: ${state} ${status}`);
    if ((await page.$("main img")) !== null) faults.push(`${query}: became markup`);
  }
  checks.that("what vandals type is text", faults, `${VANDALS.length} queries`);
  await page.close();
}

/** A missing, truncated or outdated file is reported and can be retried, even if the head fails before the script runs. */
async function recovers(checks, browser, url) {
  const faults = [];
  const answers = {
    missing: (route) => route.fulfill({ status: 404, body: "" }),
    cut: async (route) => route.fulfill({ body: (await (await route.fetch()).text()).slice(0, 200), contentType: "text/javascript" }),
    stale: async (route) => route.fulfill({ body: (await (await route.fetch()).text()).replace(/,"[0-9a-f]+"/, ',"0"'), contentType: "text/javascript" }),
    offline: (route) => route.abort(),
  };
  const { stale, ...broken } = answers;
  const cases = [...Object.entries(answers).map(([name, answer]) => [name, /\/k\d+\.js/, answer]), ...Object.entries(broken).map(([name, answer]) => [`head ${name}`, /\/head\.js/, answer])];
  for (const [name, files, answer] of cases) {
    const page = await browser.newPage({ viewport: PHONE });
    await page.route(files, answer);
    if (name === "head offline") await page.route(/\/search\.[0-9a-f]+\.js/, (route) => setTimeout(() => route.continue(), 500));
    const { state, status } = await ask(page, url, COMMON);
    if (state !== "error" || status.length < 8) faults.push(`${name}: ${state} “${status}”`);
    await page.unroute(files);
    await page.click("#search [role=status] button").catch(() => faults.push(`${name}: no way to try again`));
    await page.waitForFunction(() => document.querySelector("ol.results > li") !== null, undefined, { timeout: 5000 }).catch(() => faults.push(`${name}: trying again does not help`));
    await page.close();
  }
  checks.that("a broken index is said, and trying again helps", faults);
}

const shown = (page) => page.$$eval("ol.results > li", (items) => items.length);

/** When the network fails, shown results stay; retrying works once the network is back. */
async function loses(checks, browser, url) {
  const context = await browser.newContext({ viewport: PHONE });
  const page = await context.newPage();
  const faults = [];
  await ask(page, url, COMMON);
  const before = await shown(page);
  if (before === 0) faults.push("nothing was found");
  await context.setOffline(true);
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  await page.waitForSelector('#search[data-state="error"] [role=status] button', { timeout: 10_000 }).catch(() => faults.push("nothing is said"));
  if ((await shown(page)) < before) faults.push("results that were shown are gone");
  await context.setOffline(false);
  await page.click("#search [role=status] button").catch(() => faults.push("no way to try again"));
  await page.waitForSelector('#search[data-state="done"]', { timeout: 10_000 }).catch(() => faults.push("trying again does not help"));
  checks.that("a net that goes away midway is said, and takes nothing back", faults);
  await context.close();
}

/** Latin letters give suggestions by pinyin; text that an input method is composing gives none. */
async function types(checks, browser, url) {
  const page = await browser.newPage({ viewport: PHONE });
  const faults = [];
  const asked = [];
  page.on("request", (request) => /\/search\/[0-9a-f]+\//.test(request.url()) && asked.push(request.url()));
  await page.goto(`${url}index.html`);
  await page.click(".fold-search summary");
  if (!(await page.evaluate(() => document.activeElement.matches("form[role=search] input")))) faults.push("opening the box does not lead into it");
  await page.focus("form[role=search] input");
  const session = await page.context().newCDPSession(page);
  await session.send("Input.imeSetComposition", { text: "taiji", selectionStart: 5, selectionEnd: 5 });
  await page.waitForTimeout(400);
  if (asked.length > 0) faults.push(`composing fetches ${asked[0]}`);
  await session.send("Input.insertText", { text: MARTIAL });
  if ((await page.inputValue("form[role=search] input")) !== MARTIAL) faults.push("what was composed is not in the box");
  checks.that("an input method composes without asking anything", faults);

  const missing = [];
  for (const [typed, wanted] of TYPED) {
    await page.fill("form[role=search] input", "");
    await page.type("form[role=search] input", typed);
    await page.waitForSelector(".suggestions [role=option]", { timeout: 5000 }).catch(() => {});
    const words = await page.$$eval(".suggestions [role=option]", (options) => options.map((option) => option.textContent));
    if (!words.some((word) => word.startsWith(wanted))) missing.push(`${typed}: ${words.join(" ")}`);
  }
  checks.that("pinyin in full, by initials and partly typed is understood", missing);
  await page.close();
}

/** Works with the keyboard alone: type, search, reach the results, open one. */
async function presses(checks, browser, url) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const faults = [];
  await page.goto(`${url}search.html`);
  const here = () => page.evaluate(() => document.activeElement.closest("ol.results > li, form[role=search]")?.tagName ?? "");
  const tabTo = async (tag) => {
    for (let at = 0; at < 40 && (await here()) !== tag; at += 1) await page.keyboard.press("Tab");
    if ((await here()) !== tag) faults.push(`${tag} is not reached`);
  };
  await tabTo("FORM");
  await page.keyboard.type(MARTIAL);
  await page.keyboard.press("Enter");
  await page.waitForSelector('#search[data-state="done"] ol.results > li', { timeout: 10_000 });
  if ((await here()) !== "FORM") faults.push("the focus left the box");
  const { role, live, text } = await page.$eval("#search .search-status", (status) => ({ role: status.getAttribute("role"), live: status.getAttribute("aria-live"), text: status.textContent }));
  if ((role !== "status" && live !== "polite") || !/\d/.test(text)) faults.push(`screen readers hear “${text}”`);
  await tabTo("LI");
  const target = await page.evaluate(() => document.activeElement.href);
  await page.keyboard.press("Enter");
  await page.waitForURL(target, { timeout: 5000 }).catch(() => faults.push("the result does not open"));
  checks.that("the keyboard alone finds and opens a result", faults);
  await page.close();
}

/** A facet's count equals the results when it is chosen; the choice is in the URL and is restored from it. */
async function filters(checks, browser, url) {
  const page = await browser.newPage({ viewport: PHONE });
  const faults = [];
  const done = () => page.waitForSelector('#search[data-state="done"]', { timeout: 10_000 });
  await ask(page, url, MARTIAL);
  await page.click(".filters > summary");
  await page.click('.facet[data-name="kind"] > summary');
  const choice = await page.waitForSelector('.facet[data-name="kind"] a.choice');
  const [, label, count] = /^(.+) (\d+)$/.exec(await choice.textContent());
  await choice.click();
  await page.waitForURL(/[?&]kind=/);
  await done();
  const state = () => page.evaluate(() => ({
    total: document.querySelector("#search").dataset.total,
    // The number of visible results depends on when the facets are laid out.
    kinds: [...new Set([...document.querySelectorAll(".result-facts")].map((facts) => facts.textContent.split("　")[0]))],
  }));
  const chosen = await state();
  if (chosen.total !== count) faults.push(`${label}: ${count} are promised, ${chosen.total} come`);
  faults.push(...chosen.kinds.filter((kind) => kind !== label).map((kind) => `${kind} among ${label}`));
  await page.reload();
  await done();
  if (JSON.stringify(await state()) !== JSON.stringify(chosen)) faults.push(`the address does not bring it back: ${JSON.stringify(await state())} for ${JSON.stringify(chosen)}`);
  await page.goto(`${page.url()}&from=singlemessage&utm_source=x&../../x=1`);
  await done();
  if (JSON.stringify(await state()) !== JSON.stringify(chosen)) faults.push("what others add to the address is taken for a facet");
  checks.that("a facet counts what it shows, and its address brings it back", faults);
  await page.close();
}

/** Totals and facets are exact, or “以上” until the pages that decide are read: no number shrinks, and none is too great. */
async function counts(checks, browser, url) {
  const page = await browser.newPage({ viewport: PHONE });
  const faults = [];
  const { status } = await ask(page, url, COMMON);
  const said = async () => /(\d+) 条(以上)?$/.exec(await page.textContent("#search .search-status"));
  if (!status.includes("以上")) faults.push(`what is not verified is called sure: ${status}`);
  const open = async () => {
    await page.click(".filters > summary");
    if ((await page.$('.facet[data-name="kind"][open]')) === null) await page.click('.facet[data-name="kind"] > summary');
    await page.waitForSelector('.facet[data-name="kind"] a.choice');
    return page.$$eval('.facet[data-name="kind"] a.choice', (choices) => choices.map((choice) => choice.textContent));
  };
  const early = await open();
  faults.push(...early.filter((text) => /\d$/.test(text)).map((text) => `${text} before pages are read`));
  // Nothing changes while the reader has the focus in it.
  await page.evaluate(() => document.activeElement.blur());
  const told = [];
  for (let tries = 0; tries < 60; tries += 1) {
    const now = await said();
    if (now !== null) told.push(Number(now[1]));
    if (now !== null && now[2] === undefined) break;
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
    await page.$eval("button.more", (more) => more.hidden || more.click());
    await page.waitForTimeout(50);
  }
  const sure = await page.$eval("#search", (section) => Number(section.dataset.total));
  const rows = await page.$$eval("ol.results a.result-title", (links) => links.length);
  if (told.some((number, at) => number < (told[at - 1] ?? 0)) || told.at(-1) !== sure || rows !== sure) faults.push(`${told.join(", ")} are told of ${sure}, ${rows} are listed`);
  const kinds = await page.$$eval('.facet[data-name="kind"] a.choice', (choices) => choices.map((choice) => choice.textContent));
  const least = new Map(early.map((text) => /^(\S+) ?(\d*)/.exec(text).slice(1)));
  for (const text of kinds) {
    const [, kind, count] = /^(\S+) (\d+)$/.exec(text) ?? [];
    if (count === undefined || Number(least.get(kind)) > Number(count)) faults.push(`${text} in the end, ${least.get(kind)} or more before`);
  }
  const sum = kinds.map((text) => Number(/(\d+)$/.exec(text)?.[1])).reduce((one, other) => one + other, 0);
  if (sum !== sure) faults.push(`kinds say ${kinds.join(" + ")}, ${sure} were found`);
  checks.that("a number is exact, or “以上” and never shrinks", faults, [...new Set(told)].join(", "));

  // A page that cannot be read is neither listed as a result nor excluded.
  const read = [];
  page.on("request", (request) => request.resourceType() === "fetch" && read.push(request.url()));
  const complete = await ask(page, url, COUNTED[0]);
  await page.route(`**/${new URL(read[0] ?? "none", url).pathname.split("/").at(-1)}`, (route) => route.abort());
  // A new entry of the history: the former one would bring its rows back.
  await page.goto("about:blank");
  const without = await ask(page, url, COUNTED[0]);
  const denied = [];
  if (read.length === 0 || without.results.some(({ href }) => href === read[0])) denied.push(`${read[0]} is shown`);
  if (without.total !== complete.total || !without.status.includes("以上")) denied.push(without.status);
  checks.that("a page that cannot be read is not denied", denied);
  await page.close();
}

/** Traditional characters that no page contains match their simplified forms, also in long queries. */
async function folds(checks, browser, url) {
  const page = await browser.newPage({ viewport: PHONE });
  const faults = [];
  for (const [simple, other] of TRADITIONAL) {
    const [expected, found] = [await ask(page, url, simple), await ask(page, url, other)];
    if (expected.total === 0 || found.total === 0) faults.push(`${other}: ${found.total}, ${simple}: ${expected.total}`);
    if (JSON.stringify(found.results.map(({ href }) => href)) !== JSON.stringify(expected.results.map(({ href }) => href))) faults.push(`${other} and ${simple} differ`);
  }
  checks.that("traditional characters find what simplified ones find", faults);
  const unseen = [];
  for (const [said, query] of FOLDED) {
    const { total, results } = await ask(page, url, query);
    const marked = await page.$$eval(".results mark", (marks) => marks.map((mark) => mark.textContent));
    if (total !== 1) unseen.push(`${query}: ${total} pages`);
    else if (marked.length === 0 || marked.some((text) => !said.includes(text) || text !== text.trim())) unseen.push(`${query} marks ${marked.join(" | ")} on ${results[0].href}`);
  }
  const { total } = await ask(page, url, GLUED);
  if (total > 0) unseen.push(`${GLUED}: ${total} pages`);
  checks.that("spaces, punctuation, width and accents make no difference, and what is marked are the words", unseen);
  await page.close();
}

/** An empty result offers the query without punctuation or filters; unknown facet values are ignored. */
async function offers(checks, browser, url) {
  const page = await browser.newPage({ viewport: PHONE });
  const faults = [];
  const follow = async (what) => {
    await page.click(".offers li:first-child a").catch(() => faults.push(`${what}: no way on`));
    await page.waitForSelector('#search[data-state="done"]', { timeout: 10_000 });
    if (Number(await page.$eval("#search", (section) => section.dataset.total)) === 0) faults.push(`${what}: the way on leads to nothing`);
  };
  const { total } = await ask(page, url, PUNCTUATED);
  if (total > 0) faults.push("punctuation was taken away in silence");
  await follow("punctuation");
  const all = await ask(page, url, MARTIAL);
  const state = async (query) => {
    await page.goto(`${url}search.html?q=${MARTIAL}&${query}`);
    await page.waitForSelector('#search[data-state="done"]', { timeout: 10_000 });
    return page.$eval("#search", (section) => Number(section.dataset.total));
  };
  if ((await state("kind=none&sort=none")) !== all.total) faults.push("a filter that no page has hides pages");
  const kinds = await page.evaluate(async () => (await window.shuyuan.core.load("f-kind")).values.map(([key]) => key));
  let empty;
  for (const kind of kinds) if (empty === undefined && (await state(`kind=${kind}`)) === 0) empty = kind;
  if (empty === undefined) faults.push(`${MARTIAL} is found in all kinds`);
  else await follow("filters");
  checks.that("where nothing is found there is a way on", faults);
  await page.close();
}

/** Only the answer to the last of several quick queries is shown. */
async function hurries(checks, browser, url) {
  const page = await browser.newPage({ viewport: PHONE });
  const faults = [];
  await page.goto(`${url}search.html`);
  for (const query of [RARE, COMMON, "不存在的词语 学习", MARTIAL]) {
    await page.fill("form[role=search] input", query);
    await page.press("form[role=search] input", "Enter");
    await page.waitForTimeout(15);
  }
  await page.waitForSelector('#search[data-state="done"]', { timeout: 20_000 });
  // Requests of earlier queries have finished by then.
  await page.waitForTimeout(500);
  const { state, rows } = await page.evaluate(() => ({ state: document.querySelector("#search").dataset.state, rows: [...document.querySelectorAll("ol.results > li")].map((item) => item.textContent) }));
  if (state !== "done" || rows.length === 0) faults.push(`${state}, ${rows.length} results`);
  faults.push(...rows.filter((text) => !text.includes(MARTIAL)).map((text) => `${MARTIAL}: ${text.slice(0, 60)}`));
  if ((await page.$$(".offers li")).length > 0) faults.push("offers of an earlier query");
  checks.that("only the last of hurried queries is answered", faults);
  await page.close();
}

/** Without a script, the search box leads to a page with an index. */
async function plain(checks, browser, url) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${url}index.html`);
  await page.fill("form[role=search] input", MARTIAL);
  await page.press("form[role=search] input", "Enter");
  await page.click('main a[href="az/index.html"]');
  const links = await page.$$eval("main a", (all) => all.length);
  checks.that("without a script the box leads to the index by letters", links > 20 ? [] : [`${links} links`]);
  await context.close();
}

await main(import.meta, "search", judge);
