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
  /* Facets whose words are often the beginning of others. */
  const BROAD = ['kind', 'topic', 'audience'];
  /* Steps in which weights differ that are otherwise alike, and those of the rarest group in a title. */
  const STEPS = 16;
  const RAREST = 8;
  /* Steps that a page for offices weighs less. */
  const BEHIND = RAREST;
  /* Words of a choice that a question is about, at most. */
  const ABOUT = 12;
  /* Years of age at least of somebody old. */
  const OLD = 50;
  /* Letters of a word at least in which a slip is known as one. */
  const SLIP = 4;
  /* Characters of a word in a piece that stands nowhere, and pages that are looked at to know whether one does. */
  const LONG = 6;
  const LOOK = 10;

  /* ── Parts of a query ──────────────────────────────────────────────────────────────────────────────────────────────── */

  const HAN = /[\u3400-\u9fff]/;
  let words, longest;

  async function lexicon() {
    const all = await core.load('w');
    if (all.known) return all;
    words = new Map();
    const put = (word, meaning) => { if (!words.has(word)) words.set(word, meaning); };
    all.days.forEach((days) => days.words.forEach((word) => put(word, { days })));
    all.before.forEach((before) => before.words.forEach((word) => put(word, { before })));
    all.filters.forEach((filter) => filter.words.forEach((word) => put(word, { filter })));
    all.alike.forEach((group) => group.forEach((pair) => put(pair[0], { alike: group.map((other) => other[0]) })));
    all.stops.forEach((word) => put(word, { stop: true }));
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

  /* The number at a place of so many digits at most, or of Chinese numerals below a hundred, and how long it is. */
  function number(all, term, at, most) {
    const digits = /^\d*/.exec(term.slice(at))[0];
    if (digits) return digits.length <= most ? { length: digits.length, is: Number(digits) } : null;
    const values = [];
    for (let value; values.length < 4 && term[at + values.length] && (value = all.numerals.indexOf(term[at + values.length]) + 1);) values.push(value);
    const [a, b, c] = values;
    const { length } = values;
    if (length === 1) return { length, is: a };
    if (length === 2 && a === 10 && b < 10) return { length, is: 10 + b };
    if (length === 2 && b === 10 && a < 10) return { length, is: a * 10 };
    return length === 3 && b === 10 && a < 10 && c < 10 ? { length, is: a * 10 + c } : null;
  }

  const isNumber = (all, c) => Boolean(c) && (/\d/.test(c) || all.numerals.includes(c));
  /* Whether a number at a place began before it. */
  const goesOn = (all, term, at) => isNumber(all, term[at - 1]) && isNumber(all, term[at]);

  const two = (value) => String(value).padStart(2, '0');
  const exists = (day) => { const time = Date.parse(day + 'T00:00:00Z'); return time && after(day, 0) === day; };

  /* The next day of a month and a number. */
  function next(all, month, day) {
    const now = today(all);
    const year = Number(now.slice(0, 4));
    const found = [year, year + 1].map((one) => one + '-' + two(month) + '-' + two(day)).find((one) => one >= now && exists(one));
    return found ? [found, found] : null;
  }

  /* Which part of a month is named at a place. */
  const partAt = (all, term, at) => all.parts.find((part) => term.startsWith(part[0], at)) || ['', 1, 31];

  /* The days of a part of a month that are not over; `month` is its year and number. */
  function monthOf(all, month, part) {
    const now = today(all);
    const last = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();
    const [from, to] = [part[1], part[2]].map((day) => month + '-' + two(Math.min(day, last)));
    return [to < now || from > now ? from : now, to];
  }

  /* The days that are written at a place, and how long that is: a day or a month with its signs, or a whole term with a dash or a slash. */
  function dated(all, term, at) {
    // A part of this month, or of the next one if it is over.
    const own = all.month.includes(term[at]) && partAt(all, term, at + 1);
    if (own && own[0] && !goesOn(all, term, at)) {
      const [year, month] = today(all).split('-').map(Number);
      const of = (ahead) => monthOf(all, new Date(Date.UTC(year, month - 1 + ahead, 1)).toISOString().slice(0, 7), own);
      return { length: 1 + own[0].length, meaning: { filter: between(...(of(0)[1] < today(all) ? of(1) : of(0))) } };
    }
    const first = goesOn(all, term, at) ? null : number(all, term, at, 2);
    const sign = first && term[at + first.length];
    if (!sign) return null;
    const start = at + first.length + 1;
    const second = number(all, term, start, 2);
    const made = (length, days) => (days ? { length, meaning: { filter: between(...days) } } : null);
    if (!all.month.includes(sign)) {
      return second && !at && /^\d+([-/])\d+$/.test(term) ? made(term.length, next(all, first.is, second.is)) : null;
    }
    if (!second) {
      if (first.is < 1 || first.is > 12) return null;
      const part = partAt(all, term, start);
      const year = Number(today(all).slice(0, 4));
      const of = (one) => monthOf(all, one + '-' + two(first.is), part);
      return made(start + part[0].length - at, of(year)[1] >= today(all) ? of(year) : of(year + 1));
    }
    const end = start + second.length;
    const signed = Boolean(term[end]) && all.day.includes(term[end]);
    return signed || /\d/.test(term[start]) ? made(end + (signed ? 1 : 0) - at, next(all, first.is, second.is)) : null;
  }

  /* The age that is written at a place, which means those who are of it, and how long it is; of two ages the second. */
  function aged(all, term, at) {
    let age = goesOn(all, term, at) ? null : number(all, term, at, 3);
    if (!age) return null;
    const one = (place, signs) => Boolean(term[place]) && signs.includes(term[place]);
    let end = at + age.length;
    const other = one(end, all.to) ? number(all, term, end + 1, 3) : null;
    if (other) {
      end += 1 + other.length;
      age = other;
    }
    if (one(end, all.age_about)) end += 1;
    if (!one(end, all.age) && !(age.is >= OLD && one(end, all.age_reached))) return null;
    if (age.is > 120) return null;
    const more = all.age_ends.find((ending) => term.startsWith(ending, end + 1)) || '';
    const those = all.ages.find(([from, to]) => from <= age.is && age.is <= to);
    return { length: end + 1 + more.length - at, meaning: (those && words.get(those[2])) || { stop: true } };
  }

  /* Letters are not parted. */
  const joins = (term, at) => /^[a-z0-9]{2}$/i.test(term.slice(Math.max(at - 1, 0), at + 1)) && at > 0;

  /* The longest word from a place up to another. */
  function longestWord(term, at, to) {
    for (let end = Math.min(at + longest, to); end > at + 1; end -= 1) {
      const meaning = joins(term, at) || joins(term, end) ? null : words.get(term.slice(at, end));
      if (meaning) return { length: end - at, meaning };
    }
    return null;
  }

  /* The word at a place. One of a question gives way to a word that begins within it and ends behind it. */
  function word(all, term, at) {
    let found = longestWord(term, at, term.length);
    const later = (_, n) => {
      const other = longestWord(term, at + 1 + n, term.length);
      return other && !other.meaning.stop && 1 + n + other.length > found.length;
    };
    while (found && found.meaning.stop && [...Array(found.length - 1)].some(later)) found = longestWord(term, at, at + found.length - 1);
    if (found && found.meaning.days && found.meaning.days.unit === 'month') {
      const now = today(all);
      const first = new Date(Date.UTC(Number(now.slice(0, 4)), Number(now.slice(5, 7)) - 1 + found.meaning.days.from, 1));
      const part = partAt(all, term, at + found.length);
      const days = monthOf(all, first.toISOString().slice(0, 7), part);
      return { length: found.length + part[0].length, meaning: { filter: between(...days) } };
    }
    return found;
  }

  /* Whether a character means nothing where it stands alone, and a stretch without those at its ends. */
  const empty = (all, c) => (all.particles + all.idle).includes(c);
  function withoutEnds(all, text) {
    const some = [...text].map((c) => !empty(all, c));
    const [first, last] = [some.indexOf(true), some.lastIndexOf(true)];
    return first < last ? [text.slice(first, last + 1)] : [];
  }

  /* The stretches of a term: words, and what is left between them. */
  function piecesOf(all, term) {
    const pieces = [];
    let from = 0;
    const left = (to) => { if (from < to) pieces.push({ from, to }); };
    for (let at = 0; at < term.length;) {
      const found = dated(all, term, at) || aged(all, term, at) || word(all, term, at);
      if (found) {
        left(at);
        from = at + found.length;
        pieces.push({ from: at, to: from, meaning: found.meaning });
      }
      at = found ? from : at + 1;
    }
    left(term.length);
    return pieces;
  }

  /* Puts single characters to the word beside them, where that makes a word of pages, which is then meant as well. One that makes none with the
     word before it tears the parts. */
  async function glued(all, term, pieces, parts) {
    const broad = ({ meaning }) => meaning && (meaning.alike || (meaning.filter && BROAD.includes(meaning.filter.facet)));
    const single = ({ meaning, from, to }) => !meaning && to === from + 1 && HAN.test(term[from]) && !empty(all, term[from]);
    const kept = [];
    for (const piece of pieces) {
      const last = kept[kept.length - 1];
      const before = last && single(last) && broad(piece);
      const behind = last && single(piece) && broad(last);
      const there = (before || behind) && await stands(term.slice(last.from, piece.to));
      parts.torn = parts.torn || Boolean(behind && !there);
      const one = before ? piece : last;
      if (there && one.meaning.alike) {
        last.meaning = { alike: [term.slice(one.from, one.to)].concat(one.meaning.alike) };
        last.to = piece.to;
      } else kept.push(piece);
    }
    return kept;
  }

  /* A text with other words in place of one; a number that is part of another one is none. */
  function instead(all, text, [typed, means]) {
    return text.split(typed).reduce((full, rest) => full + (isNumber(all, typed[0]) && isNumber(all, full.slice(-1)) ? typed : means) + rest);
  }

  /* Filters and groups of words, each with what was typed; what does not count; whether this is other than what was typed, and whether a word is
     only the greater part of what was. */
  async function partsOf(all, terms) {
    const parts = { filters: [], groups: [], dropped: [], other: false, torn: false, question: false };
    const add = (typed, { filter, alike, days, before }) => {
      if (before) parts.filters.push([typed, between(today(all), before.to)]);
      else if (days) {
        const now = today(all);
        const back = days.unit === 'week' ? (new Date(now + 'T00:00:00Z').getUTCDay() + 6) % 7 : 0;
        parts.filters.push([typed, between(after(now, days.from - back), after(now, days.to - back))]);
      } else if (filter) parts.filters.push([typed, filter]);
      else if (alike) parts.groups.push([...new Set([typed].concat(alike))]);
      else {
        parts.dropped.push(typed);
        parts.question = true;
      }
    };
    const plain = (text) => {
      parts.question = parts.question || [...text].some((c) => all.question.includes(c));
      const pieces = text.split(RegExp('[' + all.particles + ']'));
      (pieces.some((piece) => piece.length === 1) ? [text] : pieces).forEach((piece) => {
        if ([...piece].some((c) => !empty(all, c))) parts.groups.push([piece]);
        else if (piece) parts.dropped.push(piece);
      });
    };
    for (const whole of terms) {
      const term = all.instead.reduce((text, pair) => instead(all, text, pair), whole);
      const before = parts.groups.length;
      const pieces = await glued(all, term, piecesOf(all, term), parts);
      pieces.forEach(({ from, to, meaning }) => {
        if (meaning) add(term.slice(from, to), meaning); else plain(term.slice(from, to));
      });
      // Beside other parts one character says too little.
      if (parts.filters.length + parts.groups.length > 1 && !parts.torn) {
        const single = (group) => group.length === 1 && /^[^\x00-\x7f]$/.test(group[0]);
        const own = parts.groups.splice(before);
        parts.groups.push(...own.filter((group) => !single(group)));
        parts.dropped.push(...own.filter(single).map((group) => group[0]));
      }
      // A word of the lexicon in one piece with others is a sentence.
      const known = pieces.some(({ meaning }) => meaning && !meaning.stop);
      parts.question = parts.question || (known && parts.groups.slice(before).some((some) => some.length === 1 && some[0].length > 1));
      const group = parts.groups[before];
      parts.other = parts.other || !group || group[0] !== whole || group.length > 1;
    }
    // Where pages of a kind are asked for, what else is named is what they are asked about: an office has no audience, but is in charge of one.
    if (parts.filters.some((one) => one[1].asks)) {
      const about = ([, { facet, asks }]) => BROAD.includes(facet) && !asks;
      parts.filters.filter(about).forEach(([typed, { words: named }]) => add(typed, { alike: named.slice(0, ABOUT) }));
      parts.filters = parts.filters.filter((one) => !about(one));
    }
    return parts;
  }

  /* The groups, with words in place of pieces of several Han that stand nowhere. */
  async function known(all, parts) {
    const groups = [];
    for (const group of parts.groups) {
      const [piece] = group;
      const strange = group.length === 1 && piece.length > 2 && [...piece].every((c) => HAN.test(c)) && !await stands(piece);
      const found = strange ? wordsIn(all, piece, new Set((await core.load('s')).words)) : await numbered(group);
      // Beside words a character that is left over stands on a page by chance.
      groups.push(...(found.length ? found.filter((one) => one.length > 1).map((one) => [one]) : [group]));
      parts.dropped.push(...found.filter((one) => one.length === 1));
      parts.other = parts.other || found.length > 0;
    }
    return groups;
  }

  /* The stretches of a piece of Han and numbers that stands nowhere, parted before each number, if each stands on a page. */
  async function numbered([piece, other]) {
    const found = other ? [] : piece.replace(/([\u3400-\u9fff])(?=\d)/g, '$1 ').split(' ');
    if (found.length < 2 || await stands(piece)) return [];
    for (const part of found) if (!await stands(part)) return [];
    return found;
  }

  /* Whether letters are a word with one wrong, one missing or one too many, or with two in each other's place; the first is right. */
  function isSlip(typed, other) {
    const [short, long] = typed.length < other.length ? [typed, other] : [other, typed];
    if (short.length < SLIP || long.length > short.length + 1 || !/^[a-z]+$/.test(typed + other) || typed[0] !== other[0]) return false;
    if (short.length < long.length) return [...long].some((_, at) => at && long.slice(0, at) + long.slice(at + 1) === short);
    const wrong = [...typed].map((c, at) => at).filter((at) => typed[at] !== other[at]);
    const [a, b] = wrong;
    return wrong.length === 1 || (wrong.length === 2 && b === a + 1 && typed[a] === other[b] && typed[b] === other[a]);
  }

  /* The terms with slips in words of letters taken back, if there are any; only words that the table knows. */
  function lettered(all, terms) {
    const tabled = [].concat(...all.alike.slice(0, all.tabled)).map((pair) => pair[0]);
    const found = terms.map((term) => term.replace(/[a-z0-9]+/gi, (run) => tabled.find((other) => isSlip(run, other)) || run));
    return found.join(' ') === terms.join(' ') ? [] : found;
  }

  /* The words in a piece, the longest first from left to right, with what is left between them; none if it holds no word. */
  function wordsIn(all, piece, there) {
    const found = [];
    let from = 0;
    let any = false;
    const left = (text) => found.push(...(text.length === 1 && !empty(all, text) ? [text] : withoutEnds(all, text)));
    for (let at = 0; at < piece.length;) {
      let to = Math.min(piece.length, at + LONG);
      while (to > at + 1 && !there.has(piece.slice(at, to))) to -= 1;
      if (to > at + 1) {
        left(piece.slice(from, at));
        found.push(piece.slice(at, to));
        any = true;
        from = to;
        at = to;
      } else at += 1;
    }
    left(piece.slice(from));
    return any ? found : [];
  }

  /* ── Pages ───────────────────────────────────────────────────────────────────────────────────────────────────────────── */

  /* Whether a word stands on a page. */
  async function stands(word) {
    const found = await core.candidates(core.parse(word));
    for (const id of found.exact ? [] : found.ids.slice(0, LOOK)) {
      if (await core.result(found, id).catch(() => null)) return true;
    }
    return found.exact && found.ids.length > 0;
  }

  /* Of a group, the pages that may hold one of its words, each with the best place; what its heaviest word weighs; and what was found for each
     word. The word that was typed comes first. It, or a part of it, weighs more in a title: as much as what is still to come. Pages behind the
     first `residents` weigh less: what is for offices is about what was typed, not about what means the same. */
  async function holding(group, residents) {
    const found = await Promise.all(group.map((one) => core.candidates(core.parse(one))));
    const { weights, upcoming } = core.head();
    const pages = new Map();
    const heavy = new Map();
    found.forEach((one, at) => one.ids.forEach((id) => {
      const behind = id >= residents;
      const own = group[0].includes(group[at]);
      const place = behind && !own ? 0 : Math.min(2, one.places.get(id));
      pages.set(id, Math.max(place, pages.get(id) || 0));
      const typed = own && place === 2 && !behind ? upcoming[1] * STEPS + 1 : at ? 0 : 1;
      heavy.set(id, Math.max(weights[place] * STEPS + typed - (behind ? BEHIND : 0), heavy.get(id) || 0));
    }));
    return { words: group, residents, pages, heavy, found, sure: found.every((one) => one.exact) };
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

  /* Whether a group is what is looked for, and the table of words knows it. */
  const isTabled = ({ words: own, role }) => own.length > 1 && role === 'named';

  /* Whether a group names persons. */
  const isPersons = (all, { words: own }) => own.length > 1 && own.some((one) => all.whom.includes(one));

  /* Behind how many pages those are that weigh less; none if an office is named, or what is for offices. */
  function residentsOf(all, { filters, groups }) {
    const [count, kinds] = all.residents;
    const units = [].concat(...all.alike.slice(all.tabled)).map((pair) => pair[0]);
    const named = [].concat(...groups, ...filters.map((one) => (one[1].facet === 'kind' ? one[1].keys : [])));
    return named.some((one) => units.includes(one) || kinds.includes(one)) ? Infinity : count;
  }

  /* What a group says about the others: what is `asked` about something need not stand where that is named in the title, and `light` is what is
     said of most pages; `whom` tells whom it is for; all else is `named`. */
  function giveRoles(all, groups) {
    groups.forEach((group) => {
      const [typed] = group.words;
      group.role = all.asked.includes(typed) ? 'asked' : all.light.includes(typed) ? 'light' : isPersons(all, group) ? 'whom' : 'named';
    });
    const table = groups.some(isTabled);
    groups.forEach((group) => { group.counts = group.role === 'named' || (group.role !== 'asked' && !table); });
  }

  /* Whether a page may have a group, or is not asked for it. */
  const named = (groups, id) => groups.some((group) => group.counts && group.pages.get(id) === 2);
  const fits = (groups, group, id) => group.pages.has(id) || (group.role === 'asked' && named(groups, id));

  /* The pages that have the names of the places in which an office is looked for: one that has its place in its title is that of this place,
     not one below. */
  async function places(filters, residents) {
    const regions = filters.filter((one) => one[1].facet === 'region' && residents === Infinity);
    const names = regions.map((one) => core.parse(one[1].label.split(/[（(]/)[0].trim()));
    return (await Promise.all(names.map(core.candidates))).map((found) => found.places || new Map());
  }

  /* The pages that have all parts, those first in which the groups stand in the best places, on average; those that are `near` weigh more. */
  function meant(groups, filters, near) {
    const { upcoming, weights } = core.head();
    const counted = groups.filter((group) => group.counts);
    const rarest = counted.length && counted.reduce((one, other) => (other.pages.size < one.pages.size ? other : one));
    const some = counted.length ? counted : groups;
    const weigh = (id) => {
      const all = some.reduce((sum, group) => sum + (group.heavy.get(id) || 0) + (group === rarest && group.pages.get(id) === 2 ? RAREST : 0), 0);
      const place = near.some((one) => one.get(id) === 2) ? weights[1] * STEPS : 0;
      return Math.floor(all / (some.length || 1)) + place + (id < upcoming[0] ? upcoming[1] * STEPS : 0);
    };
    const needed = groups.find((group) => group.role !== 'asked') || groups[0];
    const ids = needed ? [...needed.pages.keys()] : everyPage();
    const found = ids.filter((id) => filters.every((filter) => filter.has(id)) && groups.every((group) => fits(groups, group, id)));
    return found.map((id) => [weigh(id), id]).sort((a, b) => b[0] - a[0] || a[1] - b[1]).map((one) => one[1]);
  }

  /* Takes from pages what a word weighs in their titles that is not there, though all its keys are; says whether there was any. */
  async function corrected(groups, ids) {
    const doubtful = groups.filter((group) => group.counts && !group.found[0].exact);
    if (!doubtful.length) return false;
    const titles = await Promise.all(ids.map((id) => core.record(id).then(({ title }) => core.fold(title).folded)));
    const { weights } = core.head();
    let any = false;
    doubtful.forEach(({ found: [typed, ...others], heavy, residents }) => ids.forEach((id, at) => {
      if (!typed.places || !(typed.places.get(id) > 1) || typed.terms.every((term) => titles[at].includes(term))) return;
      const places = others.filter((one) => one.places && one.places.has(id)).map((one) => weights[id < residents ? Math.min(2, one.places.get(id)) : 0] * STEPS);
      heavy.set(id, Math.max(id < residents ? 1 : 0, ...places));
      any = true;
    }));
    return any;
  }

  /* The pages that have most parts, those with the rarest first, and how many parts these are. */
  async function partly(parts, groups, filters) {
    const length = (group) => group.words[0].length;
    const table = groups.some(isTabled);
    const tabled = (group) => group.words.length > 1 && !(group.role === 'whom' && table);
    const several = groups.filter((group) => length(group) > 1);
    if (parts.filters.length + groups.length < 2 || !(filters.length || groups.some(tabled) || several.length > 1)) return { ids: [], most: 0 };
    const asked = ({ role }) => role === 'asked' || role === 'light';
    const only = groups.every(asked);
    const long = several.filter((group) => only || !asked(group));
    // A page that does not hold what its keys promise must not be counted: there are few parts, and few pages of the rarest.
    const lists = await Promise.all(long.map(async (group) => {
      const ids = [...group.pages.keys()];
      const rank = tabled(group) ? 0 : 1;
      if (group.sure || ids.length > 60) return { ids, rank, heavy: group.heavy };
      const held = await Promise.all(ids.map((id) => termsOn([group], id)));
      return { ids: ids.filter((_, at) => held[at]), rank, heavy: group.heavy };
    }));
    filters.filter((filter) => filter.facet !== 'kind').forEach((filter) => lists.push({ ids: everyPage().filter(filter.has), rank: 2, heavy: new Map() }));
    // What was asked for before where and when; of that first what the table of words knows.
    const there = lists.filter((list) => list.ids.length).sort((a, b) => a.rank - b.rank || a.ids.length - b.ids.length);
    const held = new Map();
    const weighed = new Map();
    there.forEach((list, at) => list.ids.forEach((id) => {
      held.set(id, (held.get(id) || []).concat(at));
      weighed.set(id, (weighed.get(id) || 0) + (list.heavy.get(id) || 0));
    }));
    // Of a long question the words of the table say what it is about; most of these come before most of all. A page that has them in its title
    // is about them, while a further piece may stand anywhere by chance.
    const title = core.head().weights[2] * STEPS;
    const titled = (id, at) => !there[at].rank && there[at].heavy.get(id) >= title;
    const fitting = ([id, all]) => all.filter((at) => !there[at].rank).length * 1e6 + all.filter((at) => titled(id, at)).length * 1e3 + all.length;
    const fit = Math.max(0, ...[...held].map(fitting));
    const best = [...held].filter((one) => fitting(one) === fit);
    const order = (a, b) => { const at = a.findIndex((one, n) => one !== b[n]); return at < 0 ? 0 : a[at] - b[at]; };
    const ids = best.sort((a, b) => order(a[1], b[1]) || weighed.get(b[0]) - weighed.get(a[0]) || a[0] - b[0]).slice(0, PARTLY).map((one) => one[0]);
    return { ids, most: fit % 1e3 };
  }

  /* Of each group the word that a page surely holds; null if of one it holds none, where all are `needed`. */
  async function termsOn(groups, id, needed = true) {
    const terms = [];
    for (const { found, role } of groups) {
      let held = null;
      for (const one of found.filter((other) => other.places && other.places.has(id))) {
        if (!held && (one.exact || await core.result(one, id).catch(() => null))) held = one.terms;
      }
      if (held) terms.push(...held); else if (needed && !(role === 'asked' && named(groups, id))) return null;
    }
    return terms;
  }

  /* ── Slips ───────────────────────────────────────────────────────────────────────────────────────────────────────────── */

  /* Queries with one piece replaced by a word of pages, each with that word. */
  async function slips(search, { groups, dropped }) {
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
    const plain = groups.filter((group) => group.length === 1).map((group) => group[0]);
    const whole = search.terms.filter((term) => plain.some((piece) => term.includes(piece)));
    const likely = (typed, known) => {
      const all = data.words.map((word, rank) => slip(typed, word, rank)).filter((one) => one && !(known && one.score[1] === 1));
      return all.sort(({ score: a }, { score: b }) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]).slice(0, OFFERED);
    };
    // A query that is on no page is offered as the word alone, which is, unless more was typed around it.
    const offer = ({ part, word, score }) => {
      const query = search.terms.join(' ').replace(part, () => word);
      // Nobody meant to write a word twice.
      if (found.length < OFFERED && !found.some((one) => one[0] === query) && !search.terms.some((term) => term.includes(word))) found.push(score[0] > 1 ? [query] : [query, word]);
    };
    // A character that was dropped beside a word may be heard as part of another one.
    const left = (term) => !whole.includes(term) && dropped.some((one) => one.length === 1 && term.includes(one));
    search.terms.filter(left).forEach((typed) => likely(typed, true).filter(({ part, word }) => part === typed && word.length === typed.length).forEach(offer));
    // Beside a known part one wrong character would be any word with that part.
    whole.concat(plain).forEach((typed) => likely(typed, !plain.includes(typed)).forEach(offer));
    return found;
  }

  /* ── What the reader sees ──────────────────────────────────────────────────────────────────────────────────────────────── */

  const isKind = (one) => one[1].facet === 'kind';
  const isWhom = (all, [typed, { facet }]) => facet !== 'kind' && BROAD.includes(facet) && !isNumber(all, typed[0]) && ![...typed].some((c) => all.age.includes(c));

  /* Readings of a query, the closest first, each a step: its filters and groups, and what does not count. Of a question looser ones, without what
     no table knows, without whom or which topic it names, and without both. The words of kinds are read as they were typed, then not at all: who asks when the learning week begins finds news of it; who asks for activities of tomorrow is served with a course. */
  async function readings(all, parts, groups) {
    const { filters, dropped, question } = parts;
    const first = { filters, groups, dropped, step: 'first' };
    const list = [first];
    if (question) {
      const typed = (group) => group.words[0];
      const left = groups.filter((group) => group.words.length < 2);
      const persons = groups.filter((group) => isPersons(all, group));
      const whom = filters.filter((one) => isWhom(all, one));
      const plain = (one) => Object.assign({}, one, { groups: one.groups.filter((group) => !left.includes(group)), dropped: one.dropped.concat(left.map(typed)), step: 'looser' });
      const anybody = Object.assign({}, first, { filters: filters.filter((one) => !whom.includes(one)), groups: groups.filter((group) => !persons.includes(group)), dropped: dropped.concat(whom.map((one) => one[0]), persons.map(typed)), step: 'looser' });
      const less = whom.length + persons.length > 0;
      const looser = (left.length ? [plain(first)] : []).concat(less ? [anybody] : [], left.length && less ? [plain(anybody)] : []);
      list.push(...looser.filter((one) => one.groups.length));
    }
    const kinds = filters.filter(isKind).map((one) => one[0]);
    if (kinds.length && filters.length + groups.length > kinds.length) {
      const others = filters.filter((one) => !isKind(one));
      const said = async () => Promise.all(kinds.map((word) => holding([word], residentsOf(all, { filters: others, groups: parts.groups.concat(kinds.map((kind) => [kind])) }))));
      list.push({ filters: others, groups, dropped, said, step: 'said' });
      list.push({ filters: others, groups, dropped: dropped.concat(kinds), step: 'any' });
    }
    return list;
  }

  /* How much of what is looked for stands where a page says what it is about, which what is for offices does not: 2 if something stands in its title, 1 if all stands in headings. */
  function about(groups, id) {
    const counted = groups.filter((group) => group.counts);
    const places = (counted.length ? counted : groups).map((group) => group.pages.get(id));
    if (groups.some(({ residents }) => id >= residents)) return 0;
    if (!places.length || places.some((place) => place >= 2)) return 2;
    return places.every((place) => place >= 1) ? 1 : 0;
  }

  /* Finds what holds all parts, or all of a looser reading: where nothing does, and of a question where what was found is about nothing that it
     names. What is found, and its reading, is put into the answer. */
  async function mean(all, answer, exact) {
    const { parts } = answer;
    if (!parts.other || parts.torn || !(parts.filters.length + parts.groups.length)) return;
    const bare = !answer.groups.some(isTabled);
    let best = -1;
    for (const reading of await readings(all, parts, answer.groups)) {
      const { step, said, filters, dropped } = reading;
      const more = best >= 0;
      if (more && (!parts.question || best === 2)) break;
      if ((step === 'looser' && !more) || (step === 'any' && more && !bare)) continue;
      const behind = residentsOf(all, { filters, groups: reading.groups.map((group) => group.words) });
      const words = said ? await said() : [];
      const groups = await Promise.all(reading.groups.concat(words).map((group) => (group.residents === behind ? Object.assign({}, group) : holding(group.words, behind))));
      giveRoles(all, groups);
      const has = filters.length ? await kept(filters) : [];
      const near = await places(filters, behind);
      const found = () => {
        const ids = meant(groups, has, near).filter((id) => !exact.includes(id));
        // What only says the word of a kind somewhere is not about it.
        return step === 'said' && !more ? ids.filter((id) => groups.slice(reading.groups.length).every((group) => group.pages.get(id) === 2)) : ids;
      };
      let ids = found();
      if (await corrected(groups, ids.slice(0, ROWS))) ids = found();
      // Before it is said that something was found, a page must hold it.
      while (ids.length && !await termsOn(groups, ids[0])) ids.shift();
      if (!ids.length) continue;
      const place = about(groups.slice(0, reading.groups.length), ids[0]);
      if (place <= best || (step === 'looser' && place < 1) || (step === 'said' && more && place < 1)) continue;
      best = place;
      Object.assign(answer, { ids, groups, parts: Object.assign({}, parts, { filters, dropped, groups: groups.map((group) => group.words) }) });
      if (step !== 'first' && !more) break;
    }
  }

  /* The answer to a search of which the exact results are all known: `exact` are their pages. */
  async function understand(search, exact) {
    const all = await lexicon();
    let parts = await partsOf(all, search.terms);
    let spelt = [];
    if (!exact.length) {
      if (!parts.other) spelt = await core.more().then((more) => more.read(search.terms, all.spoken));
      if (!spelt.length) spelt = lettered(all, search.terms);
    }
    if (spelt.length) parts = Object.assign(await partsOf(all, spelt), { other: true });
    const typed = { groups: parts.groups, dropped: parts.dropped.slice() };
    if (!exact.length) parts.groups = await known(all, parts);
    const residents = residentsOf(all, parts);
    const groups = await Promise.all(parts.groups.map((group) => holding(group, residents)));
    giveRoles(all, groups);
    const answer = { parts, spelt, groups, ids: [], partly: [], most: 0, slips: [], counts: [] };
    await mean(all, answer, exact);
    if (!exact.length) {
      if (!answer.ids.length) {
        const part = await partly(parts, groups, parts.filters.length ? await kept(parts.filters) : []);
        answer.partly = part.ids;
        answer.most = part.most;
      }
      for (const likely of spelt.length ? [] : await slips(search, typed)) {
        for (const one of likely) {
          const count = await counted(await core.candidates(core.parse(one)));
          if (count && !answer.slips.includes(one)) {
            answer.slips.push(one);
            answer.counts.push(count);
          }
          if (count) break;
        }
      }
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

  /* A list of pages; `needed` if each must hold all groups; `from` is the first day that is
     asked for; `count` is told how many are shown, and whether these are all. */
  async function listed(place, { groups, needed, from }, ids, count) {
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
          return found && core.row(found, terms, from);
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

  /* How many pages surely hold a query: all, or of those first that are looked at; 0 if none of these does. */
  async function counted(found) {
    if (found.exact) return found.ids.length;
    const held = await Promise.all(found.ids.slice(0, SURE).map((id) => core.result(found, id).catch(() => null)));
    const sure = held.filter(Boolean).length;
    return found.ids.length <= SURE || !sure ? sure : core.say('some', sure);
  }

  /* The first of the days that a query names, if it names any. */
  const firstDay = ({ filters }) => filters.filter((one) => one[1].facet === 'day').map((one) => one[1].keys[0]).sort()[0];

  /* Shows what a search finds by what it means, after `total` pages that it found exactly, and says so. */
  async function show(search, place, total) {
    const count = await found(search, place);
    if (!core.isCurrent(search)) return;
    const { dataset } = core.page;
    const status = core.page.querySelector('[role=status]');
    dataset.understood = 'done';
    dataset.further = count;
    if (count) status.textContent = (total ? status.textContent : core.say('noexact')) + ' ' + place.querySelector('h2').textContent;
  }

  /* Appends to `place` what a search finds by what it means, and returns how many pages. */
  async function found(search, place) {
    const answer = await understand(search, search.all);
    if (!core.isCurrent(search)) return 0;
    const { parts, groups, ids, spelt } = answer;
    answer.slips.forEach((query, at) => {
      const link = core.make('a', 'slip', core.say('slip', query) + ' ' + answer.counts[at]);
      link.href = core.address(query, '', {});
      place.append(core.make('p', 'meaning-note'));
      place.lastChild.append(link);
    });
    if (spelt.length) place.append(line('spelt', spelt.join(' ')));
    if (ids.length) {
      const sure = groups.every((group) => group.sure);
      const heading = core.make('h2', '', core.say('meantcount', ids.length));
      place.append(heading, ...notes(parts));
      // What is not verified yet is not counted.
      const count = (shown, over) => { if (!sure) heading.textContent = core.say(over ? 'meantcount' : 'meantleast', shown); };
      if (!sure) heading.textContent = core.say('loading');
      await listed(place, { groups, needed: true, from: firstDay(parts) }, ids, count);
    } else if (answer.partly.length) {
      const all = parts.filters.map((one) => one[0]).concat(parts.groups.map((group) => group[0]));
      place.append(core.make('h2', '', core.say('partly', all.join(core.say('comma'))) + core.say('partof', answer.most)));
      await listed(place, { groups, needed: false, from: firstDay(parts) }, answer.partly);
    }
    return ids.length;
  }

  return { show, understand };
});
