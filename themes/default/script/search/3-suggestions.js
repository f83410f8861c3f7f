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
  candidates, row, more: secondScript, meaning, visit, isCurrent: (search) => search === current,
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
let chosen = -1;
const options = make('ul', 'suggestions');
const told = make('p', 'visually-hidden');
options.id = 'suggestions';
options.setAttribute('role', 'listbox');
options.setAttribute('aria-label', box.dataset.suggestions || '');
options.onmousedown = (event) => event.preventDefault();
told.setAttribute('role', 'status');
box.append(options, told);
[['role', 'combobox'], ['aria-autocomplete', 'list'], ['aria-haspopup', 'listbox'], ['aria-controls', options.id]].forEach((pair) => input.setAttribute(...pair));
offer([]);

input.addEventListener('focus', () => begin().catch(() => {}));
input.addEventListener('blur', close);
input.addEventListener('input', (event) => { if (event.isComposing) close(); else propose(); });
input.addEventListener('compositionend', propose);
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

/* Asks for suggestions when the typing pauses. Without them the box works all the same. */
function propose() {
  close();
  const words = input.value;
  if (!words.trim()) return;
  const own = typing = setTimeout(() => begin().then(secondScript).then((more) => more.suggest(words)).then((list) => {
    if (own === typing) offer(list);
  }).catch(() => {}), 200);
}

/* Takes suggestions away, and those that are on their way. */
function close() {
  clearTimeout(typing);
  typing = 0;
  offer([]);
}

function offer(list) {
  options.textContent = '';
  list.forEach((words, at) => {
    const option = options.appendChild(make('li', 'suggestion', words));
    option.id = 'suggestion-' + at;
    option.setAttribute('role', 'option');
    option.onclick = () => search(words);
  });
  options.hidden = !list.length;
  input.setAttribute('aria-expanded', String(!options.hidden));
  told.textContent = list.length ? (box.dataset.suggested || '').replace('{n}', list.length) : '';
  mark(-1);
}

/* Chooses an option by its number; behind the last one and before the first one none is chosen. */
function mark(at) {
  chosen = at < options.children.length ? at : -1;
  [...options.children].forEach((option, n) => option.setAttribute('aria-selected', String(n === chosen)));
  if (chosen >= 0) input.setAttribute('aria-activedescendant', 'suggestion-' + chosen);
  else input.removeAttribute('aria-activedescendant');
}

/* Searches for words: here, or on the page of results. */
function search(words) {
  close();
  input.value = words;
  if (page) visit(address(words, asked().sort, {}));
  else box.submit();
}
