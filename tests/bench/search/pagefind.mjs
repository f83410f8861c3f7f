// Pagefind as its users run it: the built pages of the corpus, its command, and a results page over its JavaScript API that
// shows ten results with title and excerpt. The page has the same structure as ours, so that one driver reads both.

import { linkSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

const PAGE = `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>搜索</title><link rel="stylesheet" href="style.css"><script type="module" src="peer.js"></script></head>
<body><main><h1>搜索</h1><form role="search"><input type="search" name="q"></form>
<section id="search" data-state="idle" data-total="0"><ol class="results"></ol></section></main></body></html>
`;

const SCRIPT = `const section = document.querySelector("#search");
const list = section.querySelector("ol");
const form = document.querySelector("form");
let pagefind;
async function search(query) {
  section.dataset.state = "loading";
  pagefind ??= await import("./pagefind/pagefind.js");
  const { results } = await pagefind.search(query);
  const shown = await Promise.all(results.slice(0, 10).map((result) => result.data()));
  list.replaceChildren(...shown.map(({ url, excerpt, meta }) => {
    const item = document.createElement("li");
    const link = Object.assign(document.createElement("a"), { href: url.replace(/^\\//, ""), textContent: meta.title });
    item.append(link, Object.assign(document.createElement("p"), { className: "excerpt", innerHTML: excerpt }));
    return item;
  }));
  section.dataset.total = results.length;
  window.listed = results.map(({ id }) => id);
  section.dataset.state = "done";
}
form.addEventListener("submit", (event) => (event.preventDefault(), search(form.q.value)));
const query = new URLSearchParams(location.search).get("q");
if (query !== null) search(query);
`;

/** Copies the pages that Pagefind indexes, and writes its results page. */
export function prepare(site, folder) {
  mkdirSync(join(folder, "news"), { recursive: true });
  for (const name of readdirSync(join(site, "news"))) if (/^n-\d+\.html$/.test(name)) linkSync(join(site, "news", name), join(folder, "news", name));
  const style = readdirSync(join(site, "theme")).find((name) => /^main\..*css$/.test(name));
  writeFileSync(join(folder, "style.css"), readFileSync(join(site, "theme", style)));
  writeFileSync(join(folder, "search.html"), PAGE);
  writeFileSync(join(folder, "peer.js"), SCRIPT);
}

/** Pagefind's page ids and their pages. */
export function pagesOfIds(folder) {
  const fragments = join(folder, "pagefind/fragment");
  return new Map(readdirSync(fragments).map((name) => {
    const text = gunzipSync(readFileSync(join(fragments, name))).toString("utf8");
    return [name.replace(/\.pf_fragment$/, ""), JSON.parse(text.slice(text.indexOf("{"))).url.replace(/^\//, "")];
  }));
}

if (process.argv[1] === new URL(import.meta.url).pathname) prepare(...process.argv.slice(2));
