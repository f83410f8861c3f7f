/* What a search needs only now and then: facets, other orders, suggestions, offers where nothing was found, pages read from a disk. Fetched by
   search/3-suggestions.js, which hands over what both use. */
window.shuyuan('more', '', (core) => {
  'use strict';

  /* Facets: of each value the set of pages that have it. */
  async function facet(name) {
    const data = await core.load('f-' + name);
    if (!data.sets) {
      const packed = core.reader(data.lists);
      data.sets = data.values.map(() => new Set(packed.list(core.head().pages)));
    }
    return data;
  }

  async function filtered(ids, chosen, but) {
    let left = ids;
    for (const name of Object.keys(chosen)) {
      if (name === but) continue;
      const data = await facet(name);
      const sets = data.sets.filter((_, at) => chosen[name].includes(data.values[at][0]));
      left = left.filter((id) => sets.some((set) => set.has(id)));
    }
    return left;
  }

  /* By date the numbers of pages are the order; by distance the smallest region around the chosen one that has the page. */
  async function sorted(ids, chosen, sort) {
    if (sort === 'date') return ids.slice().sort((a, b) => a - b);
    if (sort !== 'near' || !chosen.region) return ids;
    const data = await facet('region');
    const around = [];
    for (let at = data.values.findIndex((value) => value[0] === chosen.region[0]); at >= 0; at = data.values[at][2]) around.push(data.sets[at]);
    const far = (id) => { const at = around.findIndex((set) => set.has(id)); return at < 0 ? around.length : at; };
    return ids.map((id, at) => [far(id), at, id]).sort((a, b) => a[0] - b[0] || a[1] - b[1]).map((one) => one[2]);
  }

  /* How far letters spell a word, by its syllables in full, by their initials, or the last one begun: how many letters, syllables, and
     syllables in full; the most letters, then the most in full. */
  function spells(typed, syllables) {
    let best = [0, 0, 0];
    const go = (at, n, full) => {
      if (at > best[0] || (at === best[0] && full > best[2])) best = [at, n, full];
      const syllable = syllables[n];
      if (!syllable || at === typed.length) return;
      let same = 0;
      while (same < syllable.length && syllable[same] === typed[at + same]) same += 1;
      if (same === syllable.length) go(at + same, n + 1, full + 1);
      else if (same && at + same === typed.length) go(at + same, n + 1, full);
      if (same > 1 && syllable[1] === 'h') go(at + 2, n + 1, full);
      if (same && syllable.length > 1) go(at + 1, n + 1, full);
    };
    go(0, 0, 0);
    return best;
  }

  /* Words that letters may spell, those that are spelt to their end first; if they spell none, those that their beginning spells in full. */
  async function spelled(typed) {
    const entries = await core.load('p' + (typed.charCodeAt(0) - 97) % core.head().pinyin);
    const found = entries.map(([word, reading], rank) => {
      const syllables = reading.split(' ');
      const [letters, n, full] = spells(typed, syllables);
      return { word, rank, letters, full, left: syllables.length - n, whole: full === syllables.length };
    });
    const all = found.filter((one) => one.letters === typed.length);
    const some = all.length ? all : found.filter((one) => one.whole && one.letters > typed.length / 2);
    some.sort((a, b) => b.letters - a.letters || !!a.left - !!b.left || b.full - a.full || a.left - b.left || a.rank - b.rank);
    return { words: some.map((one) => one.word), all: all.length > 0 };
  }

  /* The fewest words that letters spell in full, with the least of what is `spoken` between them; none if something is left. Of each way to a
     place are kept the pieces, the letters of what is spoken, and the words. */
  async function parted(typed, spoken) {
    const ways = [[0, 0, []]];
    for (let at = 0; at < typed.length; at += 1) {
      if (!ways[at]) continue;
      const [pieces, letters, words] = ways[at];
      const go = (length, word) => {
        const way = [pieces + 1, letters + (word ? 0 : length), word ? words.concat(word) : words];
        const other = ways[at + length];
        if (!other || way[0] < other[0] || (way[0] === other[0] && way[1] < other[1])) ways[at + length] = way;
      };
      (await core.load('p' + (typed.charCodeAt(at) - 97) % core.head().pinyin)).forEach(([word, reading]) => {
        const full = reading.split(' ').join('');
        if (full.length < reading.length && typed.startsWith(full, at)) go(full.length, word);
      });
      spoken.filter((one) => typed.startsWith(one, at)).forEach((one) => go(one.length));
    }
    return ways[typed.length] ? ways[typed.length][2] : [];
  }

  /* What terms of letters are read as: words in full with what is `spoken` between them, one word, or one for each of them; nothing if they spell
     none (src/search/pinyin.rs). */
  async function read(terms, spoken) {
    const typed = terms.join('');
    if (typed.length < 2 || typed.length > 32 || !terms.every((term) => /^[a-z]+$/.test(term))) return [];
    const full = await parted(typed, spoken);
    if (full.length) return full;
    const { words, all } = await spelled(typed);
    if (all || terms.length < 2) return words.slice(0, 1);
    const each = await Promise.all(terms.map(async (term) => (await spelled(term)).words[0]));
    return each.every(Boolean) ? each : words.slice(0, 1);
  }

  /* What an address asks for that no page has, or has no more, is not asked. */
  async function choose(ids, chosen, sort) {
    for (const name of Object.keys(chosen)) {
      const known = (await facet(name)).values.map((value) => value[0]);
      chosen[name] = chosen[name].filter((key) => known.includes(key));
      if (!chosen[name].length) delete chosen[name];
    }
    return sorted(await filtered(ids, chosen, sort === 'near' ? 'region' : ''), chosen, sort);
  }

  function choice(words, on, to) {
    const link = core.make('a', on ? 'choice chosen' : 'choice', words);
    link.href = to;
    if (on) link.setAttribute('aria-current', 'true');
    link.onclick = (event) => {
      event.preventDefault();
      core.visit(to);
    };
    return link;
  }

  /* Facets are loaded when they are opened; their counts follow all others that are chosen. */
  function facets(mine) {
    const { q, sort, chosen } = mine.asked;
    const filters = core.page.querySelector('.facets');
    const opened = [...filters.querySelectorAll('[open]')].map((details) => details.dataset.name);
    filters.textContent = '';
    ['', 'date'].concat(chosen.region ? 'near' : []).forEach((key) => filters.append(choice(core.say('by' + key), sort === key, core.address(q, key, chosen))));
    core.head().facets.forEach(([name, label]) => {
      const details = core.make('details', 'facet');
      details.dataset.name = name;
      details.append(core.make('summary', '', label));
      const fillFacet = async () => {
        const data = await facet(name);
        const ids = await filtered(mine.all, chosen, name);
        if (details.children.length > 1) return;
        const sure = mine.exact || (mine.next >= mine.ids.length && !mine.unread && !Object.keys(chosen).length);
        data.values.forEach(([key, words], at) => {
          const before = chosen[name] || [];
          const on = before.includes(key);
          const count = ids.filter((id) => data.sets[at].has(id)).length;
          const keys = on ? before.filter((other) => other !== key) : before.concat(key);
          // Of what is not verified yet, what is shown is sure.
          const known = mine.rows.filter(({ id }) => data.sets[at].has(id)).length;
          const told = sure ? count : known ? core.say('some', known) : '';
          if (count || on) details.append(choice((words + ' ' + told).trim(), on, core.address(q, sort, Object.assign({}, chosen, { [name]: keys }))));
        });
      };
      details.ontoggle = () => { if (details.open) fillFacet().catch(core.broken); };
      details.open = opened.includes(name) || chosen[name];
      filters.append(details);
    });
  }

  function option(words, address) {
    const item = core.make('li');
    item.append(core.make('a', '', words));
    item.firstChild.href = core.root + address;
    return item;
  }

  const asking = (words, query) => option(words, 'search.html' + core.address(query, '', {}));

  const SUGGESTED = 8;
  /* Titles that are read for suggestions: each costs a file or two. */
  const TITLES = 6;
  /* What may be pinyin. */
  const LETTERS = /^[a-z][a-z' ]{1,31}$/;
  /* What parts a title. */
  const PARTS = /[\s!-/:-@[-`{-~\u00b7\u2010-\u2027\u3000-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]+/;

  /* Words that letters spell; of letters with spaces that spell no word together, each piece may be one. */
  async function pinyin(typed) {
    if (!LETTERS.test(typed)) return [];
    const whole = typed.replace(/[ ']/g, '');
    const { words, all } = await spelled(whole);
    const pieces = typed.replace(/'/g, '').split(' ').filter(Boolean);
    if (pieces.length < 2 || all) return words.slice(0, SUGGESTED);
    const each = await Promise.all(pieces.map(async (piece) => (await spelled(piece)).words[0]));
    const query = each.join(' ');
    const there = each.every(Boolean) && (await core.candidates(core.parse(query))).ids.length;
    return (there ? [query] : []).concat(words).slice(0, SUGGESTED);
  }

  /* Parts of titles that hold what was typed, those first that begin with it. */
  async function titled(typed) {
    const [term, other] = core.parse(typed);
    if (!term || other) return [];
    const found = await core.candidates([term]);
    const ids = found.ids.filter((id) => found.places.get(id) > 1).slice(0, TITLES);
    const titles = await Promise.all(ids.map(core.record));
    const at = (part) => core.fold(part).folded.indexOf(term);
    const parts = [].concat(...titles.map(({ title }) => title.split(PARTS))).filter((part) => at(part) >= 0 && core.fold(part).folded !== term);
    return [...new Set(parts.filter((part) => !at(part)).concat(parts))].slice(0, SUGGESTED);
  }

  /* What may be meant by what was typed so far: texts that stand on pages. */
  async function suggest(words) {
    const spelt = await pinyin(words.toLowerCase().trim());
    return spelt.length ? spelt : titled(words);
  }

  /* The page with the most of the keys in its title, and how many. */
  function nearest(lists) {
    const counts = new Map();
    lists.filter(Boolean).forEach((list) => core.pagesOf([list]).forEach((where, id) => {
      if (where > 1) counts.set(id, (counts.get(id) || 0) + 1);
    }));
    return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0];
  }

  /* Never loosened in silence: the reader may take away the filters, the punctuation or a word, or go to the nearest title. */
  async function offer({ terms, missing, all, asked }) {
    if (all.length) return [asking(core.say('unfiltered'), asked.q)];
    const words = terms.join(' ');
    const items = (await pinyin(words)).map((word) => asking(word, word));
    if (terms.length > 1 && !items.length) items.push(...terms.map((term) => asking(core.say('without', term), terms.filter((other) => other !== term).join(' '))));
    const apart = core.parse(asked.q, /[^]/).join(' ');
    if (apart !== words) items.unshift(asking(core.say('apart', apart), apart));
    const near = missing && nearest(missing);
    if (!near) return items;
    const { title, address } = await core.record(near[0]);
    return items.concat(option(core.say('nearest', title), encodeURI(address)));
  }

  /* The list of suggestions below the box: arrow keys choose, Enter searches, Escape closes. Gives what shows a list. */
  function listbox(input, propose, close, search) {
    let chosen = -1;
    const options = core.make('ul', 'suggestions');
    const told = core.make('p', 'visually-hidden');
    options.id = 'suggestions';
    options.setAttribute('role', 'listbox');
    options.setAttribute('aria-label', input.form.dataset.suggestions || '');
    options.onmousedown = (event) => event.preventDefault();
    told.setAttribute('role', 'status');
    input.form.append(options, told);
    input.setAttribute('aria-controls', options.id);

    /* Chooses an option by its number; behind the last one and before the first one none is chosen. */
    function mark(at) {
      chosen = at < options.children.length ? at : -1;
      [...options.children].forEach((option, n) => option.setAttribute('aria-selected', String(n === chosen)));
      if (chosen >= 0) input.setAttribute('aria-activedescendant', 'suggestion-' + chosen);
      else input.removeAttribute('aria-activedescendant');
    }

    input.addEventListener('keydown', (event) => {
      const { key } = event;
      // With key 229 an input method takes the key.
      if (event.isComposing || event.keyCode === 229) return;
      const { length } = options.children;
      if (key === 'ArrowDown' && !length) propose();
      else if (key === 'ArrowDown') mark(chosen + 1);
      else if (key === 'ArrowUp') mark(chosen < 0 ? length - 1 : chosen - 1);
      else if (key === 'Escape' && length) close();
      else if (key === 'Enter' && chosen >= 0) search(options.children[chosen].textContent);
      else return;
      event.preventDefault();
    });

    return (list) => {
      options.textContent = '';
      list.forEach((words, at) => {
        const option = options.appendChild(core.make('li', 'suggestion', words));
        option.id = 'suggestion-' + at;
        option.setAttribute('role', 'option');
        option.onclick = () => search(words);
      });
      options.hidden = !list.length;
      input.setAttribute('aria-expanded', String(!options.hidden));
      told.textContent = list.length ? (input.form.dataset.suggested || '').replace('{n}', list.length) : '';
      mark(-1);
    };
  }

  /* Puts back the rows that an entry of the history showed. */
  async function restore(search, { rows, gone, limit }) {
    const seen = new Set(rows.map(({ id }) => id).concat(gone));
    gone.forEach((id) => core.refuse(search, id));
    search.ids = [...seen].concat(search.ids.filter((id) => !seen.has(id)));
    search.next = seen.size;
    search.limit = limit;
    await core.styled();
    if (core.isCurrent(search)) rows.forEach((found) => core.append(search, found));
  }

  /* Goes to the place where the page was left. */
  async function settle(search, kept) {
    const meant = core.page.querySelector('.meaning');
    window.scrollTo(0, kept.y);
    for (let button; meant.querySelectorAll('.result').length < kept.further && (button = meant.querySelector('button:not([hidden])'));) await button.onclick();
    if (core.isCurrent(search)) window.scrollTo(0, kept.y);
  }

  /* States of a row that is read on a later day than that of the build; the script that knows them has its words on the page. */
  let stated;
  async function mend(item) {
    const { dataset } = core.page.querySelector('.states');
    stated = stated || core.runScript(dataset.script, null, dataset);
    await stated;
    item.dispatchEvent(new Event('states', { bubbles: true }));
  }

  /* A page on a disk is opened in a frame, where its own copy of the search script sends its words. */
  function framed(address) {
    return new Promise((done, fail) => {
      const frame = core.make('iframe');
      const over = (message) => {
        if (message && message.source !== frame.contentWindow) return;
        window.removeEventListener('message', over);
        clearTimeout(timer);
        frame.remove();
        if (message) done(message.data); else fail(new Error(address));
      };
      const timer = setTimeout(over, 15000);
      window.addEventListener('message', over);
      frame.hidden = true;
      frame.src = core.root + address + '#words';
      document.body.append(frame);
    });
  }

  return { choose, facet, facets, framed, listbox, mend, offer, read, restore, settle, suggest };
});
