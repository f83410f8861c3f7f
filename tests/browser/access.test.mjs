// Old eyes and hands: large print with and without a script, the head of a phone's page, narrow screens, forced colours, axe, still pages.
//
//   node access.test.mjs DIR --today DAY

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { contextOn, launch, onPages } from "./lib/browser.mjs";
import { main } from "./lib/checks.mjs";
import { forced, gaps, large, overflow } from "./lib/measure.mjs";
import { Portal } from "./lib/portal.mjs";
import { serve } from "./lib/server.mjs";

const PHONE = { width: 360, height: 740 };
/** 180 px are a phone at 200 %. */
const NARROW = [320, 180];
/** Of the first screen. */
const HEAD = 0.25;
const SHIFT = 0.02;
const ASKED = "学习";
/** Of a slow net, in ms. */
const LATE = 40;
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"] };

export async function judge(checks, options) {
  const portal = new Portal(options.portal);
  const host = await serve(portal);
  const browser = await launch();
  const still = portal.largestOfEachFamily().filter((path) => path !== "404.html" && !portal.isRedirect(path));
  const address = (path) => host.url + encodeURI(path);
  try {
    await switches(checks, browser, portal, address, still);
    await head(checks, browser, portal, address, still);
    await keyboard(checks, browser, address);
    await measures(checks, browser, address, still);
    await axe(checks, browser, address, still);
    await shifts(checks, browser, address, still, options.today);
  } finally {
    await browser.close();
    await host.close();
  }
}

/** Large print is switched without a reload, stays from page to page, and is left again; in every way that a page may be opened. */
async function switches(checks, browser, portal, address, [first, second]) {
  const folder = (path) => pathToFileURL(join(portal.folder, path)).href;
  const refuse = () => Object.defineProperty(window, "localStorage", { get() { throw new DOMException("refused", "SecurityError"); } });
  const ways = [
    { how: "over HTTP", at: address },
    { how: "from the folder", at: folder },
    { how: "without storage", at: address, init: refuse },
    { how: "without a script", at: address, plain: true },
  ];
  for (const { how, at, init, plain } of ways) {
    const faults = [];
    const context = await browser.newContext({ viewport: PHONE, javaScriptEnabled: !plain });
    if (init !== undefined) await context.addInitScript(init);
    const page = await context.newPage();
    const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize));
    let loads = 0;
    page.on("load", () => (loads += 1));
    await page.goto(at(first), { waitUntil: "load" });
    if ((await size()) >= 24) faults.push(`${first} begins large`);
    await page.click(".to-large");
    if ((await size()) < 24) faults.push(`${first} stays small`);
    if (loads > 1) faults.push("the page is loaded again");
    if (!(await page.isVisible(".to-standard"))) faults.push("there is no way out");
    if (!plain) {
      if (!(await page.evaluate(() => document.activeElement.matches(".to-standard")))) faults.push("the focus is lost");
      // Nothing can be stored: the links carry it.
      if (init === undefined) await page.goto(at(second), { waitUntil: "load" });
      else await Promise.all([page.waitForNavigation(), page.click('.site-header a[href]:not([href^="#"]):not([aria-current])')]);
      if ((await size()) < 24) faults.push("the next page is small");
    }
    await page.click(".to-standard");
    if ((await size()) >= 24) faults.push("it cannot be left");
    if (!plain && init === undefined) {
      await page.goto(at(first), { waitUntil: "load" });
      if ((await size()) >= 24) faults.push("it comes back");
    }
    await context.close();
    checks.that(`${how} large print is switched on and off`, faults);
  }
}

/** On a phone little stands before the content, menu and search open without a script, and a course says in one screen what is asked first. */
async function head(checks, browser, portal, address, still) {
  const context = await browser.newContext({ viewport: PHONE, javaScriptEnabled: false });
  const page = await context.newPage();
  const high = [];
  for (const path of still) {
    await page.goto(address(path), { waitUntil: "load" });
    const height = await page.$eval(".site-header", (header) => header.getBoundingClientRect().bottom);
    if (path !== "search.html" && height > HEAD * PHONE.height) high.push(`${path}: ${Math.round(height)} px`);
  }
  checks.that("the head of a page takes a quarter of a phone's screen at most", high, `${still.length} pages`);

  const closed = [];
  await page.goto(address("index.html"));
  for (const [fold, inside] of [[".fold-search", ".search-box input"], [".fold-menu", ".menu a"]]) {
    if (await page.isVisible(inside)) closed.push(`${inside} is open at first`);
    await page.click(`${fold} summary`);
    if (!(await page.isVisible(inside))) closed.push(`${fold} opens nothing`);
  }
  if (!(await page.isVisible(".top-links"))) closed.push("there are no links on top");
  checks.that("search box and menu open on a phone without a script", closed);

  const low = [];
  const asked = portal.pages.filter((path) => portal.text(path).includes('class="key-facts"'));
  for (const path of asked) {
    // Without a script nothing makes the page wait for its style but the load.
    await page.goto(address(path), { waitUntil: "load" });
    const late = await page.evaluate((height) => {
      const wanted = ["h1", ".fact-when", ".key-facts .fact-venue", ".key-facts .fact-fee", ".enrol .tel"];
      return wanted.filter((one) => (document.querySelector(one)?.getBoundingClientRect().bottom ?? 0) > height);
    }, PHONE.height);
    if (late.length > 0) low.push(`${path}: ${late.join(", ")}`);
  }
  checks.that("title, time, place, fee and phone of a course or an event stand in a phone's first screen", low, `${asked.length} pages`);

  // The footer's number is on every page; an event that is over has none of its own.
  const own = (path) => portal.text(path).match(/<main[^]*<\/main>/)[0];
  const called = asked.filter((path) => own(path).includes('class="tel"'));
  const silent = called.filter((path) => !/<h2 id="sec-enrol">/.test(own(path)));
  if (called.length === 0) silent.push("no page has a number");
  checks.that("a heading of its own leads to the phone number", silent);
  await context.close();
}

/** The first thing that Tab reaches leads past the head of the page, and Enter follows it. */
async function keyboard(checks, browser, address) {
  const faults = [];
  const page = await browser.newPage({ viewport: PHONE });
  await page.goto(address("index.html"));
  await page.keyboard.press("Tab");
  const first = await page.evaluate(() => document.activeElement.getAttribute("href"));
  if (first !== "#main") faults.push(`Tab first reaches ${first}`);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  if (!(await page.evaluate(() => document.querySelector("main").contains(document.activeElement)))) faults.push("the link does not lead past the head");
  await page.close();
  checks.that("the keyboard gets past the head of a page", faults);
}

/** What is measured in the page, in standard and in large print. */
async function measures(checks, browser, address, still) {
  const faults = { wide: [], large: [], gaps: [], forced: [], moving: [], print: [] };
  const context = await browser.newContext({ viewport: PHONE, reducedMotion: "reduce" });
  await onPages(context, still, async (page, path) => {
    const tell = (list, found) => list.push(...found.map((told) => `${path}: ${told}`));
    await page.setViewportSize(PHONE);
    await page.goto(address(path), { waitUntil: "load" });
    tell(faults.gaps, await page.evaluate(gaps));
    for (const mode of ["standard", "large"]) {
      await page.setViewportSize(PHONE);
      await page.evaluate((on) => document.documentElement.classList.toggle("large", on), mode === "large");
      if (mode === "large") tell(faults.large, await page.evaluate(large));
      for (const width of NARROW) {
        await page.setViewportSize({ ...PHONE, width });
        tell(faults.wide, (await page.evaluate(overflow)).map((told) => `${mode}, at ${width} px ${told}`));
      }
    }
    await page.evaluate(() => document.documentElement.classList.remove("large"));
    await page.emulateMedia({ forcedColors: "active" });
    tell(faults.forced, await page.evaluate(forced));
    await page.emulateMedia({ forcedColors: "none", media: "print" });
    tell(faults.print, await page.evaluate(() => {
      const size = parseFloat(getComputedStyle(document.body).fontSize);
      return size < 16 ? [`${size} px`] : [];
    }));
    await page.emulateMedia({ media: "screen" });
    tell(faults.moving, await page.evaluate(() => document.getAnimations().map((one) => `${one.constructor.name} runs`)));
    return [];
  });
  await context.close();
  checks.that("at 320 and 180 px no page scrolls sideways, in standard and in large print", faults.wide, `${still.length} pages`);
  checks.that("large print has text of 24 px, lines of 1.3, and targets of 60 px", faults.large);
  checks.that("no flex box needs gap", faults.gaps);
  checks.that("with forced colours marks and chosen links have an edge", faults.forced);
  checks.that("nothing moves for those who asked for that", faults.moving);
  checks.that("printed text is of 12 pt at least", faults.print);
}

async function axe(checks, browser, address, still) {
  for (const mode of ["standard", "large", "dark"]) {
    const context = await browser.newContext({ viewport: PHONE, reducedMotion: "reduce", colorScheme: mode === "dark" ? "dark" : "light" });
    const faults = await onPages(context, still, async (page, path) => {
      await page.goto(address(path), { waitUntil: "load" });
      if (mode === "large") await page.evaluate(() => document.documentElement.classList.add("large"));
      await page.evaluate(AXE);
      const { violations } = await page.evaluate((rules) => window.axe.run(document, rules), RULES);
      return violations.map(({ id, nodes }) => `${path}: ${id}, ${nodes.length} times, for instance ${nodes[0].html.slice(0, 120)}`);
    });
    await context.close();
    checks.that(`axe finds nothing in ${mode} mode, best practices included`, faults, `${still.length} pages`);
  }
}

/** Nothing moves under the finger: while a page loads on the day of the build, while it is scrolled, and where large print was chosen before;
 * nor while results come late. */
async function shifts(checks, browser, address, still, today) {
  const shift = async (page, path) => {
    await page.goto(address(path), { waitUntil: "load" });
    if (path.includes("?")) await page.waitForSelector('#search[data-state="done"]', { timeout: 20_000 });
    const sum = await page.evaluate(async () => {
      let sum = 0;
      new PerformanceObserver((list) => list.getEntries().forEach((entry) => (sum += entry.value))).observe({ type: "layout-shift", buffered: true });
      for (let y = 0; y < document.documentElement.scrollHeight && y < 12_000; y += 700) {
        window.scrollTo(0, y);
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      }
      await new Promise((done) => setTimeout(done, 100));
      return sum;
    });
    return sum > SHIFT ? [`${path}: ${sum.toFixed(3)}`] : [];
  };
  for (const mode of ["standard", "large"]) {
    const context = await contextOn(browser, today, { viewport: PHONE });
    const page = await context.newPage();
    if (mode === "large") {
      await page.goto(address("index.html"));
      await page.click(".to-large");
    }
    const asked = `search.html?q=${ASKED}`;
    const faults = await onPages(context, [...still, asked], shift);
    const net = await context.newCDPSession(page);
    await net.send("Network.emulateNetworkConditions", { offline: false, latency: LATE, downloadThroughput: -1, uploadThroughput: -1 });
    faults.push(...(await shift(page, asked)));
    await context.close();
    checks.that(`in ${mode} print no page shifts by more than ${SHIFT}`, faults, `${still.length} pages`);
  }
}

await main(import.meta, "access", judge);
