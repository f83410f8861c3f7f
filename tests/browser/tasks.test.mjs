// Thirty things that residents, inspectors and those in charge come for, done on a phone with and without JavaScript, each with its number of
// taps and of screens that are scrolled through.
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
/** Screens that are scrolled through for one thing, on all of its pages together. */
const SCREENS = 3;
/** Presses of a key from one link to the next that is looked for. */
const PRESSES = 40;
/** Taps more where a name is looked up without a script: by menu, site map and initial. */
const MORE = 3;

class Resident {
  constructor(page, root) {
    this.page = page;
    this.root = root;
    this.taps = 0;
    this.screens = 0;
  }

  /** Where the resident is, as a root address. */
  get here() {
    return decodeURI(this.page.url().slice(this.root.length).replace(/[?#].*$/, "")) || "index.html";
  }

  /** Taps the nearest link to a page, after opening the fold or menu that hides it. */
  follow(address, anchor = "") {
    return this.followAny([address], anchor);
  }

  /** Follows the nearest link to any of several pages. */
  async followAny(addresses, anchor = "") {
    const targets = addresses.map((address) => this.root + encodeURI(address) + anchor);
    let found = await this.find(targets);
    // What a script shows may be on its way.
    for (const until = Date.now() + PATIENCE; found === "hidden" && Date.now() < until; found = await this.find(targets)) await this.page.waitForTimeout(50);
    if (found === "hidden" || found === "absent") throw new Error(`${this.here}: the link to ${addresses[0]} of ${addresses.length} is ${found}`);
    await this.tap("[data-tap]");
    if (found === "fold") await this.followAny(addresses, anchor);
  }

  /** Marks the nearest link to one of the addresses that can be seen, or the fold that hides it; says which. */
  find(targets) {
    return this.page.evaluate((targets) => {
      const wanted = new Set(targets);
      const links = [...document.querySelectorAll("a[href]")].filter((link) => wanted.has(link.href));
      const seen = (element) => element.checkVisibility();
      document.querySelectorAll("[data-tap]").forEach((old) => old.removeAttribute("data-tap"));
      // Rather than open a fold, people scroll on for some screens.
      const screens = (element) => Math.max(0, element.getBoundingClientRect().bottom - innerHeight) / innerHeight;
      const ways = links.filter(seen).map((link) => ({ at: link, found: "link", cost: screens(link) }));
      for (const hidden of links.filter((link) => !seen(link))) {
        for (let at = hidden; at; at = at.parentElement) {
          const fold = at.matches("details") ? at : at.previousElementSibling;
          if (!fold || !fold.matches("details:not([open])") || !seen(fold)) continue;
          ways.push({ at: fold.querySelector("summary"), found: "fold", cost: screens(fold) + 2.7 });
          break;
        }
      }
      const [best] = ways.sort((a, b) => a.cost - b.cost);
      best?.at.setAttribute("data-tap", "");
      return best?.found ?? (links.length > 0 ? "hidden" : "absent");
    }, targets);
  }

  async tap(selector) {
    this.taps += 1;
    if (selector.startsWith("[")) await this.scrollTo(selector);
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

  /** Scrolls down until all of an element can be seen, and counts that; what is above has been passed. */
  async scrollTo(selector) {
    this.screens += await this.page.evaluate((selector) => {
      const hidden = Math.max(0, document.querySelector(selector).getBoundingClientRect().bottom - innerHeight);
      if (hidden > 0) scrollBy({ top: hidden, behavior: "instant" });
      return hidden / innerHeight;
    }, selector);
  }

  /** Reads on to the first text like this. */
  async reads(pattern) {
    await this.sees(pattern);
    const found = await this.page.evaluate(([source, flags]) => {
      const pattern = new RegExp(source, flags);
      document.querySelectorAll("[data-read]").forEach((old) => old.removeAttribute("data-read"));
      const all = [...document.querySelectorAll("main *")].filter((element) => element.checkVisibility() && pattern.test(element.innerText));
      const inmost = all.find((element) => !all.some((other) => other !== element && element.contains(other)));
      inmost?.setAttribute("data-read", "");
      return inmost !== undefined;
    }, [pattern.source, pattern.flags]);
    if (!found) throw new Error(`${this.here}: nothing like ${pattern}`);
    await this.scrollTo("[data-read]");
  }

  /** Goes on with the Tab key to a link of an address, and follows it with Enter. */
  async press(address) {
    const target = address.includes(":") ? address : this.root + encodeURI(address);
    for (let presses = 1; presses <= PRESSES; presses += 1) {
      await this.page.keyboard.press("Tab");
      const at = await this.page.evaluate(() => {
        const { activeElement: at } = document;
        // Where the whole line is the target, the ring is around the line.
        const rings = [getComputedStyle(at), getComputedStyle(at, "::after")];
        const ring = rings.some((ring) => ring.outlineStyle !== "none" && parseFloat(ring.outlineWidth) >= 2);
        return { href: at.href, skips: at.matches(".skip"), ring };
      });
      if (!at.ring) throw new Error(`${this.here}: nobody sees where the key has led, after ${presses} presses`);
      if (at.skips) await this.page.keyboard.press("Enter");
      if (at.href !== target) continue;
      this.taps += 1;
      if (target.startsWith("tel:")) return;
      await Promise.all([this.page.waitForURL((url) => url.href.startsWith(target)), this.page.keyboard.press("Enter")]);
      await this.page.waitForLoadState("load");
      return;
    }
    throw new Error(`${this.here}: ${address} is more than ${PRESSES} presses away`);
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
    this.point = pages("regions").find((path) => has(path, "section-places") && has("regions/index.html", `../${path}"`) && has(path, "tel:"));
    this.streets = pages("regions").filter((path) => has(path, "section-places") && below(path).some((file) => file.endsWith("/week.html")));
    this.street = this.streets.at(-1);
    this.bookable = pages("courses").find((path) => has(path, 'id="sec-enrol"') && has(path, "tel:") && !has(path, "badge-bad"));
    this.edition = pages("editions")[0];
    this.event = pages("events").find((path) => has(path, 'id="sec-enrol"'));
    this.courses = pages("courses");
    this.title = portal.page(this.courses[0]).elements.find(({ name }) => name === "h1").text().trim();
    this.closing = this.courses.find((path) => />报名中，[^<]*截止</.test(portal.text(path)));
    this.offCourse = this.courses.find((path) => has(path, 'class="session off'));
    this.ofTeacher = pages("teachers").find((path) => has(path, 'class="row row-courses"'));
    this.course = this.courses.find((path) => has(path, `../${this.ofTeacher}"`));
    this.routed = pages("venues").find((path) => has(path, "fact-route"));
    this.seated = this.courses.find((path) => has(path, `../${this.routed}"`));
    this.stars = pages("stars");
    this.document = pages("documents").find((path) => has(path, 'class="toc"') && has(path, "document-head"));
    this.unit = pages("units").find((path) => portal.files.has(path.replace(/\.html$/, "/worksheet.html")) && has(path, "期限"));
    this.selection = pages("selections").find((path) => has(path, "提意见"));
    this.years = [...portal.files].find((path) => path === "phases/year.html");
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
  ["read in large print, here and on the next page", 3, async (r, w, { script }) => {
    const before = await r.sizeOfText();
    await r.tap("a[href='#large']");
    if (!((await r.sizeOfText()) >= Math.max(24, before))) throw new Error(`text of ${await r.sizeOfText()} px`);
    if (!script) return;
    await r.follow("courses/index.html");
    if (!((await r.sizeOfText()) >= 24)) throw new Error(`${r.here}: text of ${await r.sizeOfText()} px`);
  }],
  ["the telephone of a learning point, by keys alone", 4, async (r, w) => {
    await r.press("regions/index.html");
    await r.press(w.point);
    await r.press(await r.page.evaluate(() => document.querySelector(".places a[href^='tel:']").href));
  }],
  ["what is on tomorrow", 2, async (r) => {
    await r.follow("days/today.html");
    await r.follow("days/tomorrow.html");
    await r.reads(/\d\d:\d\d/);
  }],
  ["the weekend of a street, on paper", 5, async (r, w) => {
    await toStreet(r, w);
    await r.follow(w.street.replace(/\.html$/, "/week.html"));
    await r.follow(w.street.replace(/\.html$/, "/weekend.html"));
    await r.page.emulateMedia({ media: "print" });
    await r.reads(/星期[六日]/);
    const seen = await r.page.$$eval(".menu, .day-links, .search-box, .top-links", (all) => all.filter((one) => one.checkVisibility()).length);
    if (seen > 0) throw new Error(`${r.here}: ${seen} ways to other pages on paper`);
  }],
  ["whether a class is called off, and why", 3, async (r, w, { script }) => {
    await toTitle(r, w, w.offCourse, script);
    await r.reads(/取消/);
  }],
  ["what a course costs somebody over sixty", 4, async (r, w) => {
    await r.follow("courses/index.html");
    await r.followAny(w.facet("elders"));
    await r.followAny(w.courses);
    await r.reads(/免费|\d 元/);
    await r.seesAtOnce(".fact-fee");
  }],
  ["whom to call about what is on today, without an app", 1, async (r) => {
    await r.follow("days/today.html");
    await r.reads(/\d{3,4}-?\d{6,8}/);
  }],
  ["which bus and which street a course is in", 3, async (r, w, { script }) => {
    await toTitle(r, w, w.seated, script);
    await r.follow(w.routed);
    await r.reads(/地址/);
    await r.reads(/怎么去/);
  }],
  ["the last day to enrol", 3, async (r, w, { script }) => {
    await toTitle(r, w, w.closing, script);
    await r.reads(/截止/);
  }],
  ["how to keep a calendar on an old telephone", 3, async (r) => {
    await byMap(r, "calendars/index.html");
    await r.reads(/微信/);
  }],
  ["what else a teacher teaches", 4, async (r, w, { script }) => {
    await toTitle(r, w, w.course, script);
    await r.follow(w.ofTeacher);
    await r.reads(/\d\d:\d\d/);
  }],
  ["the story of somebody who learns", 3, async (r, w) => {
    await r.follow("stars/index.html");
    await r.followAny(w.stars);
    await r.reads(/。/);
  }],
  ["a part of a document, by its table of contents", 5, async (r, w) => {
    await r.follow("documents/index.html");
    await r.follow(w.document);
    const links = await r.page.$$eval(".toc a", (all) => all.map((link) => link.getAttribute("href")));
    const part = links[Math.floor(links.length / 2)];
    await r.follow(w.document, part);
    const top = await r.page.evaluate((id) => document.getElementById(id).getBoundingClientRect().top, decodeURIComponent(part.slice(1)));
    if (!(top >= 0 && top < PHONE.height / 2)) throw new Error(`${r.here}: ${part} stands at ${top}`);
  }],
  ["what a unit has to do, and by when", 5, async (r, w) => {
    await r.follow("units/index.html");
    await r.follow(w.unit);
    await r.follow(w.unit.replace(/\.html$/, "/worksheet.html"));
    await r.reads(/期限/);
    await r.reads(/\d{4}年\d+月/);
  }],
  ["which indicators have no value yet", 4, async (r) => {
    await byMap(r, "overview/index.html");
    await r.reads(/未报/);
    await r.tap("main a[href*='indicators/']");
    await r.reads(/未报/);
  }],
  ["what is due this month", 4, async (r, w) => {
    await byMap(r, w.years);
    await r.follow(w.years, `#month-${Number(w.today.slice(5, 7))}`);
    await r.reads(/最迟/);
  }],
  ["how to object to who is to be chosen", 4, async (r, w) => {
    await byMap(r, "selections/index.html");
    await r.follow(w.selection);
    await r.reads(/提意见/);
    await r.reads(/\d{3,4}-?\d{6,8}/);
  }],
  ["a course whose name is known", 3, async (r, w, { script }) => {
    if (script) {
      await r.tap("summary:has-text('搜索')");
      await r.page.locator("input[name=q]").first().fill(w.title);
      await r.page.keyboard.press("Enter");
      await r.page.locator("#search ol.results a").first().waitFor();
    } else {
      await byMap(r, "az/index.html");
    }
    await r.sees(script ? new RegExp(w.title.slice(0, 4)) : /[A-Z]/);
  }],
];

/** From home to a street: near, its district, itself. */
async function toStreet(r, w) {
  await r.follow("regions/index.html");
  await r.follow(w.street);
}

/** From home to what few come for: menu, site map, and there. */
async function byMap(r, address) {
  await r.follow("index.html", "#sitemap");
  await r.follow(address);
}

/** From home to a course whose name is known: by search, or without a script by the initial of its name. */
async function toTitle(r, w, path, script) {
  const title = w.portal.page(path).elements.find(({ name }) => name === "h1").text().trim();
  if (script) {
    await r.tap("summary:has-text('搜索')");
    await r.page.locator("input[name=q]").first().fill(title);
    await r.page.keyboard.press("Enter");
    await r.page.locator(`#search ol.results a[href$="${path}"]`).first().waitFor();
    return r.follow(path);
  }
  await byMap(r, "az/index.html");
  await r.followAny(w.portal.pages.filter((letter) => letter.startsWith("az/") && w.portal.text(letter).includes(`"../${path}"`)));
  await r.follow(path);
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
        if (resident.screens > SCREENS) faults.push(`${resident.screens.toFixed(1)} screens, ${SCREENS} at most`);
        const taps = script ? most : most + MORE;
        if (resident.taps > taps) faults.push(`${resident.taps} taps, ${taps} at most`);
        checks.that(`${script ? "with" : "without"} JavaScript: ${sentence}`, faults, `${resident.taps} taps, ${resident.screens.toFixed(1)} screens`);
        await context.close();
      }
    }
  } finally {
    await browser.close();
    await host.close();
  }
}

await main(import.meta, "tasks", judge);
