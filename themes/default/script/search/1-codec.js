/* The index, as src/search/ writes it: its files, folded text, keys, packed numbers, the directory and the lists of passages.
   The parts of this script share their names; the program puts them into one function that runs when the page has been parsed.
   Written for old phones (Chrome 64, Safari 12): no modules, no newer syntax, no markup made of text. */

/* The search box of every page leads to the results at the portal's root; without it there is nothing to do. */
const box = document.querySelector('form[role=search]');
if (!box) return;
const root = box.getAttribute('action').replace(/search\.html$/, '');

/* ── Files ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
   Each is a script that calls `shuyuan(name, generation, data)`. One that does not call, or is of another generation, counts as
   missing, and its name is thrown. The head is fetched first; its name has the number of the format (src/search/mod.rs). */

const HEAD = 'head7';
const received = {};
const receivedEarly = window.shuyuan && window.shuyuan.head;
window.shuyuan = (...sent) => { received[sent[0]] = sent; };
if (receivedEarly) window.shuyuan(...receivedEarly);

/* From `begin` on: what the head says; promises of files by name, and of the words of pages by address. */
let head, files, pages;

/* The page of results asks for the head itself, before this script runs. */
const headElement = document.querySelector('#search-head');
const headOfPage = headElement && receive(HEAD, '', headElement);
if (headOfPage) headOfPage.catch(() => {});

/* Fetches the head, unless it is there; `anew` asks past the cache, and takes over what is of a newer generation. */
async function begin(anew) {
  if (head && !anew) return;
  const found = await ((!anew && headOfPage) || receive(HEAD, 'head.js' + (anew ? '?' + Date.now() : '')));
  if (head && head.generation === found.generation) return;
  head = found;
  files = {};
  pages = {};
  foldedCharacters = new Map();
  rules = found.rules.map(([list, to]) => [RegExp(list), to]);
  learn(found.fold);
  readDirectory();
}

/* A file of the index by its name: `k7` for chunk 7. */
function load(name) {
  return once(files, name, () => receive(name, head.generation + '/' + name + '.js'));
}

/* What was asked for is not asked for again, unless it failed. */
function once(known, name, ask) {
  if (!known[name]) {
    known[name] = ask();
    known[name].catch(() => { delete known[name]; });
  }
  return known[name];
}

async function receive(name, path, element) {
  await runScript(root + 'search/' + path, element);
  const [, generation, data] = received[name] || [];
  delete received[name];
  if (!generation || (name !== HEAD && generation !== head.generation)) throw name;
  return data;
}

/* What a policy of trusted types wants to be told: scripts are the portal's own, and its pages are parsed, not run. */
const trusted = {
  createScriptURL(address) {
    const home = new URL(root || '.', location.href).href;
    if (!new URL(address, location.href).href.startsWith(home)) throw new Error(address);
    return address;
  },
  createHTML: (html) => html,
};
let policy = trusted;
try {
  if (window.trustedTypes) policy = window.trustedTypes.createPolicy('shuyuan', trusted);
} catch (_) { /* The page allows no such policy: nothing can be fetched, which is said. */ }

/* Settles when a script has run or failed: one that is added here, with `data`, or one that the page has, which may be over already. */
function runScript(source, existing, data) {
  return new Promise((settle) => {
    const element = existing || document.createElement('script');
    element.onload = element.onerror = () => { element.remove(); settle(); };
    if (!existing) {
      element.src = policy.createScriptURL(source);
      Object.assign(element.dataset, data);
      document.head.append(element);
    } else if (received[HEAD] || document.readyState === 'complete') settle();
    else addEventListener('load', settle);
  });
}

/* ── Folding (src/search/fold.rs) ──────────────────────────────────────────────────────────────────────────────────────
   Character by character: what is no part of a word by rules of the index, all else by its tables, or lower case. What was folded once is
   kept. Then what stands between two words is dropped, or one sign of it stays. */

let foldedCharacters, rules;

/* A table: a line for each character, the character and then what it becomes. */
function learn(lines) {
  lines.split('\n').forEach((line) => {
    const from = [...line][0];
    if (from) foldedCharacters.set(from, line.slice(from.length));
  });
}

/* The folded text, and for each of its units where it comes from in the text, and where that ends; one start more for the end. What is
   `hard` always parts words. */
function fold(text, hard = /\n/) {
  const at = [];
  const ends = [];
  let folded = '';
  let gap = '';
  let from = 0;
  for (const c of text) {
    if (!foldedCharacters.has(c)) foldedCharacters.set(c, rules.reduce((folded, [list, to]) => folded.replace(list, to), c.toLowerCase()));
    const to = from + c.length;
    for (const unit of foldedCharacters.get(c)) {
      const last = folded.slice(-3);
      // A sign belongs to the word before it: C++, C#, 50%.
      if (/[0-9a-z\x80-\uffff]/.test(unit) || (!gap && /[!-~][+#%]$/.test(last + unit))) {
        folded += (gap && folded && (hard.test(gap) ? ' ' : between(last, gap, unit + text.slice(to, to + 2)))) + unit;
        gap = '';
      } else gap += unit;
    }
    while (at.length < folded.length) { at.push(from); ends.push(to); }
    from = to;
  }
  at.push(from);
  return { folded, at, ends };
}

/* What stays of a gap: nothing beside Han, inside a telephone number, at dashes but those between digits, and at spaces between letters and
   digits. */
function between(last, gap, next) {
  const sign = gap.includes(' ') ? ' ' : gap[0];
  const digits = /\d$/.test(last) + /^\d/.test(next);
  return /[\u2e80-\uffff]$/.test(last) || next > '\u2e7f' || /\d{3}[ ,-]{1,3}\d[\d０-９]{2}/.test(last + gap + next) || /-[01]| 1/.test(sign + digits) ? '' : sign;
}

/* ── Keys (src/search/key.rs) ──────────────────────────────────────────────────────────────────────────────────────────
   A key is one unit of a word, two, or three of ASCII. Folded units that are part of no word are ASCII. */

const isKey = (piece) => /^([0-9a-z\x80-\uffff]{1,2}|(?=.*[0-9a-z])[!-~]{2,3})$/.test(piece);

/* The keys of a term: `keys` cover it side by side, `across` are further pairs, `spare` further pieces of ASCII; `whole` if one key is
   the term. */
function cover(term) {
  const piece = (from, to) => (from >= 0 && to <= term.length && isKey(term.slice(from, to)) ? term.slice(from, to) : '');
  const keys = [];
  const across = [];
  const spare = [];
  for (let at = 0; at < term.length;) {
    const next = piece(at, at + 3) || piece(at, at + 2) || piece(at, at + 1);
    at += next.length || 1;
    if (next) keys.push(piece(at - 3, at) || piece(at - 2, at) || next);
  }
  for (let at = 0; at < term.length; at += 1) {
    const key = piece(at, at + 3) || piece(at, at + 2);
    const more = /[^!-~]/.test(key) ? across : spare;
    if (key && !keys.includes(key) && !more.includes(key)) more.push(key);
  }
  return { keys, across, spare, whole: keys[0] === term };
}

/* The name of a title with these terms: 12 bits. */
function nameOf(terms) {
  return unitsOf(terms.join(' ')).reduce((hash, unit) => Math.imul(hash ^ unit, 0x9e3779b1), 0) >>> 20;
}

const unitsOf = (text) => text.split('').map((c) => c.charCodeAt(0));

/* ── Packed numbers (src/search/bits.rs) ─────────────────────────────────────────────────────────────────────────────── */

function reader(base64) {
  const bytes = Uint8Array.from(unitsOf(atob(base64)));
  let at = 0;

  /* The next 25 bits and more, the first of them highest. Behind the end there are zeros. */
  const ahead = () => {
    const n = at >> 3;
    return ((bytes[n] << 24) | (bytes[n + 1] << 16) | (bytes[n + 2] << 8) | bytes[n + 3]) << (at & 7);
  };
  /* A number of up to 25 bits, also of none. */
  const bits = (n) => { const value = ahead() >>> 1 >>> (31 - n); at += n; return value; };
  const gamma = () => { const n = Math.min(Math.clz32(ahead()), 24); at += n; return bits(n + 1) - 1; };

  function rice(parameter) {
    let high = 0;
    let ones = Math.clz32(~ahead());
    for (; ones > 24; ones = Math.clz32(~ahead())) { high += 24; at += 24; }
    at += ones + 1;
    return ((high + ones) << parameter) + bits(parameter);
  }

  function gaps(count, parameter) {
    const list = [];
    for (let next = 0; list.length < count; next += 1) list.push(next += rice(parameter));
    return list;
  }

  function even(count, of) {
    const gap = Math.floor(of * 69 / (Math.max(count, 1) * 100));
    return gaps(count, gap && 31 - Math.clz32(gap));
  }

  /* So many numbers below `of`, ascending. If they are more than half, the others are written. */
  function members(wanted, of) {
    const count = Math.min(wanted, of);
    if (count * 2 <= of) return even(count, of);
    const lacking = even(of - count, of);
    const all = [];
    for (let n = 0, l = 0; n < of; n += 1) {
      if (lacking[l] === n) l += 1; else all.push(n);
    }
    return all;
  }

  const list = (of) => members(gamma(), of);
  const uneven = () => { const count = gamma(); return gaps(count, count && bits(4)); };

  /* The list of a key (`places` in src/search/postings.rs): numbers below `of`; which of them hold it in the title, which in a heading;
     [number, name] of the titles whose names are stored at this key. */
  function placed(of) {
    const all = members(gamma() + 1, of);
    if (!bits(1)) return [all, [], [], []];
    const titles = list(all.length);
    const headings = list(all.length);
    const named = list(titles.length);
    return [all, titles, headings, named.map((n) => [titles[n], bits(12)])];
  }

  return { bits, gamma, list, uneven, placed };
}

/* ── The directory (src/search/directory.rs) ───────────────────────────────────────────────────────────────────────────── */

/* Frequent units; the first group of every entry, and how many chunks it is divided into. */
let frequent, groups, parts;
/* The page of every passage; the first passage of every page, and one more for the end; the passages whose texts are in files of their
   own, each with its place there. */
let passages, firsts, texts;

function readDirectory() {
  const directory = reader(head.directory);
  frequent = new Set(directory.uneven());
  groups = directory.uneven();
  parts = groups.map(() => directory.gamma() + 1);
  const several = reader(head.long);
  const counts = new Map(several.uneven().map((page) => [page, several.gamma() + 2]));
  passages = [];
  firsts = [0];
  texts = new Map();
  for (let page = 0; page < head.pages; page += 1) {
    const count = counts.get(page) || 1;
    for (let n = 0; n < count; n += 1) {
      if (count > 1) texts.set(passages.length, texts.size);
      passages.push(page);
    }
    firsts.push(passages.length);
  }
}

/* Han come first, then the units below them, then those above. */
const rankOf = (unit) => (unit < 0xa000 ? (unit + 0x5200) % 0xa000 : unit);

/* Where a key is: its group, and what it is in the group; the first group of the chunk that holds it, and the chunk; `there` is false
   if no chunk can hold it. */
function homeOf(key) {
  const [a, b = 0, c = 0] = unitsOf(key);
  const two = a < 128 && b && b < 128;
  const turned = !two && b && frequent.has(a) && !frequent.has(b);
  const group = two ? 0x10000 + ((a << 7) | b) : turned ? b : a;
  const other = two ? c : turned ? a : b;
  const rest = other && rankOf(other) + (turned ? 0x20000 : 1);
  let entry = -1;
  let before = 0;
  while (groups[entry + 1] <= group) before += parts[entry++] || 0;
  const all = parts[entry];
  return { group, rest, from: groups[entry], there: all < 2 || groups[entry] === group, chunk: before + ((Math.imul(rest, 0x9e3779b1) >>> 16) * all >>> 16) };
}

/* ── Lists of passages (src/search/chunk.rs) ───────────────────────────────────────────────────────────────────────────── */

/* The passages of a key: number → 2 in the title, 1 in a heading, 0 elsewhere; its `names` are [passage, name] of the titles whose first
   key it is. Null if no page has the key. */
async function postings(key) {
  const { group, rest, from, there, chunk } = homeOf(key);
  if (!there) return null;
  const packed = reader(await load('k' + chunk));
  let next = from;
  for (let left = packed.gamma(); left > 0; left -= 1) {
    next += packed.gamma();
    const alone = packed.bits(1) ? packed.placed(passages.length) : null;
    const own = alone && packed.bits(1) ? alone[0] : null;
    const rests = [];
    [1, 0x20000].forEach((start) => packed.uneven().forEach((n) => rests.push(start + n)));
    if (next === group && !rest) return alone && places(alone);
    for (const one of rests) {
      const list = packed.placed(own ? own.length : passages.length);
      if (next === group && one === rest) return places(list, own);
    }
    next += 1;
  }
  return null;
}

/* What `placed` read; where the numbers are places in the list of the group's unit, that list is `own`. */
function places([all, titles, headings, names], own) {
  const numbers = own ? all.map((n) => own[n]) : all;
  const found = new Map(numbers.map((n) => [n, 0]));
  headings.forEach((n) => found.set(numbers[n], 1));
  titles.forEach((n) => found.set(numbers[n], 2));
  found.names = names.map(([n, name]) => [numbers[n], name]);
  return found;
}
