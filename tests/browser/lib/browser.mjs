// Launches Chromium.

import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const PLACES = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** `more` are further arguments of Chromium. */
export function launch(more = []) {
  const executablePath = PLACES.find((path) => path !== undefined && existsSync(path));
  if (executablePath === undefined) throw new Error("no Chromium found; tests/run installs it, CHROMIUM=PATH names it");
  return chromium.launch({
    executablePath,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      ...more,
    ],
  });
}

/** A context in which it is ten in the morning of a day. */
export async function contextOn(browser, day, options) {
  const context = await browser.newContext(options);
  await context.addInitScript(`{
    const now = Date.parse("${day}T10:00:00+08:00"), Real = Date;
    window.Date = class extends Real { constructor(...all) { super(...(all.length ? all : [now])); } static now() { return now; } };
  }`);
  return context;
}

/** Does the same on each of many pages, two at a time; what it found comes sorted. */
export async function onPages(context, paths, work) {
  const found = [];
  const rest = paths.values();
  const through = async () => {
    const page = await context.newPage();
    for (const path of rest) found.push(...(await work(page, path)));
    await page.close();
  };
  await Promise.all([through(), through()]);
  return found.sort();
}
