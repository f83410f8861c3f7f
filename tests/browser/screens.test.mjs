// How many screens of a phone are the home page, lists, programmes, and pages that gather what belongs to a place, a topic, an audience, a unit.
//
//   node screens.test.mjs DIR

import { launch } from "./lib/browser.mjs";
import { main } from "./lib/checks.mjs";
import { Portal } from "./lib/portal.mjs";
import { serve } from "./lib/server.mjs";

const PHONE = { width: 360, height: 740 };
const HOME = 8;
const LIST = 12;
// How many pages of each family are looked at: those with the most bytes. Pages of one family grow with what they list.
const OF_FAMILY = 6;
const GATHERS = /^(regions|topics|audiences|venues|institutions|teachers|teams|brands|units)\/[^/]+\.html$|^units\/[^/]+\/worksheet\.html$/;

export async function judge(checks, options) {
  const portal = new Portal(options.portal);
  const host = await serve(portal, "/");
  const browser = await launch();
  const context = await browser.newContext({ viewport: PHONE, javaScriptEnabled: false });
  const page = await context.newPage();
  // Pictures have their room from the start.
  await page.route(/\.(webp|avif|jpe?g|png|gif|svg)$/, (route) => route.abort());
  const screens = async (path) => {
    await page.goto(host.url + encodeURI(path), { waitUntil: "load" });
    const box = await page.locator("html").boundingBox();
    return box.height / PHONE.height;
  };
  try {
    const home = await screens("index.html");
    checks.that(`the home page is at most ${HOME} screens long on a phone`, home > HOME ? [home.toFixed(1)] : [], `${home.toFixed(1)} screens`);
    const isList = (path) => GATHERS.test(path) || /class="page page-(list|letters|programme)\b/.test(portal.text(path));
    const families = [...portal.families].filter(([family]) => family !== "redirect").map(([, paths]) => paths.filter(isList));
    const size = (path) => portal.page(path).size;
    const lists = families.flatMap((paths) => paths.sort((a, b) => size(b) - size(a)).slice(0, OF_FAMILY));
    const faults = [];
    let longest = ["", 0];
    for (const path of lists) {
      const length = await screens(path);
      if (length > longest[1]) longest = [path, length];
      if (length > LIST) faults.push(`${path}: ${length.toFixed(1)} screens`);
    }
    checks.that(`no list is longer than ${LIST} screens of a phone`, faults, `${lists.length} pages, ${longest[0]} ${longest[1].toFixed(1)} screens`);
  } finally {
    await browser.close();
    await host.close();
  }
}

await main(import.meta, "screens", judge);
