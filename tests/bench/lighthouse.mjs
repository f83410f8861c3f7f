// Asks Lighthouse, as on a phone, about a page of each of twelve families of a built portal. The bar: 99 in all four categories.
//
//   npm install --prefix /tmp/lighthouse lighthouse@13
//   node tests/bench/lighthouse.mjs DIR --lighthouse /tmp/lighthouse [PAGE …]
//
// Figures depend on the machine: run it alone.

import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { launch } from "../browser/lib/browser.mjs";
import { Portal } from "../browser/lib/portal.mjs";
import { freePort, serve } from "../browser/lib/server.mjs";

const BAR = 99;
const FAMILIES = ["index", "search", "courses/index", "courses/<item>", "events/<item>", "documents/<item>", "stars/<item>", "regions/<item>", "venues/<item>", "editions/<item>", "news/<item>", "pages/<item>"];
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];

const [folder, flag, modules, ...named] = process.argv.slice(2);
if (flag !== "--lighthouse" || modules === undefined) throw new Error("usage: lighthouse.mjs DIR --lighthouse FOLDER [PAGE …]");
const { default: lighthouse } = await import(pathToFileURL(createRequire(join(resolve(modules), "package.json")).resolve("lighthouse")).href);

const portal = new Portal(folder);
const largest = (family) => (portal.families.get(family) ?? []).reduce((a, b) => (a !== undefined && portal.page(a).size >= portal.page(b).size ? a : b), undefined);
const paths = named.length > 0 ? named : FAMILIES.map(largest).filter((path) => path !== undefined);
const host = await serve(portal);

let missed = 0;
for (const path of paths) {
  const port = await freePort();
  const browser = await launch([`--remote-debugging-port=${port}`]);
  const query = path === "search.html" ? "?q=%E5%A4%AA%E6%9E%81" : "";
  const { lhr } = await lighthouse(host.url + encodeURI(path) + query, { port, logLevel: "error", onlyCategories: CATEGORIES });
  const scores = CATEGORIES.map((name) => Math.round(lhr.categories[name].score * 100));
  missed += scores.some((score) => score < BAR) ? 1 : 0;
  const times = ["largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift"].map((name) => lhr.audits[name].displayValue);
  console.log(`${scores.map((score) => String(score).padStart(4)).join("")}  ${times.join("  ")}  ${path}`);
  for (const { id, score, scoreDisplayMode } of Object.values(lhr.audits)) {
    if (scoreDisplayMode === "binary" && score === 0) console.log(`        ${id}`);
  }
  await browser.close().catch(() => {});
}
await host.close();
console.log(missed === 0 ? `all at ${BAR} or more` : `${missed} pages below ${BAR}`);
process.exitCode = missed === 0 ? 0 : 1;
