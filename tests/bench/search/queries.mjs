// Draws queries of a dozen kinds from a corpus with a seed, as residents and vandals would type them.

import { chance } from "./language.mjs";
import { fold } from "./truth.mjs";

const RUNS = /\p{Script=Han}{2,}/gu;
const segmenter = new Intl.Segmenter("zh-CN", { granularity: "word" });

/** Draws a query of one kind: a string, or undefined if the drawn page has none. */
const KINDS = {
  "title 2": (draw) => piece(draw, draw.page().title, 2),
  "title 3": (draw) => piece(draw, draw.page().title, 3),
  "title 4": (draw) => piece(draw, draw.page().title, 4),
  word: (draw) => draw.word(2, 4),
  phrase: (draw) => piece(draw, draw.page().body, 4 + draw.luck.below(6)),
  mixed: (draw) => draw.match(/[a-z][a-z0-9.-]*\p{Script=Han}{1,3}|\d[\d.]*%?\p{Script=Han}{1,3}|\p{Script=Han}{1,3}[a-z][a-z0-9]*|\p{Script=Han}{2}\d+%?/giu),
  "two terms": (draw) => {
    const page = draw.page();
    const [one, other] = [draw.word(2, 3, page), draw.word(2, 3, page)];
    return one === undefined || other === undefined || one === other ? undefined : `${one} ${other}`;
  },
  character: (draw) => piece(draw, draw.page().body, 1),
  number: (draw) => draw.match(/(?<![\p{L}\p{N}.])\d[\d.:-]*\d%?(?![\p{L}\p{N}])|\d+(?:\.\d+)?%|(?<![\d.])\d{1,4}(?=年|月|个|期)/gu),
  latin: (draw) => draw.match(/[a-z][a-z0-9-]{1,}/gi),
  "nonsense, new bigram": (draw) => nonsense(draw, () => Array.from({ length: 2 + draw.luck.below(3) }, () => draw.character()).join(""), (text) => !draw.bigrams.has(text.slice(0, 2))),
  "nonsense, all bigrams occur": (draw) => nonsense(draw, () => draw.chain(draw.bigrams, 3 + draw.luck.below(3)), () => true),
  "nonsense, all bigrams on one page": (draw) => {
    const page = draw.page();
    return nonsense(draw, () => draw.chain(bigramsOf([page]), 3 + draw.luck.below(2)), (text) => !page.folded.includes(text));
  },
};

export const NONSENSE = /^nonsense/;
export const TITLE = /^title/;

function piece(draw, text, length) {
  const runs = [...text.matchAll(/\p{Script=Han}+/gu)].map(([run]) => run).filter((run) => run.length >= length);
  if (runs.length === 0) return undefined;
  const run = draw.luck.one(runs);
  const at = draw.luck.below(run.length - length + 1);
  return run.slice(at, at + length);
}

function nonsense(draw, make, fits) {
  const text = make();
  return text !== undefined && fits(text) && !draw.corpus.some((page) => page.folded.includes(fold(text))) ? text : undefined;
}

/** Bigrams by their first character. */
function bigramsOf(pages) {
  const all = new Set();
  for (const page of pages) for (const [run] of page.folded.matchAll(RUNS)) for (let at = 0; at + 1 < run.length; at += 1) all.add(run.slice(at, at + 2));
  return all;
}

function deck(corpus, seed) {
  const luck = chance(seed);
  const bigrams = bigramsOf(corpus.length > 4000 ? corpus.filter((_, at) => at % Math.ceil(corpus.length / 4000) === 0) : corpus);
  const following = new Map();
  const characters = [...new Set([...bigrams].map((pair) => pair[0]))];
  return {
    luck,
    corpus,
    bigrams,
    page: () => luck.one(corpus),
    character: () => luck.one(characters),
    match(pattern) {
      const found = [...this.page().body.matchAll(pattern)];
      return found.length === 0 ? undefined : luck.one(found)[0];
    },
    word(least, most, page = this.page()) {
      const runs = [...page.body.matchAll(RUNS)];
      if (runs.length === 0) return undefined;
      const words = [...segmenter.segment(luck.one(runs)[0])].map(({ segment }) => segment).filter((word) => word.length >= least && word.length <= most);
      return words.length === 0 ? undefined : luck.one(words);
    },
    /** A string whose adjacent characters are all pairs of the corpus. */
    chain(pairs, length) {
      if (!following.has(pairs)) {
        if (following.size > 1) following.clear();
        const next = new Map();
        for (const [first, second] of pairs) next.set(first, [...(next.get(first) ?? []), second]);
        following.set(pairs, next);
      }
      const next = following.get(pairs);
      let text = luck.one([...next.keys()]);
      while (text.length < length) {
        const after = next.get(text.at(-1));
        if (after === undefined) return undefined;
        text += luck.one(after);
      }
      return text;
    },
  };
}

/** @returns {{ kind: string, query: string }[]} about `count` queries, of all kinds in turn */
export function draw(corpus, count, seed) {
  const cards = deck(corpus, seed);
  const drawn = new Map();
  const each = Math.max(1, Math.round(count / Object.keys(KINDS).length));
  for (const [kind, make] of Object.entries(KINDS)) {
    const found = new Set();
    for (let tries = 0; tries < each * 60 && found.size < each; tries += 1) {
      const query = make(cards);
      if (query !== undefined && query !== "") found.add(query);
    }
    drawn.set(kind, [...found]);
  }
  return Array.from({ length: each }, (_, at) => [...drawn].flatMap(([kind, queries]) => (queries[at] === undefined ? [] : [{ kind, query: queries[at] }]))).flat();
}
