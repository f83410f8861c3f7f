// Reads Atom feeds, sitemap and robots.txt of a built portal with third-party parsers.
//
//   node feeds.mjs DIR --base URL [--today DAY]    (the day of the build, if it was another than today)

import { parseAtomFeed, parseJsonFeed } from "feedsmith";
import { SaxesParser } from "saxes";

import { namesFile } from "./crawl.mjs";
import { main } from "./lib/checks.mjs";
import { Portal } from "./lib/portal.mjs";

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const W3C_DATE = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?$/;
const TAG_URI = /^tag:[a-z0-9.@-]+,\d{4}(-\d\d(-\d\d)?)?:\S+$/;
/** Pages of a coming day say what the page of today will say. */
const DATED = /(^|\/)days\/\d{4}-/;
const SITEMAP_LIMIT = 50_000;
const SITEMAP_BYTES = 50 << 20;

export async function judge(checks, { portal: folder, base, today }) {
  const latest = today === undefined ? Date.now() : Date.parse(`${today}T23:59:59+14:00`);
  const portal = new Portal(folder);
  const files = [...portal.files].filter((path) => /\.(xml|atom)$/.test(path)).sort();
  const documents = new Map();
  const broken = files.flatMap((path) => {
    try {
      documents.set(path, readXml(portal.text(path)));
      return [];
    } catch (error) {
      return [`${path}: ${error.message}`];
    }
  });
  checks.that("every XML file is well-formed", broken, `${files.length} files`);
  feeds(checks, portal, [...documents].filter(([, { root }]) => root === "feed").map(([path]) => path), base, latest);
  jsonFeeds(checks, portal, base);
  sitemap(checks, portal, documents, base, latest);
  robots(checks, portal, base);
}

/** The root element, and the texts of all elements by name. */
function readXml(text) {
  const document = { root: null, texts: {} };
  const open = [];
  const parser = new SaxesParser({ xmlns: true });
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ local }) => {
    document.root ??= local;
    open.push("");
  });
  parser.on("text", (piece) => {
    if (open.length > 0) open[open.length - 1] += piece;
  });
  parser.on("closetag", ({ local }) => (document.texts[local] ??= []).push(open.pop().trim()));
  parser.write(text).close();
  return document;
}

// ── Feeds ────────────────────────────────────────────────────────────────────────────────────────────────────────────

function feeds(checks, portal, paths, base, latest) {
  const faults = { parse: [], ids: [], dates: [], newest: [], links: [], whole: [], self: [], said: [] };
  const idOf = new Map();
  for (const path of paths) {
    let feed;
    try {
      feed = parseAtomFeed(portal.text(path));
    } catch (error) {
      faults.parse.push(`${path}: ${error.message}`);
      continue;
    }
    readFeed(portal, path, feed, base, latest, idOf, faults);
  }
  const linked = new Set(portal.pages.flatMap((path) => feedLinks(portal, path)));
  faults.said.push(...paths.filter((path) => !linked.has(path)).map((path) => `no page links to ${path}`));

  if (paths.length === 0) faults.parse.push("there is no feed");
  checks.that("an independent reader reads every Atom feed", faults.parse, `${paths.length} feeds`);
  checks.that("ids of feeds and entries are tag: addresses, one for each entry", faults.ids);
  checks.that("feeds and entries are dated after RFC 3339", faults.dates);
  checks.that("a feed is as new as its newest entry, and nothing in it is of a day to come", faults.newest);
  checks.that("links of entries are absolute and lead to a page of the portal", faults.links);
  checks.that("feeds and entries have title, author and link", faults.whole);
  checks.that("every feed names its own address", faults.self);
  checks.that("every feed is announced by a page", faults.said);
}

function feedLinks(portal, path) {
  const root = new URL(path, portal.url);
  return portal
    .page(path)
    .links.filter((link) => link.rel?.includes("alternate"))
    .map((link) => decodeURIComponent(new URL(link.value, root).href.slice(portal.url.length)));
}

function readFeed(portal, path, feed, base, latest, idOf, faults) {
  const entries = feed.entries ?? [];
  const seen = new Set();
  for (const [at, part] of [feed, ...entries].entries()) {
    const told = `${path}: ${at === 0 ? "feed" : `entry ${at}`} ${part.id}`;
    if (!TAG_URI.test(part.id ?? "") || seen.has(part.id)) faults.ids.push(told);
    seen.add(part.id);
    const dates = [part.updated, ...(part.published === undefined ? [] : [part.published])];
    for (const date of dates) {
      if (!RFC_3339.test(date ?? "") || Number.isNaN(Date.parse(date))) faults.dates.push(`${told}: ${date}`);
    }
    if (!part.title) faults.whole.push(`${told}: no title`);
    if (!feed.authors?.length && !part.authors?.length) faults.whole.push(`${told}: no author`);
  }
  const days = entries.map((entry) => entry.updated).filter((date) => RFC_3339.test(date ?? ""));
  const newest = Math.max(...days.map((date) => Date.parse(date)));
  if (days.length > 0 && Date.parse(feed.updated) !== newest) faults.newest.push(`${path}: ${feed.updated}`);
  if (newest > latest) faults.newest.push(`${path}: an entry is of ${new Date(newest).toISOString()}`);
  for (const entry of entries) {
    const links = (entry.links ?? []).filter(({ rel = "alternate" }) => rel === "alternate").map(({ href }) => href);
    if (links.length === 0) faults.whole.push(`${path}: ${entry.id}: no link`);
    for (const href of links) {
      if (!href.startsWith(base) || !namesFile(portal, href, base)) faults.links.push(`${path}: ${href}`);
    }
    const known = idOf.get(entry.id) ?? links[0];
    if (known !== links[0]) faults.ids.push(`${path}: ${entry.id} is of ${known} and ${links[0]}`);
    idOf.set(entry.id, known);
  }
  const self = feed.links?.find(({ rel }) => rel === "self")?.href;
  if (self !== base + encodeURI(path)) faults.self.push(`${path}: ${self}`);
}

/** Every Atom feed has a twin in JSON that says the same of the same entries. */
function jsonFeeds(checks, portal, base) {
  const faults = [];
  const paths = [...portal.files].filter((path) => /^(news|programme|feeds\/.*)\.json$/.test(path)).sort();
  for (const path of paths) {
    try {
      const feed = parseJsonFeed(JSON.parse(portal.text(path)));
      const twin = parseAtomFeed(portal.text(path.replace(/json$/, "xml")));
      const told = (list, url) => JSON.stringify(list.map((entry) => [entry.id, entry.title.value ?? entry.title, url(entry)]));
      const same = told(feed.items ?? [], ({ url }) => url) === told(twin.entries ?? [], ({ links }) => links[0].href);
      if (!same) faults.push(`${path} differs from its twin`);
      if (feed.feed_url !== base + encodeURI(path)) faults.push(`${path}: ${feed.feed_url}`);
      const bare = (feed.items ?? []).filter((item) => !item.content_html && !item.content_text);
      faults.push(...bare.map(({ id }) => `${path}: ${id} without content`));
    } catch (error) {
      faults.push(`${path}: ${error.message}`);
    }
  }
  checks.that("an independent reader reads every JSON Feed, and its Atom twin says the same", faults, `${paths.length} feeds`);
}

// ── Sitemap and robots ───────────────────────────────────────────────────────────────────────────────────────────────

function sitemap(checks, portal, documents, base, latest) {
  const faults = { form: [], dead: [], lacking: [] };
  const named = new Set();
  const read = (path) => {
    const document = documents.get(path);
    if (document === undefined) return faults.form.push(`${path} is missing or broken`);
    const { root, texts } = document;
    const addresses = texts.loc ?? [];
    const dates = (texts.lastmod ?? []).filter((date) => !W3C_DATE.test(date) || Date.parse(date) > latest);
    faults.form.push(...dates.map((date) => `${path}: lastmod ${date}`));
    if (addresses.length > SITEMAP_LIMIT) faults.form.push(`${path}: ${addresses.length} addresses`);
    if (portal.bytes(path).length > SITEMAP_BYTES) faults.form.push(`${path}: over 50 MB`);
    if (root === "sitemapindex") return addresses.forEach((address) => read(address.slice(base.length)));
    if (root !== "urlset") faults.form.push(`${path}: the root element is ${root}`);
    for (const address of addresses) {
      if (named.has(address)) faults.form.push(`${path}: ${address} stands twice`);
      named.add(address);
      if (!address.startsWith(base) || !namesFile(portal, address, base)) faults.dead.push(`${path}: ${address}`);
    }
  };
  read("sitemap.xml");
  for (const path of portal.pages) {
    const own = path === "index.html" ? [base, `${base}index.html`] : [base + encodeURI(path)];
    const canonical = /<link rel="canonical" href="([^"]*)"/.exec(portal.text(path))?.[1];
    const wanted = (canonical === undefined || own.includes(canonical)) && path !== "404.html" && path !== "search.html" && !DATED.test(path) && !portal.isRedirect(path);
    if (wanted !== own.some((address) => named.has(address))) faults.lacking.push(`${path}: ${wanted ? "lacking" : "named"}`);
  }
  checks.that("the sitemap is well made and at most 50,000 addresses a file", faults.form);
  checks.that("every address of the sitemap is a page of the portal", faults.dead, `${named.size} addresses`);
  checks.that("the sitemap names every page but redirects, search.html, 404.html, single coming days and what another page stands for", faults.lacking);
}

function robots(checks, portal, base) {
  const text = portal.files.has("robots.txt") ? portal.text("robots.txt") : "";
  const found = text.split(/\r?\n/).some((line) => line.trim() === `Sitemap: ${base}sitemap.xml`);
  checks.that("robots.txt names the sitemap", found ? [] : ["it does not"]);
}

await main(import.meta, "feeds", judge);
