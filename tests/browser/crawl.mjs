// Checks every address in a built portal: in a folder, under a sub-path, and from a 404 response at depth 3.
//
//   node crawl.mjs DIR --base URL [--missing DIR2 --missing-base http://127.0.0.1:PORT/portal/]
//
// DIR2 is the same portal built with the second address as its base.

import { main } from "./lib/checks.mjs";
import { readPage, readStyle } from "./lib/html.mjs";
import { Portal } from "./lib/portal.mjs";
import { serve } from "./lib/server.mjs";

const PAGE_LIMIT = 200_000;
const CSP = { "default-src": "'self'", "object-src": "'none'", "base-uri": "'none'", "form-action": "'self'" };
const OUTSIDE = /^(https?|tel|mailto|webcal):/i;
const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
const UNFINISHED = /\bnull\b|\bundefined\b|\bNaN\b|\[object |\{\{|\}\}|\{%|%\}/;

export async function judge(checks, options) {
  const portal = new Portal(options.portal);
  folder(checks, portal, options.base);
  await subPath(checks, portal);
  if (options.missing !== undefined) await missing(checks, new Portal(options.missing), options["missing-base"]);
  pages(checks, portal);
}

// ── In a folder ──────────────────────────────────────────────────────────────────────────────────────────────────────

function folder(checks, portal, base) {
  const faults = { dead: [], fragment: [], leaves: [], foreign: [], scheme: [], absolute: [], said: [] };
  const reached = new Set(["index.html"]);
  const queue = ["index.html"];
  let links = 0;

  const inFolder = (from) => (link) => {
    links += 1;
    const told = `${from}: ${link.where} ${link.value}`;
    if (link.value.startsWith("//") || SCHEME.test(link.value)) return outside(link, told, base, portal, faults);
    const target = resolve(link.value, from, portal.url);
    if (target === null) return faults.leaves.push(told);
    if (!portal.files.has(target.path)) return faults.dead.push(told);
    if (!hasFragment(portal, target)) faults.fragment.push(told);
    if (link.walks && target.path.endsWith(".html") && !reached.has(target.path)) {
      reached.add(target.path);
      queue.push(target.path);
    }
  };
  const read = new Set(["404.html"]);
  const follow = (path) => {
    if (read.has(path)) return;
    read.add(path);
    portal.links(path).forEach(inFolder(path));
  };
  if (!portal.files.has("index.html")) faults.dead.push("index.html is missing");
  else while (queue.length > 0) follow(queue.shift());
  const fromHome = new Set(reached);
  [...portal.files].forEach(follow);

  const orphans = portal.pages.filter((path) => path !== "404.html" && !fromHome.has(path) && !portal.isRedirect(path));
  checks.that("in a folder every internal address leads to a file of exactly that name", faults.dead, `${links} addresses`);
  checks.that("every fragment is an id in its target", faults.fragment);
  checks.that("no address leaves the portal's root", faults.leaves);
  checks.that("nothing is loaded from a foreign origin", faults.foreign);
  checks.that("addresses are relative, or outside ones with http, https, tel, mailto or webcal", faults.scheme);
  checks.that("no link between pages names the base address", faults.absolute);
  faults.said.push(...portal.pages.flatMap((path) => saidOf(portal, path, base)));
  checks.that("canonical, og:url and the like name files of the portal", faults.said);
  checks.that("every page is reached from the home page by links, or is a redirect", orphans, `${portal.pages.length} pages`);
}

/** Checks an address with a scheme, or `//host`. */
function outside(link, told, base, portal, faults) {
  if (link.loads) return faults.foreign.push(told);
  if (!OUTSIDE.test(link.value)) return faults.scheme.push(told);
  if (base === undefined || !link.value.startsWith(base)) return;
  if (link.rel === undefined) return faults.absolute.push(told);
  if (!namesFile(portal, link.value, base)) faults.said.push(told);
}

/** Addresses in metadata such as og:url and og:image that do not name a file. */
function saidOf(portal, path, base) {
  const said = portal.page(path).metas.filter(({ content }) => base !== undefined && content.startsWith(base));
  return said.filter(({ content }) => !namesFile(portal, content, base)).map(({ written, content }) => `${path}: ${written} ${content}`);
}

/** Whether an absolute URL under the base names a file. Only the root may stand for its index.html. */
export function namesFile(portal, address, base) {
  const [path] = address.slice(base.length).split("#");
  return portal.files.has(path === "" ? "index.html" : decode(path));
}

/** The path and fragment of `value`, resolved against the page at `from`; null if it leaves `root`. */
function resolve(value, from, root) {
  const url = new URL(value, root + from.split("/").map(encodeURIComponent).join("/"));
  const path = url.href.split(/[?#]/)[0];
  if (!path.startsWith(root)) return null;
  return { path: decode(path.slice(root.length)), fragment: decode(url.hash.slice(1)) };
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function hasFragment(portal, { path, fragment }) {
  if (fragment === "" || fragment === "top") return true;
  return path.endsWith(".html") && portal.page(path).ids.includes(fragment);
}

// ── Over HTTP ────────────────────────────────────────────────────────────────────────────────────────────────────────

async function subPath(checks, portal) {
  const host = await serve(portal, "/some/deep/path/");
  const redirects = portal.pages.filter((path) => portal.isRedirect(path)).map((path) => host.url + encodeURI(path));
  const { dead, leaves, asked } = await walk([`${host.url}index.html`, ...redirects], host.url);
  await host.close();
  checks.that("under a sub-path every internal address is answered", dead, `${asked} answers`);
  checks.that("under a sub-path no address leaves it", leaves);
}

async function missing(checks, portal, base) {
  const { port, pathname, origin } = new URL(base);
  const host = await serve(portal, pathname, Number(port));
  const asked = `${base}a/b/nothing.html`;
  const response = await fetch(asked);
  const page = readPage(await response.text());
  const inside = page.links.filter((link) => !link.value.startsWith("#") && new URL(link.value, asked).origin === origin);
  const faults = [];
  if (response.status !== 404) faults.push(`${asked} is answered with ${response.status}`);
  if (!inside.some((link) => link.rel?.includes("stylesheet"))) faults.push("404.html has no stylesheet");
  if (!inside.some((link) => link.walks)) faults.push("404.html has no link into the portal");
  for (const link of inside) {
    const url = new URL(link.value, asked);
    const answer = await fetch(url);
    await answer.arrayBuffer();
    if (!answer.ok) faults.push(`${link.where} ${link.value} is answered with ${answer.status}`);
    if (!url.pathname.startsWith(pathname)) faults.push(`${link.where} ${link.value} leaves ${pathname}`);
  }
  await host.close();
  checks.that("from a 404 answer at depth 3 every address is answered", faults, `${inside.length} addresses`);
}

/** Requests every address below `root` that links lead to from `starts`. */
async function walk(starts, root) {
  const dead = [];
  const leaves = [];
  const known = new Set(starts);
  const queue = starts.map((url) => ({ url, from: "start" }));
  while (queue.length > 0) {
    const { url, from } = queue.shift();
    const response = await fetch(url);
    const text = await response.text();
    if (!response.ok) {
      dead.push(`${from} → ${url.slice(root.length)}: ${response.status}`);
      continue;
    }
    const type = response.headers.get("content-type");
    const links = type.startsWith("text/html") ? readPage(text).links : type.startsWith("text/css") ? readStyle(text) : [];
    for (const link of links) {
      const target = new URL(link.value, url);
      target.hash = "";
      if (target.origin !== new URL(root).origin || known.has(target.href)) continue;
      known.add(target.href);
      if (target.href.startsWith(root)) queue.push({ url: target.href, from: url.slice(root.length) });
      else leaves.push(`${url.slice(root.length)}: ${link.where} ${link.value}`);
    }
  }
  return { dead, leaves, asked: known.size };
}

// ── Each page ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Rules for every page: sentence → the faults of one page. */
const RULES = {
  "no page is over 200 KB": (page) => (page.size > PAGE_LIMIT ? [`${page.size} bytes`] : []),
  "no id stands twice in a page": ({ ids }) => ids.filter((id, at) => ids.indexOf(id) !== at),
  "every page has the content security policy": policy,
  "no page has an inline script, style or event handler": inline,
  "no unfinished text such as null or {{ is to be seen": unfinished,
  "every page has a doctype, a language, a title and one h1": skeleton,
  "every picture has a description, a width and a height": pictures,
  "every link has a name that can be read aloud": names,
  "government page metadata is complete and dated as prescribed": government,
};

function pages(checks, portal) {
  for (const [sentence, rule] of Object.entries(RULES)) {
    const faults = portal.pages.flatMap((path) => rule(portal.page(path)).map((fault) => `${path}: ${fault}`));
    checks.that(sentence, faults);
  }
}

function policy({ elements }) {
  const at = elements.findIndex(({ attributes }) => attributes["http-equiv"]?.toLowerCase() === "content-security-policy");
  if (at < 0) return ["none"];
  const before = elements.slice(0, at).filter(({ name }) => ["link", "script", "style", "img"].includes(name));
  const entries = elements[at].attributes.content.split(";").map((part) => part.trim().split(/\s+/));
  const said = Object.fromEntries(entries.map(([name, ...values]) => [name, values.join(" ")]));
  const wrong = Object.entries(CSP).filter(([name, value]) => said[name] !== value);
  const loose = Object.entries(said).filter(([, value]) => /unsafe-|\*/.test(value));
  return [
    ...before.map(({ name }) => `<${name}> stands before the policy`),
    ...[...wrong, ...loose].map(([name]) => `${name} is ${said[name] ?? "missing"}`),
  ];
}

function inline({ elements }) {
  return elements.flatMap(({ name, attributes }) => [
    ...(name === "script" && attributes.src === undefined && attributes.type !== "application/ld+json" ? ["<script> without src"] : []),
    ...(name === "style" ? ["<style>"] : []),
    ...Object.keys(attributes).filter((key) => key === "style" || /^on/.test(key)).map((key) => `<${name} ${key}>`),
    ...Object.entries(attributes).filter(([, value]) => /^\s*javascript:/i.test(value)).map(([key]) => `<${name} ${key}> javascript:`),
  ]);
}

function unfinished({ texts, metas, elements }) {
  const spoken = elements.flatMap(({ attributes: { alt, title, "aria-label": label } }) => [alt, title, label]);
  const all = [...texts, ...metas.map(({ content }) => content), ...spoken.filter((text) => text !== undefined)];
  const empty = metas.filter(({ content }) => content.trim() === "").map(({ written }) => `<meta ${written}> is empty`);
  return [...all.filter((text) => UNFINISHED.test(text)).map((text) => text.trim().slice(0, 60)), ...empty];
}

function skeleton(page) {
  const heads = page.elements.filter(({ name }) => name === "h1").length;
  return [
    ...(page.doctype ? [] : ["no doctype"]),
    ...(page.language === "" ? ["no language"] : []),
    ...(page.title === "" ? ["no title"] : []),
    ...(heads === 1 || page.refresh !== null ? [] : [`${heads} h1`]),
  ];
}

function pictures({ elements }) {
  const lacking = ({ attributes }) => ["alt", "width", "height"].filter((key) => attributes[key] === undefined);
  return elements
    .filter(({ name, ...rest }) => name === "img" && lacking(rest).length > 0)
    .map((element) => `${element.attributes.src}: no ${lacking(element).join(", ")}`);
}

function names({ elements }) {
  const silent = elements.filter(({ name, attributes, text }) => {
    if (name !== "a" || attributes.href === undefined) return false;
    return text().trim() === "" && !attributes["aria-label"] && !attributes["aria-labelledby"];
  });
  return silent.filter((link) => !holdsNamedPicture(link, elements)).map(({ attributes }) => attributes.href);
}

/** Whether the first element in the link, apart from `<picture>` and its sources, is an image with a description. */
function holdsNamedPicture(link, elements) {
  const next = elements.slice(elements.indexOf(link) + 1).find(({ name }) => name !== "picture" && name !== "source");
  return next?.name === "img" && next.attributes.alt !== "";
}

/** 政府网站发展指引 requires metadata: an article names its column, a column its site; dates are YYYY-MM-DD HH:MM. */
function government({ path, metas }) {
  const said = new Map(metas.map(({ written, content }) => [written, content]));
  const needs = (name, others) => (said.has(name) ? others.filter((other) => !said.has(other)).map((other) => `${name} without ${other}`) : []);
  const date = said.get("PubDate");
  return [
    ...(path === "index.html" && !said.has("SiteName") ? ["no SiteName"] : []),
    ...needs("ColumnName", ["SiteName", "ColumnDescription", "ColumnKeywords", "ColumnType"]),
    ...needs("ArticleTitle", ["SiteName", "ColumnName"]),
    ...needs("PubDate", ["ArticleTitle"]),
    ...(date === undefined || /^\d{4}-\d\d-\d\d \d\d:\d\d$/.test(date) ? [] : [`PubDate ${date}`]),
  ];
}

await main(import.meta, "crawl", judge);
