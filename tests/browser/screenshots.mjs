// Takes screenshots of pages for people to look at: 360 and 1280 px wide, light and dark, and a print PDF.
//
//   node screenshots.mjs DIR --out FOLDER [PAGE …]        without pages: the largest of every family

import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { launch } from "./lib/browser.mjs";
import { Portal } from "./lib/portal.mjs";
import { serve } from "./lib/server.mjs";

const WIDTHS = { phone: 360, desk: 1280 };

const [folder, flag, out, ...named] = process.argv.slice(2);
if (flag !== "--out" || out === undefined) throw new Error("usage: screenshots.mjs DIR --out FOLDER [PAGE …]");
const portal = new Portal(folder);
const paths = named.length > 0 ? named : portal.largestOfEachFamily().filter((path) => !portal.isRedirect(path));

mkdirSync(out, { recursive: true });
const host = await serve(portal);
const browser = await launch();
const page = await browser.newPage({ reducedMotion: "reduce" });
for (const path of paths) {
  await page.goto(host.url + encodeURI(path), { waitUntil: "load" });
  const name = join(out, path.slice(0, -".html".length).replaceAll("/", "__"));
  for (const [device, width] of Object.entries(WIDTHS)) {
    await page.setViewportSize({ width, height: 800 });
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${name}.${device}.${colorScheme}.png`, fullPage: true });
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.pdf({ path: `${name}.print.pdf`, format: "A4" });
  console.log(path);
}
await browser.close();
await host.close();
