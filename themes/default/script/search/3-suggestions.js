/* What every page with a search box has: the scripts that are fetched on use, and suggestions below the box. */

/* In a frame that a search from a disk opened: sends this page. */
if (onDisk && location.hash === '#words' && window.parent !== window) {
  window.parent.postMessage(document.documentElement.outerHTML, '*');
  return;
}

const input = box.elements.q;
const page = document.querySelector('#search');

/* Facets, other orders and suggestions are a second script, and what a query means a third; each is fetched when it is wanted. This is what
   they use; so do programs that ask as the page does. */
const core = window.shuyuan.core = {
  root, begin, load, reader, make, page, say, address, start, broken, query, parse, fold, record, result: verify, pagesOf, head: () => head,
  append, candidates, refuse, row, runScript, styled, more: secondScript, meaning, visit, isCurrent: (search) => search === current,
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
   The box is a combobox that controls a list of options (ARIA): arrow keys choose, Enter searches, Escape closes; the focus stays in the
   box. Nothing is suggested while an input method composes. */

let typing = 0;
/* Shows a list of suggestions; there from the first of them on (search-more.js). */
let offer;
[['role', 'combobox'], ['aria-autocomplete', 'list'], ['aria-haspopup', 'listbox'], ['aria-expanded', 'false']].forEach((pair) => input.setAttribute(...pair));

input.addEventListener('focus', () => begin().catch(() => {}));
input.addEventListener('blur', close);
input.addEventListener('input', (event) => { if (event.isComposing) close(); else propose(); });
input.addEventListener('compositionend', propose);
input.addEventListener('keydown', ({ key }) => { if (!offer && key === 'ArrowDown') propose(); });

/* Asks for suggestions when the typing pauses. Without them the box works all the same. */
function propose() {
  close();
  const words = input.value;
  if (!words.trim()) return;
  const own = typing = setTimeout(() => begin().then(secondScript).then((more) => {
    offer = offer || more.listbox(input, propose, close, search);
    return more.suggest(words);
  }).then((list) => { if (own === typing) offer(list); }).catch(() => {}), 200);
}

/* Takes suggestions away, and those that are on their way. */
function close() {
  clearTimeout(typing);
  typing = 0;
  if (offer) offer([]);
}

/* Searches for words: here, or on the page of results. */
function search(words) {
  close();
  input.value = words;
  if (page) visit(address(words, asked().sort, {}));
  else box.submit();
}
