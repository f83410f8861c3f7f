// The text of a portal's pages, read from the built HTML, and the pages that match a query by a plain scan.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** What stands beside Han and is no letter, digit, sign or end of a line or sentence. */
const UNSEEN = /(?<=\p{Script=Han})[^\p{L}\p{N}\n。!?;+#%]+|[^\p{L}\p{N}\n。!?;+#%]+(?=\p{Script=Han})/gu;

/** The same folding for queries and pages: width, case, and what eyes do not see beside Han. */
export const fold = (text) => text.normalize("NFKC").toLowerCase().replace(UNSEEN, "");

export const terms = (query) => query.split(/\s+/).map(fold).filter(Boolean);

const INLINE = /^\/?(?:a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|i|ins|kbd|mark|q|rp|rt|ruby|s|samp|small|span|strong|sub|sup|time|u|var|wbr)$/;
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };

/** The text of HTML written by our program; blocks are separated by a line break, which no query contains. */
function text(html) {
  return html
    .replace(/\s+/g, " ")
    .replace(/<!--.*?-->|<(script|style|template|svg)\b.*?<\/\1>/g, "")
    .replace(/<(\/?[a-zA-Z0-9]+)[^>]*>/g, (_, name) => (INLINE.test(name.toLowerCase()) ? "" : "\n"))
    .replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, number, name) =>
      hex ? String.fromCodePoint(parseInt(hex, 16)) : number ? String.fromCodePoint(Number(number)) : (ENTITIES[name] ?? whole))
    .replace(/ *\n[ \n]*/g, "\n")
    .trim();
}

const between = (html, open, close, from = 0) => {
  const start = html.indexOf(open, from);
  if (start < 0) return undefined;
  const inside = html.indexOf(">", start) + 1;
  const end = html.indexOf(close, inside);
  return end < 0 ? undefined : html.slice(inside, end);
};

/** The container of the body. It contains divs, so its end is found by counting. */
function prose(main) {
  const start = main.indexOf('<div class="prose"');
  if (start < 0) return undefined;
  let depth = 0;
  for (const tag of main.slice(start).matchAll(/<(\/?)div\b[^>]*>/g)) {
    depth += tag[1] === "" ? 1 : -1;
    if (depth === 0) return main.slice(start, start + tag.index);
  }
  return main.slice(start);
}

/** A built page: its title, its text in the corpus (title and body), and all of its `main`, folded. */
export function readPage(folder, path) {
  const html = readFileSync(join(folder, path), "utf8");
  const main = between(html, "<main", "</main>") ?? "";
  const title = text(between(main, "<h1", "</h1>") ?? "");
  const body = text(prose(main) ?? main);
  return { path, title, body, folded: fold(`${title}\n${body}`), foldedTitle: fold(title), main: fold(text(main)) };
}

/** The corpus: every page of news in a built portal, in order of path. */
export function readCorpus(folder) {
  const names = readdirSync(join(folder, "news")).filter((name) => /^n-\d+\.html$/.test(name)).sort();
  return names.map((name) => readPage(folder, `news/${name}`));
}

const holds = (folded, wanted) => wanted.every((term) => folded.includes(term));
export const pageHolds = (page, query) => holds(page.main, terms(query));
export const titleHolds = (page, query) => holds(page.foldedTitle, terms(query));

const WORD = /[\p{L}\p{N}]/u;
const HAN = /\p{Script=Han}/u;
const latin = (character) => character !== undefined && WORD.test(character) && !HAN.test(character);

/** Whether a term occurs without adjacent Latin letters or digits of another word. */
function standsAlone(folded, term) {
  for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + 1)) {
    const before = latin(term[0]) && latin(folded[at - 1]);
    const after = latin(term.at(-1)) && latin(folded[at + term.length]);
    if (!before && !after) return true;
  }
  return false;
}

/** @returns the paths of pages that contain every term, and of those that contain each as a whole word */
export function scan(corpus, query) {
  const wanted = terms(query);
  const found = corpus.filter((page) => holds(page.folded, wanted));
  return {
    pages: new Set(found.map((page) => page.path)),
    words: new Set(found.filter((page) => wanted.every((term) => standsAlone(page.folded, term))).map((page) => page.path)),
    titles: new Set(found.filter((page) => holds(page.foldedTitle, wanted)).map((page) => page.path)),
  };
}
