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

  /* Pinyin: strings of title characters that what was typed may spell, in full, by initials, or partly. */
  async function spelled(typed) {
    let paths = [{ at: 0, words: '', after: null, score: 0 }];
    const found = [];
    const partly = [];
    for (let step = 0; paths.length && step < 8; step += 1) {
      const next = [];
      for (const path of paths) {
        const letter = typed.charCodeAt(path.at) - 97;
        const entries = await core.load('p' + letter % core.head().pinyin);
        entries.forEach(([char, readings, after], rank) => {
          if (path.after !== null && !path.after.includes(char)) return;
          // What follows often has many spaces behind it.
          const often = path.after === null ? -rank / 1e4 : path.after.split(char)[1].split(' ').length / 5;
          readings.split(' ').forEach((reading, rare) => {
            let n = 0;
            while (n < reading.length && reading[n] === typed[path.at + n]) n += 1;
            const grown = (length, score) => next.push({ at: path.at + length, words: path.words + char, after, score: path.score + score - rare + often });
            if (n === reading.length) grown(n, 2 * n);
            else if (n && path.at + n === typed.length) grown(n, 2 * n - 1);
            if (n && reading.length > 1 && !(n === 1 && path.at + 1 === typed.length)) grown(1, 0.5);
          });
        });
      }
      next.sort((a, b) => b.score - a.score);
      found.push(...next.filter((path) => path.at === typed.length));
      paths = next.filter((path) => path.at < typed.length).slice(0, 150);
      partly.push(...paths);
    }
    const likely = found.length ? found : partly.filter((path) => path.at > typed.length / 2);
    const words = likely.filter((path) => path.words.length > 1).sort((a, b) => b.score - a.score).map((path) => path.words);
    return [...new Set(words)].slice(0, 16);
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

  /* Whether a string of title characters, each of which follows the one before it in some title, stands in a title as a whole: two
     characters do, of more of them the index is asked. */
  async function stands(word) {
    if ([...word].length < 3) return true;
    const found = await core.candidates(core.parse(word));
    const titled = found.ids.filter((id) => found.places.get(id) > 1).slice(0, 4);
    return (await Promise.all(titled.map(core.record))).some(({ title }) => title.includes(word));
  }

  const SUGGESTED = 8;
  /* Words of which the index is asked for suggestions, and titles that are read for them: each costs a file or two. */
  const ASKED = 4;
  const TITLES = 6;
  /* What parts a title. */
  const PARTS = /[\s!-/:-@[-`{-~\u00b7\u2010-\u2027\u3000-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]+/;

  /* Words that letters spell. */
  async function pinyin(typed) {
    let asked = 0;
    const words = (await spelled(typed)).filter((word) => [...word].length < 3 || (asked += 1) <= ASKED);
    const there = await Promise.all(words.map(stands));
    return words.filter((_, at) => there[at]).slice(0, SUGGESTED);
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
    const typed = words.toLowerCase().replace(/[ ']/g, '');
    const spelt = /^[a-z]{2,24}$/.test(typed) ? await pinyin(typed) : [];
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
    const items = terms.length < 2 ? [] : terms.map((term) => asking(core.say('without', term), terms.filter((other) => other !== term).join(' ')));
    const words = terms.join(' ');
    if (/^[a-z]{2,24}$/.test(words)) items.push(...(await pinyin(words)).map((word) => asking(word, word)));
    const apart = core.parse(asked.q, /[^]/).join(' ');
    if (apart !== words) items.unshift(asking(core.say('apart', apart), apart));
    const near = missing && nearest(missing);
    if (!near) return items;
    const { title, address } = await core.record(near[0]);
    return items.concat(option(core.say('nearest', title), encodeURI(address)));
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

  return { choose, facet, facets, framed, offer, suggest };
});
