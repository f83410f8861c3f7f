/* Rows of results: what decides about each, right on the day on which it is read (src/search/row.rs). */

/* Today where the portal is. A clock that is behind the index is wrong. */
function today() {
  let day = '';
  try {
    const form = { timeZone: head.zone, year: 'numeric', month: '2-digit', day: '2-digit' };
    day = new Date().toLocaleDateString('en-US', form).replace(/(\d+)\D(\d+)\D(\d+)/, '$3-$1-$2');
  } catch (_) { /* The browser does not know the zone. */ }
  return day > head.today ? day : head.today;
}

const after = (day, days) => new Date(Date.parse(day + 'T00:00:00Z') + days * 864e5).toISOString().slice(0, 10);

/* The next session that is not over: its first day, time and place. */
function nextSession(groups, now) {
  let next = null;
  groups.forEach(([time, place, length, first, ...gaps]) => {
    let day = first;
    for (let at = 0; after(day, length) < now && at < gaps.length; at += 1) day = after(day, gaps[at]);
    const is = { day, time, place };
    if (after(day, length) >= now && (!next || is.day + is.time < next.day + next.time)) next = is;
  });
  return next;
}

/* A day in words, without its year if that is `known`. */
const dayIn = (day, known) => (known ? day.replace(/\d+-0?(\d+)-0?(\d+)/, say('monthday')) : day.replace(/(\d+)-0?(\d+)-0?(\d+)/, say('day')));

/* What a row says beside its title: texts, and marks as elements. Of a day that is asked for on, the next session is that of this day. */
function factsOf({ kind, day, place, facts, times, marks }, from = '') {
  const now = today();
  const [until, ...groups] = times;
  const next = (from > now && nextSession(groups, from)) || nextSession(groups, now);
  const over = !next && until && until < now;
  let when = dayIn(over ? until : day);
  if (next) {
    const date = dayIn(next.day, next.day.slice(0, 4) === now.slice(0, 4));
    const weekday = say('weekdays').split(' ')[new Date(next.day).getUTCDay()];
    when = (next.day <= now ? say('today') : date + ' ' + weekday) + ' ' + next.time;
  }
  const stated = marks.some((mark) => mark[2]);
  const texts = [kind, when, (next && next.place) || place, facts, over && !stated && say('over')].filter(Boolean);
  return texts.map((text) => document.createTextNode(text)).concat(marks.map(([tone, text, terms, since]) => {
    const badge = make('span', 'badge badge-' + tone, text);
    if (terms) Object.assign(badge.dataset, { terms, since });
    return badge;
  }));
}

function row(found, terms, from) {
  const item = make('li', 'result');
  const link = marked(make('a', 'result-title'), found.title, terms);
  link.href = root + encodeURI(found.address);
  const facts = make('p', 'result-facts');
  factsOf(found, from).forEach((part, at) => facts.append(at ? '\u3000' : '', part));
  item.append(link, facts, marked(make('p', 'excerpt'), found.excerpt || found.summary, terms));
  // The script of enrolment corrects states that are of an earlier day.
  if (facts.querySelector('[data-terms]') && today() > head.today) secondScript().then((more) => more.mend(item)).catch(() => {});
  return item;
}

/* Puts a row behind the others of a list; pages that are of one thing fold together below the first of them. */
function put(list, things, found, terms) {
  const item = row(found, terms);
  const first = things.get(found.thing);
  if (!first) {
    if (found.thing) {
      things.set(found.thing, item);
      item.classList.add('result-first');
    }
    return list.appendChild(item);
  }
  let folded = first.querySelector('details');
  if (!folded) {
    folded = first.appendChild(make('details', 'result-folded'));
    folded.append(make('summary'), make('ol', 'results-folded'));
  }
  folded.lastChild.append(item);
  folded.firstChild.textContent = say('folded', folded.lastChild.children.length);
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
