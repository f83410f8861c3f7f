// Fifteen things that residents come for, done on a phone with and without JavaScript, each with its number of taps.
//
//   node tasks.test.mjs DIR --today DAY
//
// A resident begins at home and knows what the links say, not where they lead: each step follows a link, or opens a fold, that can be seen.
// What is looked for is taken from the portal, so that no entry is named here.

import { contextOn, launch } from "./lib/browser.mjs";
import { main } from "./lib/checks.mjs";
import { Portal } from "./lib/portal.mjs";
import { serve } from "./lib/server.mjs";

/** Milliseconds in which a page answers, also on a busy machine. */
const PATIENCE = 5000;
const PHONE = { width: 360, height: 740 };

class Resident {
  constructor(page, root) {
    this.page = page;
    this.root = root;
    this.taps = 0;
  }

  /** Where the resident is, as a root address. */
  get here() {
    return decodeURI(this.page.url().slice(this.root.length).replace(/[?#].*$/, "")) || "index.html";
  }

  /** Taps the first link to a page, after opening the fold or menu that hides it. */
  async follow(address, anchor = "") {
    const target = this.root + encodeURI(address) + anchor;
    let found = await this.find(target);
    // What a script shows may be on its way.
    for (const until = Date.now() + PATIENCE; found === "hidden" && Date.now() < until; found = await this.find(target)) await this.page.waitForTimeout(50);
    if (found === "hidden" || found === "absent") throw new Error(`${this.here}: the link to ${address} is ${found}`);
    await this.tap("[data-tap]");
    if (found === "fold") await this.follow(address, anchor);
  }

  /** Marks the first link to an address that can be seen, or the fold that hides it; says which. */
  find(target) {
    return this.page.evaluate((target) => {
      const links = [...document.querySelectorAll("a[href]")].filter((link) => link.href === target);
      const seen = (element) => element.checkVisibility();
      const link = links.find(seen);
      document.querySelectorAll("[data-tap]").forEach((old) => old.removeAttribute("data-tap"));
      if (link) return link.setAttribute("data-tap", ""), "link";
      for (const hidden of links) {
        for (let at = hidden; at; at = at.parentElement) {
          const fold = at.matches("details") ? at : at.previousElementSibling;
          if (!fold || !fold.matches("details:not([open])") || !seen(fold)) continue;
          return fold.querySelector("summary").setAttribute("data-tap", ""), "fold";
        }
      }
      return links.length > 0 ? "hidden" : "absent";
    }, target);
  }

  /** Follows one of several links, the first that there is. */
  async followAny(addresses) {
    for (const address of addresses) {
      const target = this.root + encodeURI(address);
      if (await this.page.evaluate((target) => [...document.links].some((link) => link.href === target), target)) return this.follow(address);
    }
    throw new Error(`${this.here}: no link to any of ${addresses.length} pages`);
  }

  async tap(selector) {
    this.taps += 1;
    const before = this.page.url();
    await this.page.locator(selector).first().click();
    await this.page.waitForTimeout(50);
    if (this.page.url() !== before) await this.page.waitForLoadState("load");
  }

  /** What can be read on the page, folds that are shut left aside; at once, or as soon as a script has answered. */
  async sees(...patterns) {
    let missed = patterns;
    for (const until = Date.now() + PATIENCE; missed.length > 0 && Date.now() < until; await this.page.waitForTimeout(50)) {
      const text = await this.page.evaluate(() => document.querySelector("main")?.innerText ?? "").catch(() => "");
      missed = patterns.filter((pattern) => !pattern.test(text));
    }
    if (missed.length > 0) throw new Error(`${this.here}: nothing like ${missed.join(", ")}`);
  }

  /** Whether something stands in the first screen without scrolling. */
  async seesAtOnce(selector) {
    const bottom = await this.page.evaluate((selector) => document.querySelector(selector)?.getBoundingClientRect().bottom, selector);
    if (!(bottom <= PHONE.height)) throw new Error(`${this.here}: ${selector} ends at ${bottom}`);
  }

  async sizeOfText() {
    return this.page.evaluate(() => parseFloat(getComputedStyle(document.querySelector("main p, main li, main dd")).fontSize));
  }
}

/** What the tasks look for in a portal. */
class Wanted {
  constructor(portal, today) {
    this.portal = portal;
    this.today = today;
    const pages = (folder) => portal.pages.filter((path) => new RegExp(`^${folder}/[^/]+\\.html$`).test(path) && !/\/(index|page-\d+)\.html$/.test(path));
    const has = (path, text) => portal.text(path).includes(text);
    const below = (path) => [...portal.files].filter((file) => file.startsWith(path.replace(/\.html$/, "/")));
    this.streets = pages("regions").filter((path) => has(path, "section-places") && below(path).some((file) => file.endsWith("/week.html")));
    this.street = this.streets.at(-1);
    this.bookable = pages("courses").find((path) => has(path, 'id="sec-enrol"') && has(path, "tel:") && !has(path, "badge-bad"));
    this.edition = pages("editions")[0];
    this.event = pages("events").find((path) => has(path, 'id="sec-enrol"'));
    this.courses = pages("courses");
    this.title = portal.page(this.courses[0]).elements.find(({ name }) => name === "h1").text().trim();
    this.facets = [...portal.files].filter((path) => path.startsWith("courses/by/") && path.endsWith(".html"));
  }

  /** Pages of the programme, by one of its ways. */
  programme(way) {
    const folder = this.edition.replace(/\.html$/, `/${way}/`);
    return [...this.portal.files].filter((path) => path.startsWith(folder) && path.endsWith(".html") && !path.endsWith("index.html"));
  }

  /** Pages of the catalogue with these values, in whatever order. */
  facet(...values) {
    const found = this.facets.filter((path) => values.every((value) => path.replace(".html", "/").includes(`/${value}/`)));
    return found.sort((a, b) => a.length - b.length);
  }

  /** The date of the day, as pages write it. */
  get day() {
    const [year, month, day] = this.today.split("-").map(Number);
    return new RegExp(`${year}年${month}月${day}日`);
  }
}

/** The tasks: a sentence, the most taps it may take, and how it is done. A task that a portal has nothing for is left out. */
const TASKS = [
  ["what is on today", 1, async (r, w) => {
    await r.follow("days/today.html");
    await r.sees(w.day, /今天/);
  }],
  ["what is on at the weekend", 2, async (r) => {
    await r.follow("days/today.html");
    await r.follow("days/weekend.html");
    await r.sees(/周末/, /星期[六日]/);
  }],
  ["what is on in my street this week", 5, async (r, w) => {
    await toStreet(r, w);
    await r.follow(w.street.replace(/\.html$/, "/week.html"));
    await r.sees(/\d\d:\d\d/);
  }],
  ["the nearest learning point: its telephone, its hours, and what is above it", 4, async (r, w) => {
    await toStreet(r, w);
    await r.sees(/学习点/, /开放时间/, /\d\d:\d\d/, /电话/);
  }],
  ["enrol by telephone, without looking for a course", 1, async (r) => {
    await r.sees(/报名/, /电话/);
    if (!(await r.page.locator("main a[href^='tel:']").count())) throw new Error("no telephone on the home page");
  }],
  ["enrol in a course by telephone", 3, async (r, w) => {
    await r.followAny(["courses/index.html"]);
    await r.followAny([...w.facet("bookable"), w.bookable]);
    await r.followAny(w.courses);
    await r.sees(/电话报名/, /元|免费/);
    await r.seesAtOnce("main a[href^='tel:']");
  }],
  ["a free course for the old", 4, async (r, w, { script }) => {
    await r.follow("courses/index.html");
    await r.followAny(w.facet("audience", "elders"));
    // With a script both are chosen on one page; without, the rows say what is free.
    if (script) await r.followAny(w.facet("free"));
    await r.sees(/免费/, /老年人/);
  }],
  ["a course on the use of a telephone", 3, async (r, w) => {
    await r.follow("courses/index.html");
    await r.followAny(w.facet("digital"));
    await r.sees(/数字技能/, /手机|短视频|电脑/);
  }],
  ["a course on Saturdays", 4, async (r, w) => {
    await r.follow("courses/index.html");
    await r.followAny(w.facet("sat"));
    await r.sees(/星期六/);
  }],
  ["the programme of one day of the learning week", 3, async (r, w) => {
    await r.follow(w.edition);
    await r.followAny(w.programme("day"));
    await r.sees(/\d\d:\d\d/, /星期/);
  }],
  ["the programme of one place of the learning week", 4, async (r, w) => {
    await r.follow(w.edition);
    await r.followAny(w.programme("region"));
    await r.sees(/\d\d:\d\d/);
  }],
  ["what was moved or cancelled, and why", 2, async (r, w) => {
    await r.follow(w.edition);
    await r.sees(/取消|改期/);
  }],
  ["put a course into a calendar", 4, async (r, w) => {
    await r.follow("courses/index.html");
    await r.followAny(w.courses);
    await r.sees(/日历/, /\d\d:\d\d/);
    if (!(await r.page.locator("main a[href$='.ics']").count())) throw new Error(`${r.here}: no calendar`);
  }],
  ["read in large print, here and on the next page", 2, async (r, w, { script }) => {
    const before = await r.sizeOfText();
    await r.tap("a[href='#large']");
    if (!((await r.sizeOfText()) >= Math.max(24, before))) throw new Error(`text of ${await r.sizeOfText()} px`);
    if (!script) return;
    await r.follow("courses/index.html");
    if (!((await r.sizeOfText()) >= 24)) throw new Error(`${r.here}: text of ${await r.sizeOfText()} px`);
  }],
  ["a course whose name is known", 3, async (r, w, { script }) => {
    if (script) {
      await r.tap("summary:has-text('搜索')");
      await r.page.locator("input[name=q]").first().fill(w.title);
      await r.page.keyboard.press("Enter");
      await r.page.locator("#search ol.results a").first().waitFor();
    } else {
      await r.follow("az/index.html");
    }
    await r.sees(script ? new RegExp(w.title.slice(0, 4)) : /[A-Z]/);
  }],
];

/** From home to a street: near, its district, itself. */
async function toStreet(r, w) {
  await r.follow("regions/index.html");
  await r.follow(w.street);
}

export async function judge(checks, options) {
  const portal = new Portal(options.portal);
  const wanted = new Wanted(portal, options.today);
  const host = await serve(portal, "/portal/");
  const browser = await launch();
  try {
    for (const script of [true, false]) {
      for (const [sentence, most, steps] of TASKS) {
        // It is the day of the build.
        const context = await contextOn(browser, options.today, { viewport: PHONE, javaScriptEnabled: script, hasTouch: true, isMobile: true });
        const page = await context.newPage();
        page.setDefaultTimeout(PATIENCE);
        const resident = new Resident(page, host.url);
        const faults = [];
        try {
          await page.goto(`${host.url}index.html`, { waitUntil: "load" });
          await steps(resident, wanted, { script });
        } catch (error) {
          faults.push(error.message.split("\n")[0]);
        }
        if (resident.taps > most) faults.push(`${resident.taps} taps, ${most} at most`);
        checks.that(`${script ? "with" : "without"} JavaScript: ${sentence}`, faults, `${resident.taps} taps`);
        await context.close();
      }
    }
  } finally {
    await browser.close();
    await host.close();
  }
}

await main(import.meta, "tasks", judge);
