/* What a query means that is found nowhere, or seldom, as it is typed. The rules are those of src/search/understand.rs and src/search/slip.rs;
   the words are files of the index, `w` and `s`. Fetched by search/3-suggestions.js, which hands over what it uses. */
window.shuyuan('meaning', '', (core) => {
  'use strict';

  /* Pages that have a part of a query, at most; words that are offered; characters around what is taken for a word; rows at a time. */
  const PARTLY = 10;
  const OFFERED = 3;
  const AROUND = 2;
  const ROWS = 10;
  /* Pages of a slip that are looked at to count them. */
  const SURE = 2;
  const JOINED = ['weekday', 'time', 'kind'];

  /* ── Parts of a query ──────────────────────────────────────────────────────────────────────────────────────────────── */

  let words, longest;

  async function lexicon() {
    const all = await core.load('w');
    if (all.known) return all;
    words = new Map();
    const put = (word, meaning) => { if (!words.has(word)) words.set(word, meaning); };
    all.days.forEach((days) => days.words.forEach((word) => put(word, { days })));
    all.filters.forEach((filter) => filter.words.forEach((word) => put(word, { filter })));
    all.alike.forEach((group) => group.forEach((pair) => put(pair[0], { alike: group.map((other) => other[0]) })));
    all.stops.forEach((word) => put(word, {}));
    longest = Math.max(...[...words.keys()].map((word) => word.length));
    all.known = true;
    return all;
  }

  /* Today where the portal is. A clock that is behind the index is wrong. */
  function today(all) {
    const found = {};
    const form = { timeZone: all.zone, year: 'numeric', month: '2-digit', day: '2-digit' };
    try {
      new Intl.DateTimeFormat('en-US', form).formatToParts(new Date()).forEach((part) => { found[part.type] = part.value; });
    } catch (_) {
      return all.today;
    }
    const day = found.year + '-' + found.month + '-' + found.day;
    return day > all.today ? day : all.today;
  }

  const after = (day, days) => new Date(Date.parse(day + 'T00:00:00Z') + days * 864e5).toISOString().slice(0, 10);

  /* The filter of the days from one to another. */
  function between(from, to) {
    const keys = [];
    for (let day = from; day <= to; day = after(day, 1)) keys.push(day);
    return { facet: 'day', keys, label: from === to ? from : from + '–' + to };
  }

  /* The filter of a day that is written at a place, and how long it is: a month and a day with their signs, or a whole term with a dash or
     a slash. */
  function dated(all, term, at) {
    const [, first, sign, second] = /^(\d{1,2})(\D)(\d{1,2})(?!\d)/.exec(term.slice(at)) || [];
    if (!sign || /\d$/.test(term.slice(0, at))) return null;
    let end = at + first.length + 1 + second.length;
    if (all.month.includes(sign)) end += term[end] && all.day.includes(term[end]) ? 1 : 0;
    else if (!/[-/]/.test(sign) || at || end < term.length) return null;
    const now = today(all);
    const of = (year) => year + '-' + first.padStart(2, '0') + '-' + second.padStart(2, '0');
    const exists = (day) => { const time = Date.parse(day + 'T00:00:00Z'); return time && after(day, 0) === day; };
    const year = Number(now.slice(0, 4));
    const day = [of(year), of(year + 1)].find((one) => one >= now && exists(one));
    return day ? { length: end - at, meaning: { filter: between(day, day) } } : null;
  }

  function word(term, at) {
    for (let length = Math.min(longest, term.length - at); length > 1; length -= 1) {
      const meaning = words.get(term.slice(at, at + length));
      if (meaning) return { length, meaning };
    }
    return null;
  }

  /* Filters and groups of words, each with what was typed; what does not count; whether this is other than what was typed. */
  function partsOf(all, terms) {
    const parts = { filters: [], groups: [], dropped: [], other: false };
    const add = (typed, { filter, alike, days }) => {
      if (days) {
        const now = today(all);
        const back = days.week ? (new Date(now + 'T00:00:00Z').getUTCDay() + 6) % 7 : 0;
        parts.filters.push([typed, between(after(now, days.from - back), after(now, days.to - back))]);
      } else if (filter) parts.filters.push([typed, filter]);
      else if (alike) parts.groups.push([typed].concat(alike.filter((other) => other !== typed)));
      else parts.dropped.push(typed);
    };
    const plain = (text) => {
      const pieces = text.split(RegExp('[' + all.particles + ']'));
      (pieces.some((piece) => piece.length === 1) ? [text] : pieces).forEach((piece) => {
        if ([...piece].some((c) => !(all.particles + all.idle).includes(c))) parts.groups.push([piece]);
        else if (piece) parts.dropped.push(piece);
      });
    };
    terms.forEach((term) => {
      const before = parts.groups.length;
      let from = 0;
      for (let at = 0; at < term.length;) {
        const found = dated(all, term, at) || word(term, at);
        if (found) {
          plain(term.slice(from, at));
          from = at + found.length;
          add(term.slice(at, from), found.meaning);
        }
        at = found ? from : at + 1;
      }
      plain(term.slice(from));
      // Beside other parts one character says too little.
      if (parts.filters.length + parts.groups.length > 1) {
        const single = (group) => group.length === 1 && /^[^\x00-\x7f]$/.test(group[0]);
        const own = parts.groups.splice(before);
        parts.groups.push(...own.filter((group) => !single(group)));
        parts.dropped.push(...own.filter(single).map((group) => group[0]));
      }
      const group = parts.groups[before];
      parts.other = parts.other || !group || group[0] !== term || group.length > 1;
    });
    return parts;
  }

  /* ── Pages ───────────────────────────────────────────────────────────────────────────────────────────────────────────── */

  /* Of a group, the pages that may hold one of its words, each with the best place, and what was found for each word. */
  async function holding(group) {
    const found = await Promise.all(group.map((one) => core.candidates(core.parse(one))));
    const pages = new Map();
    found.forEach((one) => one.ids.forEach((id) => pages.set(id, Math.max(Math.min(2, one.places.get(id)), pages.get(id) || 0))));
    return { pages, found, sure: found.every((one) => one.exact) };
  }

  /* The filters as functions of a page; those of a facet of which a page has one are one. */
  async function kept(filters) {
    const joined = new Map();
    filters.forEach(([, { facet, keys }], at) => {
      const name = JOINED.includes(facet) ? facet : facet + at;
      joined.set(name, { facet, keys: (joined.get(name) || { keys: [] }).keys.concat(keys) });
    });
    const { facet } = await core.more();
    return Promise.all([...joined.values()].map(async (filter) => {
      const data = await facet(filter.facet).catch(() => ({ values: [], sets: [] }));
      const sets = data.sets.filter((_, at) => filter.keys.includes(data.values[at][0]));
      return { facet: filter.facet, has: (id) => sets.some((set) => set.has(id)) };
    }));
  }

  const everyPage = () => [...Array(core.head().pages).keys()];

  /* The pages that have all parts, those first in which the groups stand in the best places, on average. */
  function meant(groups, filters) {
    const { weights, upcoming } = core.head();
    const weigh = (id) => {
      const all = groups.reduce((sum, { pages }) => sum + weights[pages.get(id)], 0);
      return Math.floor(all / (groups.length || 1)) + (id < upcoming[0] ? upcoming[1] : 0);
    };
    const some = groups.length ? [...groups[0].pages.keys()] : everyPage();
    const found = some.filter((id) => filters.every((filter) => filter.has(id)) && groups.every((group) => group.pages.has(id)));
    return found.map((id) => [weigh(id), id]).sort((a, b) => b[0] - a[0] || a[1] - b[1]).map((one) => one[1]);
  }

  /* The pages that have most parts, those with the rarest first, and how many parts these are. */
  async function partly(parts, groups, filters) {
    const long = groups.filter((_, at) => parts.groups[at][0].length > 1);
    const known = filters.length || parts.groups.some((group) => group.length > 1);
    if (parts.filters.length + parts.groups.length < 2 || !(known || long.length > 1)) return { ids: [], most: 0 };
    // A page that does not hold what its keys promise must not be counted: there are few parts, and few pages of the rarest.
    const lists = await Promise.all(long.map(async (group) => {
      if (group.sure || group.pages.size > 60) return [...group.pages.keys()];
      const ids = [...group.pages.keys()];
      const held = await Promise.all(ids.map((id) => termsOn([group], id)));
      return ids.filter((_, at) => held[at]);
    }));
    filters.filter((filter) => filter.facet !== 'kind').forEach((filter) => lists.push(everyPage().filter(filter.has)));
    const there = lists.filter((list) => list.length).sort((a, b) => a.length - b.length);
    const held = new Map();
    there.forEach((list, at) => list.forEach((id) => held.set(id, (held.get(id) || []).concat(at))));
    const most = Math.max(0, ...[...held.values()].map((all) => all.length));
    const best = [...held].filter((one) => one[1].length === most);
    const order = (a, b) => { const at = a.findIndex((one, n) => one !== b[n]); return at < 0 ? 0 : a[at] - b[at]; };
    const ids = best.sort((a, b) => order(a[1], b[1]) || a[0] - b[0]).slice(0, PARTLY).map((one) => one[0]);
    return { ids, most };
  }

  /* Of each group the word that a page surely holds; null if of one it holds none, where all are `needed`. */
  async function termsOn(groups, id, needed = true) {
    const terms = [];
    for (const { found } of groups) {
      let held = null;
      for (const one of found.filter((other) => other.places && other.places.has(id))) {
        if (!held && (one.exact || await core.result(one, id).catch(() => null))) held = one.terms;
      }
      if (held) terms.push(...held); else if (needed) return null;
    }
    return terms;
  }

  /* ── Slips ───────────────────────────────────────────────────────────────────────────────────────────────────────────── */

  async function slips(search, parts) {
    const data = await core.load('s');
    const sounds = new Map();
    data.sounds.forEach((alike, at) => [...alike].forEach((c) => sounds.set(c, (sounds.get(c) || []).concat(at))));
    const alike = (a, b) => a === b || (sounds.get(a) || []).some((sound) => (sounds.get(b) || []).includes(sound));
    const without = (longer, shorter) => [...longer].some((_, at) => longer.slice(0, at) + longer.slice(at + 1) === shorter);
    const how = (part, word) => {
      if (part.length > word.length) return (word.length > 2 || /(.)\1/.test(part)) && without(part, word) ? 2 : -1;
      if (part.length < word.length) return word.length > 3 && without(word, part) ? 3 : -1;
      const wrong = [...part].filter((c, at) => c !== word[at]);
      if (!wrong.length || [...part].every((c, at) => alike(c, word[at]))) return 0;
      return word.length > 2 && wrong.length === 1 ? 1 : -1;
    };
    const slip = (typed, word, rank) => {
      const { length } = word;
      if (typed.length + 1 < length || typed.length > length + AROUND || typed.includes(word)) return null;
      let best = null;
      [length, length + 1, Math.max(length - 1, 1)].forEach((size) => {
        for (let at = 0; at + size <= typed.length; at += 1) {
          const part = typed.slice(at, at + size);
          const kind = how(part, word);
          const score = [typed.length - size, kind, rank];
          if (kind >= 0 && (!best || score[0] < best.score[0] || (score[0] === best.score[0] && kind < best.score[1]))) best = { score, part, word };
        }
      });
      return best;
    };
    const found = [];
    const plain = parts.groups.filter((group) => group.length === 1).map((group) => group[0]);
    const whole = search.terms.filter((term) => plain.some((piece) => term.includes(piece)));
    whole.concat(plain).forEach((typed) => {
      // Beside a known part one wrong character would be any word with that part.
      const known = !plain.includes(typed);
      const likely = data.words.map((word, rank) => slip(typed, word, rank)).filter((one) => one && !(known && one.score[1] === 1));
      likely.sort(({ score: a }, { score: b }) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
      likely.slice(0, OFFERED).forEach(({ part, word }) => {
        const query = search.terms.join(' ').replace(part, () => word);
        if (found.length < OFFERED && !found.includes(query)) found.push(query);
      });
    });
    return found;
  }

  /* ── What the reader sees ──────────────────────────────────────────────────────────────────────────────────────────────── */

  /* The answer to a search of which the exact results are all known: `exact` are their pages. */
  async function understand(search, exact) {
    const all = await lexicon();
    const parts = partsOf(all, search.terms);
    const answer = { parts, groups: [], ids: [], partly: [], most: 0, slips: [] };
    const [groups, filters] = await Promise.all([Promise.all(parts.groups.map(holding)), parts.filters.length ? kept(parts.filters) : []]);
    answer.groups = groups;
    const isKind = (one) => one.facet === 'kind';
    const holds = async (some) => {
      if (!parts.other || !(groups.length + some.length)) return;
      answer.ids = meant(groups, some).filter((id) => !exact.includes(id));
      // Before it is said that something was found, a page must hold it.
      while (answer.ids.length && !await termsOn(groups, answer.ids[0])) answer.ids.shift();
    };
    await holds(filters);
    // Who asks for activities of tomorrow is served with a course.
    if (!answer.ids.length && filters.some(isKind)) {
      await holds(filters.filter((one) => !isKind(one)));
      if (answer.ids.length) {
        parts.dropped.push(...parts.filters.filter((one) => isKind(one[1])).map((one) => one[0]));
        parts.filters = parts.filters.filter((one) => !isKind(one[1]));
      }
    }
    if (!exact.length) {
      if (!answer.ids.length) {
        const part = await partly(parts, groups, filters);
        answer.partly = part.ids;
        answer.most = part.most;
      }
      answer.slips = await slips(search, parts);
    }
    return answer;
  }

  function line(key, list) {
    return core.make('p', 'meaning-note', core.say(key, list));
  }

  /* What a query was taken for, and how to take a filter off. */
  function notes({ filters, groups, dropped }) {
    const nodes = [];
    const chips = core.make('p', 'chips');
    filters.forEach(([typed, { facet, label }]) => {
      const rest = filters.map((one) => one[0]).concat(groups.map((group) => group[0])).filter((one) => one !== typed).join(' ');
      const named = core.head().facets.find((one) => one[0] === facet);
      const words = (named ? named[1] + core.say('colon') : '') + label.replace(/\d+-0?(\d+)-0?(\d+)/g, core.say('monthday'));
      const chip = core.make(rest ? 'a' : 'span', 'choice chosen', words + (rest ? ' ✕' : ''));
      if (rest) {
        chip.href = core.address(rest, '', {});
        chip.setAttribute('aria-label', words + ' ' + core.say('remove', typed));
      }
      chips.append(chip, ' ');
    });
    if (filters.length) nodes.push(chips);
    const also = [].concat(...groups.map((group) => group.slice(1)));
    if (also.length) nodes.push(line('also', also.join(core.say('comma'))));
    if (dropped.length) nodes.push(line('dropped', dropped.join(core.say('comma'))));
    return nodes;
  }

  /* A list of pages; `needed` if each must hold all groups; `count` is told how many are shown, and whether these are all. */
  async function listed(place, { groups, needed }, ids, count) {
    const list = place.appendChild(core.make('ol', 'meant'));
    const button = place.appendChild(core.make('button', 'button', core.say('moremeant')));
    let next = 0;
    const some = async () => {
      button.hidden = true;
      for (let shown = 0; shown < ROWS && next < ids.length;) {
        const stretch = ids.slice(next, next + ROWS - shown);
        next += stretch.length;
        const rows = await Promise.all(stretch.map(async (id) => {
          const terms = await termsOn(groups, id, needed);
          const found = terms && (terms.length ? await core.result({ terms, held: [] }, id).catch(() => core.record(id)) : await core.record(id));
          return found && core.row(found, terms);
        }));
        rows.filter(Boolean).forEach((row) => { list.append(row); shown += 1; });
      }
      button.hidden = next >= ids.length;
      if (count) count(list.children.length, next >= ids.length);
    };
    button.type = 'button';
    button.onclick = () => some().catch(core.broken);
    await some();
  }

  /* How many pages surely hold a query: all, or those first that are looked at. */
  async function counted(found) {
    if (found.exact) return found.ids.length;
    const held = await Promise.all(found.ids.slice(0, SURE).map((id) => core.result(found, id).catch(() => null)));
    const sure = held.filter(Boolean).length;
    return found.ids.length <= SURE ? sure : core.say('some', sure);
  }

  /* Appends to `place` what a search finds by what it means, and returns how many pages. */
  async function show(search, exact, place) {
    const answer = await understand(search, exact);
    if (!core.isCurrent(search)) return 0;
    const { parts, groups, ids } = answer;
    for (const query of answer.slips) {
      const found = await core.candidates(core.parse(query));
      const count = found.ids.length;
      if (!count || !core.isCurrent(search)) continue;
      const link = core.make('a', 'slip', core.say('slip', query) + ' ' + await counted(found));
      link.href = core.address(query, '', {});
      place.append(core.make('p', 'meaning-note'));
      place.lastChild.append(link);
    }
    if (ids.length) {
      const sure = groups.every((group) => group.sure);
      const heading = core.make('h2', '', core.say('meantcount', ids.length));
      place.append(heading, ...notes(parts));
      // What is not verified yet is not counted.
      const count = (shown, over) => { if (!sure) heading.textContent = core.say(over ? 'meantcount' : 'meantleast', shown); };
      if (!sure) heading.textContent = core.say('loading');
      await listed(place, { groups, needed: true }, ids, count);
    } else if (answer.partly.length) {
      const all = parts.filters.map((one) => one[0]).concat(parts.groups.map((group) => group[0]));
      place.append(core.make('h2', '', core.say('partly', all.join(core.say('comma'))) + core.say('partof', answer.most)));
      await listed(place, { groups, needed: false }, answer.partly);
    }
    return ids.length;
  }

  return { show, understand };
});
