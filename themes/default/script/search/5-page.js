/* The page of results. `current` is the search that is shown. One that is no longer current changes nothing on the page. */

if (!page) return;
const [status, list, end, meant, more, offers, filters] = ['[role=status]', '.results', '.results-end', '.meaning', '.more', '.offers', '.filters'].map((name) => page.querySelector(name));
let current, shownAddress;
const plainTitle = document.title;
const moreWords = more.textContent;
page.dataset.ready = '';

/* Answers what the address asks; `anew` with a head fetched past the cache. A search has what `query` returns, and:
   `asked`; `all` candidates, `ids` those that pass the facets; `next`, how many of these were read; of them `shown`, `wrong` (they do not
   hold the query) and `unread` (they could not be read); `limit`, how many are shown before the reader asks for more; `paused` if too many were wrong, of which `pardoned` were asked for; `reach`, how far
   what is shown and the room for more go, in px from the top of the list; `rows`, what is shown; `items`, their elements; `gone`, pages that do not hold it; `things`, the first row of each. */
async function start(anew) {
  const search = current = { shown: 0, reach: 0, next: 0, wrong: 0, pardoned: 0, left: [], limit: 10, unread: 0, ids: [], all: [], asked: asked(), rows: [], gone: [], items: new Map(), things: new Map() };
  const kept = history.state;
  const { q, sort, chosen } = search.asked;
  const narrowed = () => sort || Object.keys(chosen).length;
  const begun = () => {
    const some = q.trim() || Object.keys(chosen).length;
    document.documentElement.classList.toggle('asked', some);
    state(some ? 'loading' : 'idle', some ? say('loading') : '');
    return some;
  };
  shownAddress = location.search;
  list.textContent = offers.textContent = meant.textContent = end.style.height = '';
  more.hidden = filters.hidden = true;
  input.value = q;
  document.title = (q.trim() ? q.trim().slice(0, LONGEST) + ' - ' : '') + plainTitle;
  page.dataset.total = page.dataset.further = 0;
  page.dataset.understood = '';
  if (!begun()) return;
  try {
    await begin(anew);
    if (search !== current) return;
    // Others may have added to the address what is no facet.
    Object.keys(chosen).forEach((name) => { if (!head.facets.some((facet) => facet[0] === name)) delete chosen[name]; });
    if (!begun()) return;
    const cut = [...q].slice(0, LONGEST).join('');
    search.cut = cut.length < q.length;
    search.words = cut;
    if (q.trim() && !parse(cut).length) { state('done', say('nothing')); return; }
    Object.assign(search, q.trim() ? await query(cut) : { ids: [...Array(head.pages).keys()], exact: true, terms: [] });
    search.all = search.ids;
    if (narrowed()) search.ids = await (await secondScript()).choose(search.all, chosen, sort);
    if (search !== current) return;
    filters.hidden = !search.all.length;
    filters.open = filters.open || narrowed();
    const back = kept && kept.generation === head.generation && await secondScript().catch(() => {});
    if (back) await back.restore(search, kept);
    await facets(search);
    await fill(search);
    if (back && search === current) await back.settle(search, kept);
    if (search !== current) return;
    search.settled = true;
    remember();
    setTimeout(quoteTitles, 300, search);
  } catch (_) {
    if (search !== current) return;
    if (anew) broken(); else start(true);
  }
}

/* What the address asks for: words, order, facets. */
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

function state(name, words) {
  page.dataset.state = name;
  page.setAttribute('aria-busy', name === 'loading');
  if (words !== undefined && status.textContent !== words) status.textContent = words;
}

async function facets(search) {
  if (filters.open && search === current) (await secondScript()).facets(search);
}

/* Pages that are read in vain, where some hold the query, before the reader is asked whether to go on. */
const VAIN = 12;

/* Shows results until the window is full. Where the index is exact they are shown with their summaries at once, and with excerpts later. */
async function fill(search) {
  if (search.busy || search.paused || search !== current) return;
  search.busy = true;
  state('loading');
  await styled();
  for (let some; (some = room(search)) > 0;) {
    const left = VAIN - search.wrong + search.pardoned;
    if (!search.exact && search.shown) {
      search.paused = left <= 0;
      if (search.paused) break;
      some = Math.min(some, left);
    }
    // A file of the index that is gone (its name is thrown, a text) is of a former portal: the search begins again with the newer one.
    const read = (id) => (search.exact ? record(id) : verify(search, id)).catch((error) => { if (error.trim) throw error; });
    const ids = search.ids.slice(search.next, search.next + some);
    const rows = await Promise.all(ids.map(read));
    if (search !== current) return;
    const unread = rows.filter((found) => found === undefined).length;
    // A page that cannot be read hides no other; if none can, it is the net.
    if (unread === some) { search.busy = false; throw new Error('net'); }
    ids.forEach((id, at) => { if (rows[at] === null) refuse(search, id); });
    search.unread += unread;
    search.next += some;
    // Where pages do not hold the query, further keys cost less than further pages.
    if (search.wrong > 2 && search.left.length) {
      await narrow(search);
      await facets(search);
    }
    if (search !== current) return;
    const quoted = closest(search, rows.filter(Boolean)).map((found) => {
      append(search, found);
      return search.exact && quote(search, found);
    });
    reserve(search);
    await Promise.all(quoted);
    if (search !== current) return;
    reserve(search);
    if (!search.shown) state('loading', say('checking', search.next + '/' + search.ids.length));
  }
  search.busy = false;
  await finish(search);
}

/* Settles when the stylesheet is there: before it nothing has its height, and this script may run first. */
function styled() {
  return new Promise((settle) => {
    const style = document.querySelector('link[rel=stylesheet]');
    if (!style || style.sheet) settle(); else style.onload = style.onerror = settle;
  });
}

/* Keeps room for the results that come while the reader scrolls: more than they are likely to take. What follows does not move while it is in
   sight, nor where the reader may have scrolled to before it is drawn: if less is taken, the rest of the room goes later. */
function reserve(search) {
  const rest = Math.min(search.limit - search.shown, search.ids.length - search.next);
  const { top } = list.getBoundingClientRect();
  const held = end.getBoundingClientRect().top - top;
  const wanted = held + Math.max(rest, 0) * heightOf(search) * 1.2;
  search.reach = Math.max(wanted, Math.min(search.reach, 2 * window.innerHeight - top));
  end.style.height = search.reach - held + 'px';
}

/* How high the rows are that are shown, in px; a guess before there are any. */
function heightOf(search) {
  return list.offsetHeight / search.shown || 150;
}

/* How many more results to read: as many as fit into the window, or into two once the reader has scrolled; three in any case, because
   open facets may fill the window. */
function room(search) {
  const free = window.innerHeight * (window.scrollY ? 2 : 1) - list.getBoundingClientRect().bottom;
  const some = Math.max(Math.round(free / heightOf(search)), 3 - search.shown);
  // As many more as were in vain.
  return Math.min(some > 0 && some + search.wrong, search.limit - search.shown, search.ids.length - search.next);
}

/* Results that were verified together, weigh alike and are of one day: those first in which the terms stand closest and most often. */
function closest(search, rows) {
  if (search.exact || search.asked.sort) return rows;
  const rank = ({ id, day }) => standing(search.places, id) + day;
  const ranks = rows.map(rank);
  return rows.sort((one, other) => ranks.indexOf(rank(one)) - ranks.indexOf(rank(other)) || other.close - one.close || one.id - other.id);
}

function append(search, found) {
  search.shown += 1;
  search.rows.push(found);
  search.items.set(found, put(list, search.things, found, search.terms));
}

/* Where little was found exactly, what the query means is looked for, once. What is found is said after what was found exactly. */
async function understood(search, total) {
  if (search.understood || total >= FEW || !search.terms.length || search.asked.sort || Object.keys(search.asked.chosen).length) return;
  search.understood = true;
  page.dataset.understood = 'loading';
  await (await meaning()).show(search, meant, total);
}

/* Replaces the summary of a row by an excerpt, or takes the row away if its page does not hold the query. */
async function quote(search, shown, titled) {
  const item = search.items.get(shown);
  const found = search.terms.length ? await verify(search, shown.id, titled).catch(() => ({})) : {};
  if (!found) {
    refuse(search, shown.id);
    search.shown -= 1;
    search.rows = search.rows.filter((other) => other !== shown);
    item.remove();
  } else if (found.excerpt) {
    shown.excerpt = found.excerpt;
    item.querySelector('.excerpt').replaceWith(marked(make('p', 'excerpt'), found.excerpt, search.terms));
  }
}

/* Rows in sight whose titles hold the query get an excerpt as well, one after the other, when all else is there: the reader can choose
   already, and their pages may not be worth the bytes. */
async function quoteTitles(search) {
  if (search.quoting || search !== current) return;
  search.quoting = true;
  for (const shown of search.rows) {
    if (search !== current) return;
    const { top, bottom } = search.items.get(shown).getBoundingClientRect();
    if (shown.excerpt === undefined && !shown.tried && bottom > top && bottom > 0 && top < window.innerHeight) {
      shown.tried = true;
      await quote(search, shown, true);
    }
  }
  search.quoting = false;
}

/* A page that does not hold the query. */
function refuse(search, id) {
  search.wrong += 1;
  search.gone.push(id);
  search.all = search.all.filter((other) => other !== id);
}

async function finish(search) {
  const over = search.next >= search.ids.length;
  const total = search.ids.length - search.next + search.shown + search.unread;
  page.dataset.total = total;
  more.hidden = over || (search.shown < search.limit && !search.paused);
  more.textContent = search.paused ? say('goon') : moreWords;
  reserve(search);
  // All are verified, so facets can count them; but not while the reader is in them.
  if (over && !search.exact && !filters.lastElementChild.contains(document.activeElement)) await facets(search);
  offers.textContent = '';
  let ways = [];
  if (!total) {
    // A key that was never fetched may hold a character that is on no page, and folds to another.
    const other = (search.left.length || search.missing) && await learnFor(search.words);
    ways = other ? [] : await secondScript().then((more) => more.offer(search)).catch(() => []);
    if (search !== current) return;
    if (other) { start(); return; }
  }
  // What is not verified yet is not counted, so that no number shrinks.
  const sure = (over || search.exact) && !search.unread;
  const said = sure ? say('found', total) : search.shown ? say('least', search.shown) : say('unread', search.unread);
  state('done', (search.cut ? say('long', LONGEST) : '') + (total ? said : say('none')));
  // Without it the page is what it was.
  if (over && !search.unread) await understood(search, total).catch(() => { page.dataset.understood = 'done'; });
  if (search !== current) return;
  // What was understood stands above them.
  offers.append(...ways);
  reserve(search);
  remember();
}

/* Goes on where there is room again. */
function proceed() {
  const search = current;
  if (page.dataset.state !== 'done') return;
  reserve(search);
  if (room(search) > 0) fill(search).catch(() => recover(search));
}

/* Midway the net may be gone, or the portal may be a newer one: only then the search is started again; otherwise what is shown stays. */
async function recover(search) {
  const before = head.generation;
  await begin(true).catch(() => {});
  if (search !== current) return;
  if (head.generation === before) broken(); else start();
}

function broken() {
  state('error', say('error') + ' ');
  const retry = make('button', 'button', say('retry'));
  retry.onclick = () => start(true);
  status.append(retry);
}

/* ── The way back ──────────────────────────────────────────────────────────────────────────────────────────────────────
   An entry of the history keeps what its page showed and where, for browsers that do not keep pages: the rows are put back as they were,
   without reading anything anew. */

const REMEMBERED = 300;
let settling = 0;

function remember() {
  if (!current.settled || location.search !== shownAddress) return;
  const { rows, gone, limit } = current;
  const further = meant.querySelectorAll('.result').length;
  const kept = { generation: head.generation, rows: rows.slice(0, REMEMBERED), gone, limit, further, y: window.scrollY };
  try { history.replaceState(kept, ''); } catch (_) { /* Too often, or too much: the way back leads to the top. */ }
}

/* Searches for what an address says: an entry of the history, if it is another one. */
function visit(to) {
  const { q, sort, chosen } = asked();
  if (to !== address(q, sort, chosen)) {
    remember();
    history.pushState(null, '', to);
  } else history.replaceState(null, '');
  // Its results begin at the top, where only so many are read as are in sight.
  window.scrollTo(0, 0);
  start();
}

history.scrollRestoration = 'manual';
addEventListener('pagehide', remember);
document.addEventListener('click', remember, true);
addEventListener('scroll', () => {
  clearTimeout(settling);
  settling = setTimeout(() => { remember(); quoteTitles(current); }, 200);
});

filters.ontoggle = () => facets(current).catch(broken);
more.onclick = () => {
  if (current.paused) Object.assign(current, { paused: false, pardoned: current.wrong }); else current.limit += 20;
  proceed();
};
addEventListener('scroll', proceed);
addEventListener('resize', proceed);
addEventListener('popstate', () => { if (location.search !== shownAddress) start(); });
box.addEventListener('submit', (event) => {
  event.preventDefault();
  close();
  visit(address([...input.value].slice(0, LONGEST + 1).join(''), asked().sort, {}));
});
start();
