// Opens the largest page of every family in a real browser, over HTTP and from the folder.
//
//   node pages.test.mjs DIR [--missing DIR2 --missing-base http://127.0.0.1:PORT/portal/]

import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { launch } from "./lib/browser.mjs";
import { main } from "./lib/checks.mjs";
import { contrasts, fonts, media, overflow, targets } from "./lib/measure.mjs";
import { Portal } from "./lib/portal.mjs";
import { serve } from "./lib/server.mjs";

const NARROW = [320, 360];
const PHONE = { width: 360, height: 740 };

export async function judge(checks, options) {
  const portal = new Portal(options.portal);
  const host = await serve(portal, "/some/deep/path/");
  const browser = await launch();
  // Links in 404.html start with the path of the base URL, so only a host with that path can show it.
  const paths = portal.largestOfEachFamily().filter((path) => path !== "404.html");
  const still = paths.filter((path) => !portal.isRedirect(path));
  try {
    await opens(checks, browser, paths, (path) => host.url + encodeURI(path), "over HTTP");
    await opens(checks, browser, paths, (path) => pathToFileURL(join(portal.folder, path)).href, "from the folder");
    if (options.missing !== undefined) await missing(checks, browser, new Portal(options.missing), options["missing-base"]);
    await looks(checks, browser, still, (path) => host.url + encodeURI(path));
    await opensPictures(checks, browser, portal, (path) => host.url + encodeURI(path));
    await followsTheDay(checks, browser, portal, (path) => host.url + encodeURI(path));
    await prints(checks, browser, still.slice(0, 5), (path) => host.url + encodeURI(path));
  } finally {
    await browser.close();
    await host.close();
  }
}

/** A gallery opens over the page, is moved by keys, and returns the focus; without a script its links lead to pictures. */
async function opensPictures(checks, browser, portal, address) {
  const faults = [];
  const path = portal.pages.find((path) => portal.text(path).includes('class="zoom"'));
  if (path !== undefined) {
    const page = await browser.newPage({ viewport: PHONE });
    await page.goto(address(path), { waitUntil: "load" });
    const links = page.locator("a.zoom");
    const count = await links.count();
    await links.first().click();
    const shown = () => page.evaluate(() => document.querySelector("dialog.lightbox[open] img")?.src);
    const first = await shown();
    if (first === undefined) faults.push(`${path}: nothing opens`);
    await page.waitForFunction(() => document.querySelector("dialog.lightbox img")?.naturalWidth > 0, null, { timeout: 5000 }).catch(() => faults.push(`${path}: no picture is shown`));
    await page.keyboard.press("ArrowRight");
    if (count > 1 && (await shown()) === first) faults.push(`${path}: the arrow does not lead on`);
    await page.keyboard.press("Escape");
    if ((await shown()) !== undefined) faults.push(`${path}: Escape does not close`);
    if (!(await page.evaluate(() => document.activeElement?.matches("a.zoom")))) faults.push(`${path}: the focus is lost`);
    const target = new URL(await links.first().evaluate((link) => link.href));
    const answer = await page.request.get(target.href);
    if (!answer.ok() || !(answer.headers()["content-type"] ?? "").startsWith("image/")) faults.push(`${path}: ${target} is no picture`);
    await page.close();
  }
  checks.that("a gallery opens over the page and gives the focus back", faults, path ?? "no gallery");
}

/** The pages of today and of the next days, opened on the day of the build and later, with and without scripts. */
async function followsTheDay(checks, browser, portal, address) {
  const faults = [];
  const [today, week] = ["days/today.html", "days/week.html"];
  const built = portal.pages.includes(today) ? /data-day="([^"]+)"/.exec(portal.text(today))?.[1] : undefined;
  const later = (days) => new Date(Date.parse(`${built}T00:00:00Z`) + days * 864e5).toISOString().slice(0, 10);
  /** Opens a page `days` days after the build, a little after midnight in the portal's zone, which is still the day before in UTC. */
  const open = async (path, days, javaScriptEnabled = true) => {
    const context = await browser.newContext({ viewport: PHONE, javaScriptEnabled });
    await context.addInitScript(`{
      const now = Date.parse("${later(days)}T00:10:00+08:00"), Real = Date;
      window.Date = class extends Real { constructor(...all) { super(...(all.length ? all : [now])); } static now() { return now; } };
      self.shifted = 0;
      new PerformanceObserver((list) => list.getEntries().forEach((entry) => (self.shifted += entry.value))).observe({ type: "layout-shift", buffered: true });
    }`);
    const page = await context.newPage();
    await page.goto(address(path), { waitUntil: "load" });
    await page.waitForTimeout(300);
    return page;
  };
  if (built !== undefined && /data-zone="Asia\/Shanghai"/.test(portal.text(today))) {
    for (const [days, scripts] of [[0, true], [3, false]]) {
      const page = await open(today, days, scripts);
      if (!page.url().endsWith(today)) faults.push(`${today}: leads to ${page.url()} after ${days} days`);
      await page.context().close();
    }
    for (const days of [1, 3, 6]) {
      const page = await open(today, days);
      const own = portal.pages.includes(`days/${later(days)}.html`);
      const wanted = own ? `days/${later(days)}.html` : `${week}#d-${later(days)}`;
      if (!page.url().endsWith(wanted)) faults.push(`${today}: leads to ${page.url()} instead of ${wanted} after ${days} days`);
      await page.context().close();
    }
    for (const days of [3, 9]) {
      const page = await open(week, days);
      const groups = await page.locator(".day-group").evaluateAll((all) => all.filter((group) => group.offsetParent !== null).map((group) => group.dataset.date));
      const past = groups.filter((day) => day < later(days));
      if (days < 7 && past.length > 0) faults.push(`${week}: shows ${past} after ${days} days`);
      if (days >= 7 && groups.length === 0) faults.push(`${week}: shows nothing after ${days} days`);
      const shifted = await page.evaluate(() => self.shifted);
      if (shifted > 0.02) faults.push(`${week}: moves by ${shifted} after ${days} days`);
      if ((await page.locator(".days-note").textContent()) === "") faults.push(`${week}: says nothing after ${days} days`);
      await page.context().close();
    }
  }
  checks.that("pages of days lead on when their day is over", faults, built ?? "no such page");
}

/** Checks what a page does while it opens: errors, requests, policy. */
async function opens(checks, browser, paths, address, how) {
  const faults = { policy: [], requests: [], errors: [], pictures: [], foreign: [] };
  const context = await browser.newContext({ viewport: PHONE });
  await context.addInitScript(() => {
    window.refused = [];
    document.addEventListener("securitypolicyviolation", (event) =>
      window.refused.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`),
    );
  });
  for (const path of paths) {
    const page = await context.newPage();
    const own = new URL(address(path));
    page.on("console", (message) => {
      if (/Content.Security.Policy/i.test(message.text())) faults.policy.push(`${path}: ${message.text()}`);
      else if (message.type() === "error" && message.location().url !== own.href) faults.errors.push(`${path}: ${message.text()} ${message.location().url}`);
    });
    page.on("pageerror", (error) => faults.errors.push(`${path}: ${error.message}`));
    page.on("requestfailed", (request) => {
      const reason = request.failure()?.errorText;
      // A redirect leaves its page while it is still loading.
      if (reason !== "net::ERR_ABORTED") faults.requests.push(`${path}: ${request.url()} ${reason}`);
    });
    page.on("response", (response) => {
      if (response.status() >= 400 && response.url() !== own.href) faults.requests.push(`${path}: ${response.url()} ${response.status()}`);
    });
    page.on("request", (request) => {
      const { protocol, host } = new URL(request.url());
      if (protocol !== own.protocol || host !== own.host) faults.foreign.push(`${path}: ${request.url()}`);
    });
    await page.goto(own.href, { waitUntil: "load" });
    faults.pictures.push(...(await inPage(page, media)).map((told) => `${path}: ${told}`));
    faults.policy.push(...(await inPage(page, () => window.refused)).map((told) => `${path}: ${told}`));
    await page.close();
  }
  await context.close();
  const measured = `${paths.length} pages`;
  checks.that(`${how} no page breaks its content security policy`, faults.policy, measured);
  checks.that(`${how} no request fails`, faults.requests);
  checks.that(`${how} no page asks a foreign origin for anything`, faults.foreign);
  checks.that(`${how} no page has an error in the console`, faults.errors);
  checks.that(`${how} every picture is shown`, faults.pictures);
}

/** Runs a function in a page, or in the page that a redirect led to meanwhile. */
async function inPage(page, question) {
  try {
    return await page.evaluate(question);
  } catch {
    await page.waitForLoadState("load");
    return page.evaluate(question);
  }
}

async function missing(checks, browser, portal, base) {
  const { pathname, port } = new URL(base);
  const host = await serve(portal, pathname, Number(port));
  await opens(checks, browser, ["404.html"], () => `${base}a/b/nothing.html`, "from a 404 answer");
  await host.close();
}

/** Checks a page on a small phone: width, touch targets, type size, contrast. */
async function looks(checks, browser, paths, address) {
  const faults = { wide: [], targets: [], fonts: [], light: [], dark: [] };
  const context = await browser.newContext({ viewport: PHONE, reducedMotion: "reduce" });
  const page = await context.newPage();
  for (const path of paths) {
    await page.goto(address(path), { waitUntil: "load" });
    const tell = (list, found) => list.push(...found.map((told) => `${path}: ${told}`));
    for (const scheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme: scheme });
      tell(faults[scheme], await page.evaluate(contrasts));
    }
    tell(faults.fonts, await page.evaluate(fonts));
    for (const width of NARROW) {
      await page.setViewportSize({ ...PHONE, width });
      tell(faults.wide, (await page.evaluate(overflow)).map((told) => `at ${width} px ${told}`));
    }
    tell(faults.targets, await page.evaluate(targets));
  }
  await context.close();
  const measured = `${paths.length} pages`;
  checks.that("at 320 and 360 px no page scrolls sideways", faults.wide, measured);
  checks.that("every target in a nav is at least 44 px high", faults.targets);
  checks.that("running text is at least 18 px", faults.fonts);
  checks.that("all text has a contrast of 4.5 in light colours (3 if large)", faults.light);
  checks.that("all text has a contrast of 4.5 in dark colours (3 if large)", faults.dark);
}

async function prints(checks, browser, paths, address) {
  const faults = [];
  const page = await browser.newPage();
  for (const path of paths) {
    await page.goto(address(path), { waitUntil: "load" });
    const pdf = await page.pdf({ format: "A4" });
    if (pdf.subarray(0, 5).toString() !== "%PDF-" || pdf.length < 5000) faults.push(`${path}: ${pdf.length} bytes`);
  }
  await page.close();
  checks.that("pages print to PDF", faults, `${paths.length} pages`);
}

await main(import.meta, "pages", judge);
