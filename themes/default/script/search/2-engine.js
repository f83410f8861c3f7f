/* Answers a query: the pages that may hold it, in the order in which they are shown, and what each of them shows. */

/* Characters of a query that are looked at. */
const LONGEST = 100;
/* Keys that are fetched at a time. */
const ROUND = 3;
/* With so many candidates no further keys are fetched. */
const FEW = 10;

/* ── Candidates ────────────────────────────────────────────────────────────────────────────────────────────────────────
   `ids` of the pages that may hold all terms, in order; `exact` if they surely do; `places` of the query on each; `held`, the passages
   of each term as far as they are known; `left`, rounds of keys that were not fetched; `missing`, the lists of a round in which a key
   is on no page. */

async function query(text) {
  const found = await candidates(parse(text));
  return found.missing && await learnFor(text) ? candidates(parse(text)) : found;
}

/* The terms of a query, folded; a piece without a key is none. */
function parse(text, hard = /[\n ]/) {
  return [...new Set(fold(text, hard).folded.split(' '))].filter((term) => cover(term).keys.length);
}

/* A character that is on no page may fold to one that is: only then the tables for queries are fetched. Says whether the terms changed. */
async function learnFor(text) {
  const before = parse(text).join(' ');
  const units = unitsOf(text).filter((unit) => unit > 127);
  (await Promise.all(units.map((unit) => load('z' + unit % head.tables)))).forEach(learn);
  return parse(text).join(' ') !== before;
}

async function candidates(terms) {
  const covers = terms.map(cover);
  const rounds = inRounds(covers.map((c) => c.keys.concat(c.across)));
  const held = [];
  const name = nameOf(terms);
  let found = null;
  while (rounds.length && !(found && found.size <= FEW)) {
    const missing = await take(held, rounds.shift());
    if (missing) return { terms, ids: [], exact: true, missing, left: [] };
    found = pagesOf(held);
    // A title that has the name of the query is the query.
    held.names.forEach(([passage, other]) => { const id = passages[passage]; if (other === name && found.get(id) > 1) found.set(id, 3); });
  }
  return { terms, ids: ordered(found || []), places: found, held, exact: !rounds.length && covers.every((c) => c.whole), left: rounds.concat(inRounds(covers.map((c) => c.spare))) };
}

/* Fetches the lists of a round into `held`; returns them if a key is on no page. */
async function take(held, round) {
  const lists = await Promise.all(round.map((turn) => postings(turn.key)));
  if (lists.some((list) => !list)) return lists;
  held.names = held.names || lists[0].names;
  round.forEach(({ term }, n) => { held[term] = held[term] ? intersection(held[term], lists[n]) : lists[n]; });
  return null;
}

/* The keys of all terms in the order in which they are fetched, a round at a time: the first of each term first, those of frequent
   units last, because these are on many pages (`turns` in src/search/directory.rs). */
function inRounds(keys) {
  const turns = [];
  keys.forEach((some, term) => some.forEach((key, at) => turns.push({ term, key, at, late: frequent.has(homeOf(key).group) })));
  turns.sort((a, b) => a.late - b.late || a.at - b.at || a.term - b.term);
  const rounds = [];
  for (let at = 0; at < turns.length; at += ROUND) rounds.push(turns.slice(at, at + ROUND));
  return rounds;
}

/* The pages that may hold all terms. A page's place is the best of its passages for one term, and the least of these for all; `best` is the
   greatest of these. */
function pagesOf(held) {
  let found = null;
  const best = new Map();
  held.filter(Boolean).forEach((some) => {
    const pages = new Map();
    some.forEach((place, passage) => {
      const id = passages[passage];
      pages.set(id, Math.max(place, pages.get(id) || 0));
      best.set(id, Math.max(place, best.get(id) || 0));
    });
    found = found ? intersection(found, pages) : pages;
  });
  return found && Object.assign(found, { best });
}

/* What is in both, each with the lesser place. */
function intersection(one, other) {
  const found = new Map();
  one.forEach((place, id) => { if (other.has(id)) found.set(id, Math.min(place, other.get(id))); });
  return found;
}

/* By weight, then by best place, then by number. One float says all, because a typed array is sorted fastest; no weight comes to a million. */
function ordered(found) {
  const ranks = Float64Array.from(found, ([id]) => (4e6 - standing(found, id)) * head.pages + id).sort();
  return Array.from(ranks, (rank) => rank % head.pages);
}

function standing(found, id) {
  return weigh(found.get(id), id) * 4 + Math.max(found.get(id), found.best.get(id));
}

function weigh(place, id) {
  return head.weights[place] + (id < head.upcoming[0] ? head.upcoming[1] : 0);
}

/* Fetches one more round for a search of which pages turned out not to hold the query; candidates from `next` on are filtered. */
async function narrow(search) {
  search.missing = await take(search.held, search.left.shift());
  const pages = search.missing ? new Map() : pagesOf(search.held);
  const fits = (id, at) => at < search.next || pages.has(id);
  search.ids = search.ids.filter(fits);
  search.all = search.all.filter((id) => pages.has(id));
}

/* ── Results ───────────────────────────────────────────────────────────────────────────────────────────────────────────── */

async function record(id) {
  const bundle = await load('r' + Math.floor(id / head.records));
  const [title, address, kind, day = '', summary = '', place, facts, times = [], marks = [], thing] = bundle[id % head.records];
  return { id, title, address, kind: head.kinds[kind], day, summary, place, facts, times, marks, thing };
}

/* The record of a page with the excerpt to show, and how `close` the terms stand; null if the page does not hold all terms. The passages
   that may hold most of them are read first, and none if title and summary hold them: then an excerpt is read only if `titled`, for a
   term of the title that the text may hold as well. */
async function verify({ terms, held }, id, titled) {
  const found = await record(id);
  const title = fold(found.title).folded;
  const rest = terms.filter((term) => !title.includes(term));
  const summary = fold(found.summary).folded;
  const known = rest.every((term) => summary.includes(term));
  if (known) found.close = rest.length + 1;
  if (known && (!titled || terms.some((term) => summary.includes(term)))) return found;
  const wanted = rest.length ? rest : terms;
  const could = (passage) => wanted.filter((term) => { const some = held[terms.indexOf(term)]; return !some || some.has(passage); });
  const order = [...Array(firsts[id + 1] - firsts[id]).keys()].map((n) => firsts[id] + n);
  let left = wanted;
  let best = [];
  for (const passage of order.sort((a, b) => could(b).length - could(a).length || a - b)) {
    if (!could(passage).some((term) => left.includes(term))) continue;
    const words = await wordsOf(found, passage);
    const folded = fold(words);
    const here = wanted.filter((term) => folded.folded.includes(term));
    left = left.filter((term) => !here.includes(term));
    if (here.length > best.length) {
      best = here;
      Object.assign(found, excerpt(words, folded, here));
    }
    if (!left.length) return found;
  }
  return known ? found : null;
}

/* Characters of an excerpt before the first hit, and in all. */
const BEFORE = 24;
const LENGTH = 90;

/* The stretch of a text with the most different terms, within its line, which better is a sentence than a label; `close` is their number,
   then that of all hits. */
function excerpt(words, folded, terms) {
  const all = hits(folded.folded, terms);
  let best = all[0];
  let most = 0;
  let told = false;
  all.forEach((hit, n) => {
    const near = new Set();
    for (let m = n; m < all.length && all[m].end <= hit.at + LENGTH - BEFORE; m += 1) near.add(all[m].term);
    if (near.size < most || (near.size === most && told)) return;
    const from = folded.at[hit.at];
    const over = words.indexOf('\n', from);
    const sentence = (over < 0 ? words.length : over) - words.lastIndexOf('\n', from) > BEFORE;
    if (near.size > most || sentence) { most = near.size; best = hit; told = sentence; }
  });
  const start = Math.max(best.at - BEFORE, 0);
  const from = Math.max(folded.at[start], words.lastIndexOf('\n', folded.at[best.at]) + 1);
  const to = folded.at[Math.min(Math.max(start + LENGTH, best.end + BEFORE), folded.folded.length)];
  return { close: most + all.length / 1e4, excerpt: (from > 0 ? '…' : '') + words.slice(from, to).replace(/\n/g, ' · ') + (to < words.length ? '…' : '') };
}

/* Where terms stand in a folded text, in order; of those that begin together the longest first. */
function hits(folded, terms) {
  const all = [];
  terms.forEach((term) => {
    for (let at = folded.indexOf(term); at >= 0 && all.length < 2000; at = folded.indexOf(term, at + term.length)) {
      all.push({ at, end: at + term.length, term });
    }
  });
  return all.sort((a, b) => a.at - b.at || b.end - a.end);
}

/* ── The words of pages ────────────────────────────────────────────────────────────────────────────────────────────────
   They are read from the page itself, which the reader may open next; those of long pages from files of texts. From a disk nothing can
   be fetched: there the page is opened in a frame, whose own copy of this script sends it. */

const onDisk = location.protocol === 'file:';

async function wordsOf(found, passage) {
  if (head.texts && texts.has(passage)) {
    const at = texts.get(passage);
    return (await load('t' + Math.floor(at / head.texts)))[at % head.texts];
  }
  return once(pages, found.address, async () => {
    const [address, anchor] = found.address.split('#');
    const html = await (onDisk ? secondScript().then((more) => more.framed(encodeURI(address))) : fetched(encodeURI(address)));
    return textOf(part(new DOMParser().parseFromString(policy.createHTML(html), 'text/html'), anchor));
  });
}

async function fetched(address) {
  const answer = await fetch(root + address);
  if (!answer.ok) throw new Error(address);
  return answer.text();
}

/* The part of a page that is a result: an entry that has no page of its own is a card in a list. */
function part(page, anchor) {
  return anchor ? page.getElementById(anchor) : page.querySelector('main');
}

/* The text of an element, a line for every block in it. What is inside a line and what is no text of the page, the head says. */
function textOf(element) {
  let text = '';
  (function walk(parent) {
    for (let node = parent.firstChild; node; node = node.nextSibling) {
      if (node.nodeType === 3) text += node.data.replace(/\s+/g, ' ');
      else if (node.nodeType === 1 && !node.matches(head.outside)) {
        const end = node.matches(head.inline) ? '' : '\n';
        text += end;
        walk(node);
        text += end;
      }
    }
  })(element);
  return text.replace(/\s*\n\s*/g, '\n').trim();
}
