/* What the reader sees: suggestions below the search box of every page, and the page of results. */

/* In a frame that a search from a disk opened: sends this page. */
if (onDisk && location.hash === '#words' && window.parent !== window) {
  window.parent.postMessage(document.documentElement.outerHTML, '*');
  return;
}

const input = box.elements.q;
const page = document.querySelector('#search');

/* Facets, other orders and pinyin are a second script, and what a query means a third; each is fetched when it is wanted. This is what they
   use; so do programs that ask as the page does. */
const core = window.shuyuan.core = {
  root, begin, load, reader, make, page, say, address, start, broken, query, parse, record, result: verify, pagesOf, head: () => head,
  candidates, row, more: secondScript, meaning, isCurrent: (search) => search === current,
};
const secondScripts = {};

function secondScript() {
  return once(secondScripts, 'more', () => runScript(box.dataset.more).then(() => received.more[2](core)));
}

function meaning() {
  return once(secondScripts, 'meaning', () => runScript(page.dataset.meaning).then(() => received.meaning[2](core)));
}

/* A word of the interface, from the page of results, with a number or a text in it. */
function say(key, n) {
  return (page.dataset[key] || '{n}').replace('{n}', () => n);
}

function make(tag, name, words) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (words) element.textContent = words;
  return element;
}

/* ── Suggestions ───────────────────────────────────────────────────────────────────────────────────────────────────────
   Only for Latin letters, and not while an input method composes. */

let typing = 0;
const hints = make('ul', 'suggestions');
box.append(hints);
input.addEventListener('focus', () => begin().catch(() => {}));
input.addEventListener('input', (event) => {
  clearHints();
  const typed = input.value.toLowerCase().replace(/[ ']/g, '');
  if (event.isComposing || !/^[a-z]{2,24}$/.test(typed)) return;
  // Without suggestions the box works all the same.
  const own = typing = setTimeout(() => begin().then(secondScript).then((more) => more.suggest(typed)).then((items) => {
    if (own === typing) hints.append(...items);
  }).catch(() => {}), 150);
});

/* Takes suggestions away, and those that are on their way. */
function clearHints() {
  clearTimeout(typing);
  typing = 0;
  hints.textContent = '';
}

/* ── The page of results ───────────────────────────────────────────────────────────────────────────────────────────────
   `current` is the search that is shown. One that is no longer current changes nothing on the page. */

if (!page) return;
const [status, list, end, meant, more, offers, filters] = ['[role=status]', '.results', '.results-end', '.meaning', '.more', '.offers', '.filters'].map((name) => page.querySelector(name));
let current, shownAddress;
const plainTitle = document.title;

/* Answers what the address asks; `anew` with a head fetched past the cache. A search has what `query` returns, and:
   `asked`; `all` candidates, `ids` those that pass the facets; `next`, how many of these were read; of them `shown`, `wrong` (they do not
   hold the query) and `unread` (they could not be read); `limit`, how many are shown before the reader asks for more. */
async function start(anew) {
  const search = current = { shown: 0, next: 0, wrong: 0, left: [], limit: 10, unread: 0, ids: [], all: [], asked: asked() };
  const { q, sort, chosen } = search.asked;
  const narrowed = () => sort || Object.keys(chosen).length;
  const begun = () => {
    const some = q.trim() || Object.keys(chosen).length;
    document.documentElement.classList.toggle('asked', some);
    state(some ? 'loading' : 'idle', some ? say('loading') : '');
    return some;
  };
  shownAddress = location.search;
  list.textContent = offers.textContent = meant.textContent = '';
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
    await facets(search);
    await fill(search);
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

/* Shows results until the window is full. Where the index is exact they are shown with their summaries at once, and with excerpts later. */
async function fill(search) {
  if (search.busy || search !== current) return;
  search.busy = true;
  state('loading');
  await styled();
  for (let some; (some = room(search)) > 0;) {
    // A file of the index that is gone (its name is thrown, a text) is of a former portal: the search begins again with the newer one.
    const read = (id) => (search.exact ? record(id) : verify(search, id)).catch((error) => { if (error.trim) throw error; });
    const ids = search.ids.slice(search.next, search.next + some);
    const rows = await Promise.all(ids.map(read));
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
    await Promise.all(closest(search, rows.filter(Boolean)).map((found) => {
      search.shown += 1;
      const item = list.appendChild(row(found, search.terms));
      return search.exact && quote(search, item, found);
    }));
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

/* Keeps room for the results that come while the reader scrolls, so that what follows them does not move. */
function reserve(search) {
  const rest = Math.min(search.limit - search.shown, search.ids.length - search.next);
  end.style.height = Math.max(rest, 0) * (list.offsetHeight / search.shown || 150) + 'px';
}

/* How many more results to read: as many as fit into the window, or into two once the reader has scrolled; three in any case, because
   open facets may fill the window. */
function room(search) {
  const height = list.offsetHeight / search.shown || 150;
  const free = window.innerHeight * (window.scrollY ? 2 : 1) - end.getBoundingClientRect().top;
  const some = Math.max(Math.round(free / height), 3 - search.shown);
  // As many more as were in vain.
  return Math.min(some > 0 && some + search.wrong, search.limit - search.shown, search.ids.length - search.next);
}

/* Results that were verified together, weigh alike and are of one day: those first in which the terms stand closest and most often. */
function closest(search, rows) {
  if (search.exact || search.asked.sort) return rows;
  const rank = ({ id, day }) => weigh(search.places.get(id), id) + day;
  const ranks = rows.map(rank);
  return rows.sort((one, other) => ranks.indexOf(rank(one)) - ranks.indexOf(rank(other)) || other.close - one.close || one.id - other.id);
}

function row(found, terms) {
  const item = make('li', 'result');
  const link = marked(make('a', 'result-title'), found.title, terms);
  link.href = root + encodeURI(found.address);
  const facts = [found.kind, found.day.replace(/(\d+)-0?(\d+)-0?(\d+)/, say('day')), found.over && say('over')].filter(Boolean).join('　');
  item.append(link, make('p', 'result-facts', facts), marked(make('p', 'excerpt'), found.excerpt || found.summary, terms));
  return item;
}

/* Appends a text with its hits marked. */
function marked(element, words, terms) {
  const folded = fold(words);
  let done = 0;
  hits(folded.folded, terms).forEach((hit) => {
    const from = folded.at[hit.at];
    const to = folded.ends[hit.end - 1];
    if (from < done) return;
    element.append(words.slice(done, from), make('mark', '', words.slice(from, to)));
    done = to;
  });
  element.append(words.slice(done));
  return element;
}

/* Where little was found exactly, what the query means is looked for, once. What is found is said after what was found exactly. */
async function understood(search, total) {
  if (search.understood || total >= FEW || !search.terms.length || search.asked.sort || Object.keys(search.asked.chosen).length) return;
  search.understood = true;
  page.dataset.understood = 'loading';
  const more = await meaning();
  const count = await more.show(search, search.all, meant);
  if (search !== current) return;
  page.dataset.understood = 'done';
  page.dataset.further = count;
  if (count) status.textContent = (total ? status.textContent : say('noexact')) + ' ' + meant.querySelector('h2').textContent;
}

/* Replaces the summary of a row by an excerpt, or takes the row away if its page does not hold the query. */
async function quote(search, item, { id }) {
  const found = await verify(search, id).catch(() => ({}));
  if (!found) {
    refuse(search, id);
    search.shown -= 1;
    item.remove();
  } else if (found.excerpt) {
    item.lastChild.replaceWith(marked(make('p', 'excerpt'), found.excerpt, search.terms));
  }
}

/* A page that does not hold the query. */
function refuse(search, id) {
  search.wrong += 1;
  search.all = search.all.filter((other) => other !== id);
}

async function finish(search) {
  const over = search.next >= search.ids.length;
  reserve(search);
  const total = search.ids.length - search.next + search.shown + search.unread;
  page.dataset.total = total;
  more.hidden = over || search.shown < search.limit;
  // All are verified, so facets can count them; but not while the reader is in them.
  if (over && !search.exact && !filters.lastElementChild.contains(document.activeElement)) await facets(search);
  offers.textContent = '';
  if (!total) {
    // A key that was never fetched may hold a character that is on no page, and folds to another.
    const other = (search.left.length || search.missing) && await learnFor(search.words);
    const items = other ? [] : await secondScript().then((more) => more.offer(search)).catch(() => []);
    if (search !== current) return;
    if (other) { start(); return; }
    offers.append(...items);
  }
  state('done', (search.cut ? say('long', LONGEST) : '') + (total ? say((over || search.exact) && !search.unread ? 'found' : 'about', total) : say('none')));
  // Without it the page is what it was.
  if (over && !search.unread) await understood(search, total).catch(() => { page.dataset.understood = 'done'; });
}

/* Goes on where there is room again. */
function proceed() {
  const search = current;
  if (page.dataset.state === 'done' && room(search) > 0) fill(search).catch(() => recover(search));
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

filters.ontoggle = () => facets(current).catch(broken);
more.onclick = () => { current.limit += 20; proceed(); };
addEventListener('scroll', proceed);
addEventListener('resize', proceed);
addEventListener('popstate', () => { if (location.search !== shownAddress) start(); });
box.addEventListener('submit', (event) => {
  event.preventDefault();
  clearHints();
  history.pushState(null, '', address([...input.value].slice(0, LONGEST + 1).join(''), asked().sort, {}));
  start();
});
start();
