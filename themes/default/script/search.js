/* Search over static files: reads the index that the program made (src/search/), shows what holds the query and nothing else.
   A classic script for old phones (Chrome 64, Safari 12): no modules, no toolchain, no markup made of text. */
(function begins() {
  'use strict';
  // On the page of results this script does not wait for the rest.
  if (document.readyState === 'loading') { document.addEventListener('DOMContentLoaded', begins); return; }
  const box = document.querySelector('form[role=search]');
  if (!box) return;
  const input = box.elements.q;
  const onDisk = location.protocol === 'file:';
  const root = box.getAttribute('action').replace(/search\.html$/, '');
  const page = document.getElementById('search');

  /* Files: every one is a script that calls `shuyuan(name, generation, data)`; one that is cut or stale counts as missing. */
  let head = null;
  let files = {};
  let pages = {};
  const inbox = {};
  const before = window.shuyuan && window.shuyuan.head;
  window.shuyuan = (...sent) => { inbox[sent[0]] = sent; };
  if (before) window.shuyuan(...before);
  /* What is no letter, digit or Han. */
  const OTHER = /[^0-9a-z\xc0-\u1fff\u2070-\u2fff\u3005-\u3007\u3021-\u302f\u3031-\ufe0f\ufe70-\ufeff\ufff0-\uffff]/g;
  /* For the second script, and for programs that ask as the page does. */
  const core = window.shuyuan.core = { OTHER, root, begin, load, reader, make, page, say, address, start, broken, query, record, result, pagesOf, head: () => head };

  /* Runs a script, or waits for one that the page asks for; over when it has run or failed, which may be before this script is there. */
  function run(source, there) {
    return new Promise((over) => {
      const element = there || document.createElement('script');
      element.onload = element.onerror = () => { element.remove(); over(); };
      if (!there) {
        element.src = source;
        document.head.append(element);
      } else if (inbox.head3 || document.readyState === 'complete') over();
      else window.addEventListener('load', over);
    });
  }

  async function script(name, path, there) {
    await run(root + 'search/' + path, there);
    const [, generation, data] = inbox[name] || [];
    delete inbox[name];
    if (!generation || (name !== 'head3' && generation !== head.generation)) throw new Error(name);
    return data;
  }

  /* What is on its way or there is asked for once; what failed may be asked for again. */
  function keep(known, name, ask) {
    if (!known[name]) {
      known[name] = ask();
      known[name].catch(() => { delete known[name]; });
    }
    return known[name];
  }

  function load(name) {
    return keep(files, name, () => script(name, head.generation + '/' + name + '.js'));
  }

  /* The page of results asks for the head itself; its name has the number of the format (src/search/mod.rs). */
  const asking = document.getElementById('search-head');
  const early = asking && script('head3', '', asking);
  if (early) early.catch(() => {});

  async function begin(anew) {
    if (head && !anew) return;
    const found = await ((!anew && early) || script('head3', 'head.js' + (anew ? '?' + Date.now() : '')));
    if (head && head.generation === found.generation) return;
    head = found;
    files = {};
    pages = {};
    table = new Map();
    learn(found.fold);
    unpack();
  }

  /* Folding, character by character: width, case and spaces by arithmetic, all else by the tables of the index. */
  let table = new Map();

  function learn(tokens) {
    tokens.split('\n').forEach((token) => {
      const from = [...token][0];
      if (from) table.set(from, token.slice(from.length));
    });
  }

  function foldOne(c) {
    let code = c.codePointAt(0);
    if (code > 0xff00 && code < 0xff5f) code -= 0xfee0;
    if (/[\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]/.test(c)) return '';
    if (/[\s\x85]/.test(c)) return ' ';
    return code < 128 ? String.fromCharCode(code).toLowerCase() : c;
  }

  /* The folded text, and for each of its units where it stands in the text. */
  function fold(text) {
    const units = [];
    const at = [];
    let from = 0;
    for (const c of text) {
      if (!table.has(c)) table.set(c, foldOne(c));
      const folded = table.get(c);
      for (let n = 0; n < folded.length; n += 1) { units.push(folded[n]); at.push(from); }
      from += c.length;
    }
    at.push(from);
    return { folded: units.join(''), at };
  }

  /* Keys, as src/search/key.rs has them: pieces of one to three units. */

  function makes(piece) {
    const words = piece.replace(OTHER, '').length;
    return words && ((piece.length < 3 && words === piece.length) || /^[!-~]{2,}$/.test(piece));
  }

  function cover(term) {
    const piece = (from, to) => (from >= 0 && to <= term.length && makes(term.slice(from, to)) ? term.slice(from, to) : '');
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

  /* Packed numbers, as src/search/bits.rs writes them. */
  function reader(base64) {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    let at = 0;
    /* The next 25 bits and more, the highest first. */
    const ahead = () => {
      const n = at >> 3;
      return ((bytes[n] << 24) | (bytes[n + 1] << 16) | (bytes[n + 2] << 8) | bytes[n + 3]) << (at & 7);
    };
    /* The next few of them, or none. */
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
    /* Numbers below `of`; which of them hold the key in the title, and which in a heading; the names of titles that are told here,
       as src/search/key.rs makes them. */
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

  /* What the head says of chunks (src/search/directory.rs), and of pages that are several passages, whose texts are files of their own. */
  let frequent, groups, parts, passages, firsts, texts;

  function unpack() {
    const directory = reader(head.directory);
    frequent = new Set(directory.uneven());
    groups = directory.uneven();
    parts = groups.map(() => directory.gamma() + 1);
    const several = reader(head.long);
    const counts = new Map(several.uneven().map((page) => [page, several.gamma() + 2]));
    passages = [];
    firsts = [];
    texts = new Map();
    for (let page = 0; page < head.pages; page += 1) {
      const count = counts.get(page) || 1;
      firsts.push(passages.length);
      for (let n = 0; n < count; n += 1) {
        if (count > 1) texts.set(passages.length, texts.size);
        passages.push(page);
      }
    }
    firsts.push(passages.length);
  }

  /* Han first, for they are most and lie close together; then what is below them. */
  const order = (u) => (u < 0xa000 ? (u + 0x5200) % 0xa000 : u);

  /* The group of a key, what it is there, and the chunk that holds it, if one can. */
  function shelf(key) {
    const [a, b, c] = [0, 1, 2].map((n) => key.charCodeAt(n) || 0);
    const two = a < 128 && b && b < 128;
    const turned = !two && b && frequent.has(a) && !frequent.has(b);
    const group = two ? 0x10000 + ((a << 7) | b) : turned ? b : a;
    const other = two ? c : turned ? a : b;
    const rest = other && order(other) + (turned ? 0x20000 : 1);
    let entry = -1;
    let before = 0;
    while (groups[entry + 1] <= group) before += parts[entry++] || 0;
    const all = parts[entry];
    return { group, rest, from: groups[entry], there: all < 2 || groups[entry] === group, chunk: before + ((Math.imul(rest, 0x9e3779b1) >>> 16) * all >>> 16) };
  }

  function where([all, titles, headings, names], own) {
    const numbers = own ? all.map((n) => own[n]) : all;
    const found = new Map(numbers.map((n) => [n, 0]));
    headings.forEach((n) => found.set(numbers[n], 1));
    titles.forEach((n) => found.set(numbers[n], 2));
    found.names = names.map(([n, name]) => [numbers[n], name]);
    return found;
  }

  /* The passages of a key, as src/search/chunk.rs writes them: number → 2 in the title, 1 in a heading, 0 elsewhere; `names` has the
     titles of which it is the first key that is fetched. Null if there is no such key. */
  async function postings(key) {
    const { group, rest, from, there, chunk } = shelf(key);
    if (!there) return null;
    const packed = reader(await load('k' + chunk));
    let next = from;
    for (let left = packed.gamma(); left > 0; left -= 1) {
      next += packed.gamma();
      const alone = packed.bits(1) ? packed.placed(passages.length) : null;
      const own = alone && packed.bits(1) ? alone[0] : null;
      const rests = [];
      [1, 0x20000].forEach((start) => packed.uneven().forEach((n) => rests.push(start + n)));
      if (next === group && !rest) return alone && where(alone);
      for (const one of rests) {
        const list = packed.placed(own ? own.length : passages.length);
        if (next === group && one === rest) return where(list, own);
      }
      next += 1;
    }
    return null;
  }

  /* A query: its terms, the pages that may hold them all in the order they are shown, and whether they surely do. */
  const LONGEST = 100;
  const ROUND = 3;
  const FEW = 10;

  function parse(text) {
    return [...new Set(fold(text).folded.split(' '))].filter((term) => cover(term).keys.length);
  }

  /* The keys of all terms as they are fetched: the first of each first, but those of frequent units last, for they are on many pages.
     As many at a time as one wait is worth. */
  function inRounds(keys) {
    const turns = [];
    keys.forEach((some, term) => some.forEach((key, at) => turns.push({ term, key, at, late: frequent.has(shelf(key).group) })));
    turns.sort((a, b) => a.late - b.late || a.at - b.at || a.term - b.term);
    const rounds = [];
    for (let at = 0; at < turns.length; at += ROUND) rounds.push(turns.slice(at, at + ROUND));
    return rounds;
  }

  /* What is in both, each with the lesser place. */
  function both(one, other) {
    const found = new Map();
    one.forEach((where, id) => { if (other.has(id)) found.set(id, Math.min(where, other.get(id))); });
    return found;
  }

  /* The pages on which all terms could stand, each with the least of the best places of each. */
  function pagesOf(held) {
    let found = null;
    held.filter(Boolean).forEach((some) => {
      const pages = new Map();
      some.forEach((where, passage) => { const id = passages[passage]; pages.set(id, Math.max(where, pages.get(id) || 0)); });
      found = found ? both(found, pages) : pages;
    });
    return found;
  }

  const weigh = (where, id) => head.weights[where] + (id < head.upcoming[0] ? head.upcoming[1] : 0);

  /* By what they weigh, those that weigh alike by their numbers: one number says both, for nothing is sorted faster.
     No weight comes to a million. */
  function ordered(found) {
    const places = Float64Array.from(found, ([id, where]) => (1e6 - weigh(where, id)) * head.pages + id);
    return Array.from(places.sort(), (place) => place % head.pages);
  }

  async function candidates(terms) {
    const covers = terms.map(cover);
    const rounds = inRounds(covers.map((c) => c.keys.concat(c.across)));
    const held = [];
    const name = terms.join(' ').split('').reduce((hash, c) => Math.imul(hash ^ c.charCodeAt(0), 0x9e3779b1), 0) >>> 20;
    let found = null;
    while (rounds.length && !(found && found.size <= FEW)) {
      const missing = await take(held, rounds.shift());
      if (missing) return { terms, ids: [], exact: true, missing, left: [] };
      found = pagesOf(held);
      // A title that is the query has its name.
      held.names.forEach((one) => { const id = passages[one[0]]; if (one[1] === name && found.get(id) > 1) found.set(id, 3); });
    }
    return { terms, ids: ordered(found || []), places: found, held, exact: !rounds.length && covers.every((c) => c.whole), left: rounds.concat(inRounds(covers.map((c) => c.spare))) };
  }

  /* Fetches the lists of a round; gives them back if a key is on no page. */
  async function take(held, round) {
    const lists = await Promise.all(round.map((turn) => postings(turn.key)));
    if (lists.some((list) => !list)) return lists;
    held.names = held.names || lists[0].names;
    round.forEach(({ term }, n) => { held[term] = held[term] ? both(held[term], lists[n]) : lists[n]; });
    return null;
  }

  /* Where pages turn out not to hold what was asked, further keys cost less than further pages. */
  async function narrow(mine) {
    mine.missing = await take(mine.held, mine.left.shift());
    const pages = mine.missing ? new Map() : pagesOf(mine.held);
    const fits = (id, at) => at < mine.next || pages.has(id);
    mine.ids = mine.ids.filter(fits);
    mine.all = mine.all.filter((id) => pages.has(id));
    await facets(mine);
  }

  /* A character that no page holds may be one that folds to another: only then are the tables for queries worth their bytes. */
  async function unfold(text) {
    const before = parse(text).join(' ');
    const codes = text.split('').map((c) => c.charCodeAt(0)).filter((code) => code > 127);
    (await Promise.all(codes.map((code) => load('z' + code % head.tables)))).forEach(learn);
    return parse(text).join(' ') !== before;
  }

  async function query(text) {
    const found = await candidates(parse(text));
    return found.missing && await unfold(text) ? candidates(parse(text)) : found;
  }

  /* Records and texts. */
  async function record(id) {
    const bundle = await load('r' + Math.floor(id / head.records));
    const [title, address, kind, day, summary, over] = bundle[id % head.records];
    return { id, title, address, kind: head.kinds[kind], day, summary, over };
  }

  const INLINE = 'a, abbr, b, cite, code, del, dfn, em, i, img, ins, kbd, mark, picture, q, ruby, s, small, source, span, strong, sub, sup, time';
  const BESIDE = 'nav, h1, script, rt, rp, .footnote-reference';

  function textOf(element) {
    let text = '';
    (function walk(parent) {
      for (let node = parent.firstChild; node; node = node.nextSibling) {
        if (node.nodeType === 3) text += node.data.replace(/\s+/g, ' ');
        else if (node.nodeType === 1 && !node.matches(BESIDE)) {
          const end = node.matches(INLINE) ? '' : '\n';
          text += end;
          walk(node);
          text += end;
        }
      }
    })(element);
    return text.replace(/\s*\n\s*/g, '\n').trim();
  }

  /* A page's words come from the page itself, which the reader may open next. On a disk nothing can be fetched: there the page is opened
     in a frame, and its own copy of this script sends its words. */
  const wanted = location.hash.split('#words=')[1];
  if (onDisk && wanted !== undefined && window.parent !== window) {
    window.parent.postMessage(textOf(part(document, decodeURIComponent(wanted))), '*');
    return;
  }

  /* What stands in a list alone is its card there. */
  function part(page, anchor) {
    return anchor ? page.getElementById(anchor) : page.querySelector('main');
  }

  async function fetched(address, anchor) {
    const answer = await fetch(root + address);
    if (!answer.ok) throw new Error(address);
    return textOf(part(new DOMParser().parseFromString(await answer.text(), 'text/html'), anchor));
  }

  async function text(found, passage) {
    if (head.texts && texts.has(passage)) {
      const at = texts.get(passage);
      return (await load('t' + Math.floor(at / head.texts)))[at % head.texts];
    }
    return keep(pages, found.address, () => {
      const [address, anchor] = found.address.split('#');
      return onDisk ? extra().then((more) => more.framed(encodeURI(address), anchor)) : fetched(encodeURI(address), anchor);
    });
  }

  /* What a result shows; nothing if the page does not hold all terms. Passages that could hold the most of them are read first. */
  async function result({ terms, held }, id) {
    const found = await record(id);
    const title = fold(found.title).folded;
    const rest = terms.filter((term) => !title.includes(term));
    const summary = fold(found.summary).folded;
    if (rest.every((term) => summary.includes(term))) return { ...found, close: rest.length + 1 };
    const could = (passage) => rest.filter((term) => { const some = held[terms.indexOf(term)]; return !some || some.has(passage); });
    const order = Array.from({ length: firsts[id + 1] - firsts[id] }, (_, n) => firsts[id] + n);
    let left = rest;
    let best = [];
    for (const passage of order.sort((a, b) => could(b).length - could(a).length || a - b)) {
      if (!could(passage).some((term) => left.includes(term))) continue;
      const words = await text(found, passage);
      const folded = fold(words);
      const here = rest.filter((term) => folded.folded.includes(term));
      left = left.filter((term) => !here.includes(term));
      if (here.length > best.length) {
        best = here;
        Object.assign(found, excerpt(words, folded, here));
      }
      if (!left.length) return found;
    }
    return null;
  }

  const BEFORE = 24;
  const LENGTH = 90;

  function hits(folded, terms) {
    const all = [];
    terms.forEach((term) => {
      for (let at = folded.indexOf(term); at >= 0 && all.length < 2000; at = folded.indexOf(term, at + term.length)) {
        all.push({ at, end: at + term.length, term });
      }
    });
    return all.sort((a, b) => a.at - b.at || b.end - a.end);
  }

  /* The stretch of the text in which the most terms stand together, and how close: the terms in it, then all their hits. */
  function excerpt(words, folded, terms) {
    const all = hits(folded.folded, terms);
    let best = all[0];
    let most = 0;
    all.forEach((hit, n) => {
      const near = new Set();
      for (let m = n; m < all.length && all[m].end <= hit.at + LENGTH - BEFORE; m += 1) near.add(all[m].term);
      if (near.size > most) { most = near.size; best = hit; }
    });
    const start = Math.max(best.at - BEFORE, 0);
    const from = Math.max(folded.at[start], words.lastIndexOf('\n', folded.at[best.at]) + 1);
    const to = folded.at[Math.min(Math.max(start + LENGTH, best.end + BEFORE), folded.folded.length)];
    return { close: most + all.length / 1e4, excerpt: (from > 0 ? '…' : '') + words.slice(from, to).replace(/\n/g, ' · ') + (to < words.length ? '…' : '') };
  }

  /* Facets, orders and pinyin are another script, fetched when one of them is wanted. */
  const extras = {};
  function extra() {
    return keep(extras, 'more', () => run(box.dataset.more).then(() => inbox.more[2](core)));
  }

  function say(key, n) {
    return (page.dataset[key] || '{n}').replace('{n}', () => n);
  }

  function make(tag, name, words) {
    const element = document.createElement(tag);
    if (name) element.className = name;
    if (words) element.textContent = words;
    return element;
  }

  /* Suggestions, only for Latin letters; what an input method is still composing is nobody's query. */
  let typing = 0;
  const hints = make('ul', 'suggestions');
  box.append(hints);
  input.addEventListener('focus', () => begin().catch(() => {}));
  input.addEventListener('input', (event) => {
    clearTimeout(typing);
    hints.textContent = '';
    const typed = input.value.toLowerCase().replace(/[ ']/g, '');
    if (event.isComposing || !/^[a-z]{2,24}$/.test(typed)) return;
    // Without suggestions the box works all the same.
    const mine = typing = setTimeout(() => begin().then(extra).then((more) => more.suggest(typed)).then((items) => {
      if (mine === typing) hints.append(...items);
    }).catch(() => {}), 150);
  });

  /* The page of results. */
  function marked(element, words, terms) {
    const folded = fold(words);
    let done = 0;
    hits(folded.folded, terms).forEach((hit) => {
      const from = folded.at[hit.at];
      const to = folded.at[hit.end];
      if (from < done) return;
      element.append(words.slice(done, from), make('mark', '', words.slice(from, to)));
      done = to;
    });
    element.append(words.slice(done));
    return element;
  }

  function row(found, terms) {
    const item = make('li', 'result');
    const link = marked(make('a', 'result-title'), found.title, terms);
    link.href = root + encodeURI(found.address);
    const facts = [found.kind, found.day.replace(/(\d+)-0?(\d+)-0?(\d+)/, say('day')), found.over && say('over')].filter(Boolean).join('　');
    item.append(link, make('p', 'result-facts', facts), marked(make('p', 'excerpt'), found.excerpt || found.summary, terms));
    return item;
  }

  if (!page) return;
  const [status, list, end, more, offers, filters] = ['[role=status]', '.results', '.results-end', '.more', '.offers', '.filters'].map((part) => page.querySelector(part));
  let current = null;
  let seen = '';

  function state(name, words) {
    page.dataset.state = name;
    page.setAttribute('aria-busy', name === 'loading');
    if (words !== undefined && status.textContent !== words) status.textContent = words;
  }

  /* This script may be there before the style, without which nothing has its height. */
  function styled() {
    return new Promise((done) => {
      const style = document.querySelector('link[rel=stylesheet]');
      if (!style || style.sheet) done(); else style.onload = style.onerror = done;
    });
  }

  /* How many more results fit into the window, or a window further once the reader has scrolled; a few in any case, below open facets too. */
  function room(mine) {
    const height = list.offsetHeight / mine.shown || 150;
    const free = window.innerHeight * (window.scrollY ? 2 : 1) - end.getBoundingClientRect().top;
    const some = Math.max(Math.round(free / height), 3 - mine.shown);
    // Where pages disappoint, as many more are read at a time.
    return Math.min(some > 0 && some + mine.wrong, mine.limit - mine.shown, mine.ids.length - mine.next);
  }

  /* What nobody scrolls to costs nothing. What the index alone is sure of is shown at once, with its beginning until its words are there. */
  async function fill(mine) {
    if (mine.busy || mine !== current) return;
    mine.busy = true;
    state('loading');
    await styled();
    for (let some; (some = room(mine)) > 0;) {
      const read = (id) => (mine.exact ? record(id) : result(mine, id)).catch(() => {});
      const ids = mine.ids.slice(mine.next, mine.next + some);
      const rows = await Promise.all(ids.map(read));
      const unread = rows.filter((found) => found === undefined).length;
      // A page that cannot be read hides no other; if none can, it is the net.
      if (unread === some) { mine.busy = false; throw new Error('net'); }
      ids.forEach((id, at) => { if (rows[at] === null) refuse(mine, id); });
      mine.unread += unread;
      mine.next += some;
      if (mine.wrong > 2 && mine.left.length) await narrow(mine);
      if (mine !== current) return;
      await Promise.all(closest(mine, rows.filter(Boolean)).map((found) => {
        mine.shown += 1;
        const item = list.appendChild(row(found, mine.terms));
        return mine.exact && quote(mine, item, found);
      }));
      if (mine !== current) return;
      if (!mine.shown) state('loading', say('checking', mine.next + '/' + mine.ids.length));
    }
    mine.busy = false;
    await finish(mine);
  }

  /* Pages that were read, that weigh alike and are of the same day: those in which the terms stand closest and most often come first. */
  function closest(mine, rows) {
    if (mine.exact || mine.asked.sort) return rows;
    const rank = ({ id, day }) => weigh(mine.places.get(id), id) + day;
    const ranks = rows.map(rank);
    return rows.sort((one, other) => ranks.indexOf(rank(one)) - ranks.indexOf(rank(other)) || other.close - one.close || one.id - other.id);
  }

  /* A page that turned out not to hold the query. */
  function refuse(mine, id) {
    mine.wrong += 1;
    mine.all = mine.all.filter((other) => other !== id);
  }

  async function quote(mine, item, { id }) {
    const found = await result(mine, id).catch(() => ({}));
    if (!found) {
      refuse(mine, id);
      mine.shown -= 1;
      item.remove();
    } else if (found.excerpt) {
      item.lastChild.replaceWith(marked(make('p', 'excerpt'), found.excerpt, mine.terms));
    }
  }

  async function finish(mine) {
    const over = mine.next >= mine.ids.length;
    const total = mine.ids.length - mine.next + mine.shown + mine.unread;
    page.dataset.total = total;
    more.hidden = over || mine.shown < mine.limit;
    // Now that all are verified, facets can say how many there are; not under the reader's hands.
    if (over && !mine.exact && !filters.lastElementChild.contains(document.activeElement)) await facets(mine);
    offers.textContent = '';
    if (!total) {
      // A key that was never read may hold a character that no page has, and that folds to another.
      const other = (mine.left.length || mine.missing) && await unfold(mine.words);
      const items = other ? [] : await extra().then((more) => more.offer(mine)).catch(() => []);
      if (mine !== current) return;
      if (other) { start(); return; }
      offers.append(...items);
    }
    state('done', (mine.cut ? say('long', LONGEST) : '') + (total ? say((over || mine.exact) && !mine.unread ? 'found' : 'about', total) : say('none')));
  }

  /* What the address asks for: words, facets, order. */
  function asked() {
    const given = new URLSearchParams(location.search);
    const chosen = {};
    given.forEach((value, name) => { if (name !== 'q' && name !== 'sort' && value) chosen[name] = value.split(','); });
    return { q: given.get('q') || '', sort: given.get('sort') || '', chosen };
  }

  function address(q, sort, chosen) {
    const parameters = { q };
    if (sort) parameters.sort = sort;
    Object.keys(chosen).forEach((name) => { if (chosen[name].length) parameters[name] = chosen[name].join(','); });
    return '?' + new URLSearchParams(parameters);
  }

  function broken() {
    state('error', say('error') + ' ');
    const retry = make('button', 'button', say('retry'));
    retry.onclick = () => start(true);
    status.append(retry);
  }

  async function start(anew) {
    const mine = current = { shown: 0, next: 0, wrong: 0, left: [], limit: 10, unread: 0, ids: [], all: [], asked: asked() };
    const { q, sort, chosen } = mine.asked;
    const narrowed = () => sort || Object.keys(chosen).length;
    const begun = () => {
      const some = q.trim() || Object.keys(chosen).length;
      page.classList.toggle('asked', some);
      state(some ? 'loading' : 'idle', some ? say('loading') : '');
      return some;
    };
    seen = location.search;
    list.textContent = offers.textContent = '';
    more.hidden = filters.hidden = true;
    input.value = q;
    page.dataset.total = 0;
    if (!begun()) return;
    try {
      await begin(anew);
      if (mine !== current) return;
      // Others may have added to the address what is no facet.
      Object.keys(chosen).forEach((name) => { if (!head.facets.some((facet) => facet[0] === name)) delete chosen[name]; });
      if (!begun()) return;
      const cut = [...q].slice(0, LONGEST).join('');
      mine.cut = cut.length < q.length;
      mine.words = cut;
      if (q.trim() && !parse(cut).length) { state('done', say('nothing')); return; }
      Object.assign(mine, q.trim() ? await query(cut) : { ids: [...Array(head.pages).keys()], exact: true, terms: [] });
      mine.all = mine.ids;
      if (narrowed()) mine.ids = await (await extra()).choose(mine.all, chosen, sort);
      if (mine !== current) return;
      filters.hidden = !mine.all.length;
      filters.open = filters.open || narrowed();
      await facets(mine);
      await fill(mine);
    } catch (_) {
      if (mine !== current) return;
      if (anew) broken(); else start(true);
    }
  }

  async function facets(mine) {
    if (filters.open && mine === current) (await extra()).facets(mine);
  }

  filters.ontoggle = () => facets(current).catch(broken);
  /* Midway the net may be gone, or the portal a newer one: only then is there something to begin anew, and what is shown stays. */
  async function lost(mine) {
    const before = head.generation;
    await begin(true).catch(() => {});
    if (mine !== current) return;
    if (head.generation === before) broken(); else start();
  }

  function go() {
    const mine = current;
    if (mine && page.dataset.state === 'done' && room(mine) > 0) fill(mine).catch(() => lost(mine));
  }

  more.onclick = () => { current.limit += 20; go(); };
  window.addEventListener('scroll', go);
  window.addEventListener('resize', go);
  window.addEventListener('popstate', () => { if (location.search !== seen) start(); });
  box.addEventListener('submit', (event) => {
    event.preventDefault();
    clearTimeout(typing);
    typing = 0;
    hints.textContent = '';
    history.pushState(null, '', address([...input.value].slice(0, LONGEST + 1).join(''), asked().sort, {}));
    start();
  });
  start();
})();
