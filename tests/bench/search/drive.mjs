// Drives a results page in Chromium: each first query in a fresh browser, then a later query in the same page.
//
// The page must provide: `section#search` with `data-state` (idle, loading, done, error) and `data-total`; results as
// `ol.results > li` with `a[href]` and `p.excerpt`. `done` means that everything visible without scrolling is shown.

import { launch } from "../../browser/lib/browser.mjs";
import { PHONE } from "./host.mjs";

const SCREEN = { width: 360, height: 740 };
const PATIENCE = 60_000;
const TEN = 10;

export const open = launch;

/** Records the time of the first result and of the end of the search, in milliseconds since the page load or the query. */
function watch() {
  window.began = 0;
  window.doneAt = undefined;
  const look = () => {
    if (window.firstAt === undefined && document.querySelector("ol.results > li p.excerpt") !== null) window.firstAt = performance.now();
    const state = document.querySelector("#search")?.dataset.state;
    if ((state === "done" || state === "error") && window.doneAt === undefined) window.doneAt = performance.now() - window.began;
    if (state === "loading") window.doneAt = undefined;
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-state"] });
}

const finished = (page) => page.waitForFunction(() => window.doneAt !== undefined && window.waiting !== true, undefined, { timeout: PATIENCE, polling: 20 });

const results = (page) =>
  page.evaluate((root) => {
    const section = document.querySelector("#search");
    // Pages that are of one thing are one row, in which the others are folded.
    const shown = [...document.querySelectorAll("ol.results > li, ol.results-folded > li")].filter((item) => item.querySelector("p.excerpt") !== null && (item.getClientRects().length > 0 || item.closest("details:not([open])") !== null));
    return {
      state: section.dataset.state,
      total: Number(section.dataset.total),
      at: window.doneAt,
      firstAt: window.firstAt,
      listed: window.listed,
      shown: shown.map((item) => ({
        path: decodeURI(new URL(item.querySelector("a[href]").href).href.slice(root.length)).replace(/[?#].*$/, ""),
        title: item.querySelector("a[href]").textContent,
        excerpt: item.querySelector("p.excerpt")?.textContent ?? "",
      })),
    };
  }, new URL(".", page.url()).href);

/** Scrolls until ten results, or all if fewer, have their excerpts. @returns the time on the page's clock */
async function untilTen(page) {
  for (let quiet = 0, last = "", tries = 0; quiet < 8 && tries < 400; tries += 1) {
    const { ready, signature } = await page.evaluate((ten) => {
      const items = [...document.querySelectorAll("ol.results > li")].filter((item) => item.querySelector("p.excerpt") !== null);
      window.scrollTo(0, document.body.scrollHeight);
      const first = items.slice(0, ten);
      const filled = first.filter((item) => (item.querySelector("p.excerpt")?.textContent ?? "") !== "");
      const section = document.querySelector("#search");
      const all = first.length === ten || items.length >= Number(section.dataset.total);
      return { ready: section.dataset.state === "done" && all && filled.length === first.length, signature: `${items.length} ${filled.length} ${section.dataset.state}` };
    }, TEN);
    if (ready) break;
    quiet = signature === last && signature.endsWith("done") ? quiet + 1 : 0;
    last = signature;
    await page.waitForTimeout(25);
  }
  return page.evaluate(() => performance.now() - window.began);
}

/** Scrolls and presses “more” until no more results come. */
async function listAll(page) {
  const idle = () => page.waitForFunction(() => document.querySelector("#search").dataset.state !== "loading", undefined, { timeout: PATIENCE, polling: 20 });
  const more = page.locator("#search button.more").first();
  for (let still = 0, last = -1; still < 3; ) {
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
    if (await more.isVisible()) await more.click();
    await page.waitForTimeout(30);
    await idle();
    const count = await page.locator("ol.results > li").count();
    still = count === last ? still + 1 : 0;
    last = count;
  }
}

/** Types another query into the open page, and waits for its results. */
async function again(page, query) {
  await page.evaluate(() => {
    window.doneAt = undefined;
    window.began = performance.now();
    const section = document.querySelector("#search");
    section.dataset.state = "loading";
  });
  const box = page.locator("main input[type=search], input[type=search], input[name=q]").first();
  await box.fill(query);
  await box.press("Enter");
  await page.waitForTimeout(10);
  await finished(page);
}

/**
 * Runs a query by its URL in a fresh browser, and a later one in the same page if given.
 * @returns what was sent and shown, or the fault
 */
export async function ask(browser, site, { query, later, slow = false, list = false }) {
  const context = await browser.newContext({ viewport: SCREEN });
  try {
    await context.addInitScript(watch);
    const page = await context.newPage();
    const faults = [];
    page.on("pageerror", (error) => faults.push(error.message));
    page.on("crash", () => faults.push("the page crashed"));
    page.on("response", (response) => response.status() >= 400 && faults.push(`${response.url()} ${response.status()}`));
    if (slow) await (await context.newCDPSession(page)).send("Emulation.setCPUThrottlingRate", { rate: 4 });
    site.slow(slow ? PHONE : undefined);
    site.taken();
    await page.goto(`${site.url}search.html?q=${encodeURIComponent(query)}`, { waitUntil: "commit" });
    await finished(page);
    const screen = await results(page);
    const first = site.taken();
    const tenAt = await untilTen(page);
    const scrolled = site.taken();
    let all = await results(page);
    if (list && all.shown.length < all.total) {
      await listAll(page);
      all = await results(page);
    }
    const answer = {
      query,
      screen: { ...first, at: screen.at, firstAt: screen.firstAt, shown: screen.shown.length },
      ten: { bytes: first.bytes + scrolled.bytes, requests: first.requests + scrolled.requests, at: tenAt },
      total: all.total,
      shown: all.shown,
      listed: all.listed,
      faults,
    };
    if (later !== undefined) {
      site.taken();
      await again(page, later);
      const on = site.taken();
      await untilTen(page);
      const rest = site.taken();
      answer.later = { query: later, screen: on, ten: { bytes: on.bytes + rest.bytes, requests: on.requests + rest.requests } };
    }
    return answer;
  } finally {
    site.slow(undefined);
    await context.close();
  }
}
