// Keeps right, after the day of the build, what the page says of enrolment, of what is on, of sessions and of the next of them. Written for old
// phones.
(function () {
  'use strict'
  var words = document.currentScript.dataset

  function two(number) { return (number < 10 ? '0' : '') + number }

  function today() {
    var now = new Date()
    return now.getFullYear() + '-' + two(now.getMonth() + 1) + '-' + two(now.getDate())
  }

  function all(within, selector) { return Array.prototype.slice.call(within.querySelectorAll(selector)) }

  function element(name, className, text) {
    var made = document.createElement(name)
    made.className = className
    made.textContent = text
    return made
  }

  // In the order in which a page shows them; the colour of each, and under which heading of the catalogue it stands.
  var states = {
    open: ['good', 'open'], soon: ['warn', 'coming'], undated: ['plain', 'coming'], full: ['warn', 'coming'], closed: ['plain', 'coming'],
    running: ['plain', 'running'], cancelled: ['bad', 'over'], over: ['plain', 'over']
  }
  var order = Object.keys(states)

  // As src/portal/enrol.rs. Days are written so that they compare as texts.
  function state(run, day) {
    var begun = run.first && run.first <= day
    if (run.last && run.last < day) return 'over'
    if (run.bar === 'cancelled') return 'cancelled'
    if (run.bar) return begun ? 'running' : 'full'
    if (run.opens > day) return 'soon'
    if (run.closes && day <= run.closes) return 'open'
    if (begun) return 'running'
    return run.closes ? 'closed' : run.opens ? 'open' : 'undated'
  }

  function read(text) {
    var parts = text.split(',')
    return { opens: parts[0], closes: parts[1], first: parts[2], last: parts[3], bar: parts[4] }
  }

  function filled(word, day) {
    return word.replace('{m}', +day.slice(5, 7)).replace('{d}', +day.slice(8))
  }

  function correct(root) {
    var day = today()
    var rows = []
    all(root, '[data-terms]').forEach(function (badge) {
      var best
      // A clock that is behind the page is wrong.
      if (day < badge.dataset.since) return
      badge.dataset.terms.split(';').forEach(function (text) {
        var run = read(text)
        var rank = order.indexOf(state(run, day))
        if (!best || rank < best.rank) best = { run: run, rank: rank }
      })
      var run = best.run
      var key = order[best.rank]
      var text = words[key]
      if (key === 'open' && run.closes && run.closes !== run.first) text = filled(words.openUntil, run.closes)
      if (key === 'soon') text = filled(text, run.opens)
      badge.textContent = text
      badge.className = badge.className.replace(/badge-\w+/, 'badge-' + states[key][0])
      var row = badge.closest('.group[data-group] .course')
      if (row) rows.push({ row: row, rank: best.rank, at: rows.length, group: states[key][1] })
      // A line of those that one can join.
      if (key !== 'open' && badge.closest('.row')) drop(badge.closest('.row'))
    })
    regroup(rows)
    lines(root, day)
    all(root, '[data-left]').forEach(function (left) {
      var count = left.dataset.left.split(' ').filter(function (last) { return last >= day }).length
      // The badge beside it says that none are.
      left.textContent = count ? words.times.replace('{n}', count) : ''
    })
    if (all(root, '.section-sessions').filter(function (part) { return divide(part, day) }).length) shift(root)
  }

  // Puts rows of the catalogue below the headings of their states, in the order of these.
  function regroup(rows) {
    if (!rows.some(function (one) { return one.row.closest('.group').dataset.group !== one.group })) return
    var box = rows[0].row.closest('.group').parentNode
    var last
    rows.sort(function (a, b) { return a.rank - b.rank || a.at - b.at }).forEach(function (one) {
      if (!last || last.dataset.group !== one.group) {
        var group = box.querySelector('[data-group=' + one.group + ']')
        if (!group) {
          group = element('section', 'group', '')
          group.dataset.group = one.group
          group.appendChild(element('h2', '', box.dataset[one.group]))
          group.appendChild(element('ul', 'courses', ''))
        }
        last = box.insertBefore(group, last ? last.nextSibling : box.firstChild)
      }
      last.querySelector('ul').appendChild(one.row)
    })
    all(box, '.group').forEach(function (group) { if (!group.querySelector('li')) box.removeChild(group) })
  }

  // The text of the first session that is not over, of a list of such with their last days.
  function following(list, day) {
    var next = list.split(';').filter(function (text) { return text.slice(0, 10) >= day })[0]
    return next ? next.slice(11) : ''
  }

  // What lists say of what is on and of what is next.
  function lines(root, day) {
    all(root, '.agenda-list > li').forEach(function (item) {
      if ((item.dataset.last || item.querySelector('time').getAttribute('datetime').slice(0, 10)) < day) drop(item)
    })
    all(root, '.row-when').forEach(function (when) {
      var shown = when.querySelector('time')
      if (!shown || shown.getAttribute('datetime') >= day) return
      var over = when.dataset.last < day
      when.textContent = following(when.dataset.later, day) || (over ? words.past : '')
      if (over) when.closest('.row').classList.add('past')
    })
    all(root, '.course-when').forEach(function (when) {
      var later = when.dataset.later
      if (!later || later.slice(0, 10) >= day) return
      var badge = when.closest('.course').querySelector('.enrolment')
      when.textContent = following(later, day) || (badge.textContent === words.over ? later.split(';').pop().slice(11) : '')
    })
    all(root, '[data-built]').forEach(function (part) {
      if (part.dataset.built < day) all(part, '.count-week').forEach(remove)
    })
    // Beside sessions of its own it says what these say.
    if (!document.querySelector('.section-sessions')) {
      all(root, '.calendar-time[data-last]').forEach(function (line) { if (line.dataset.last < day) line.textContent = '' })
    }
  }

  function remove(item) { item.parentNode.removeChild(item) }

  // Takes out a line that is over. How many are left is not known; that none is, is said.
  function drop(item) {
    var list = item.parentNode
    var box = list.closest('.agenda') || list
    all(box.closest('section'), 'h2 .count').forEach(remove)
    remove(item)
    if (list.children.length) return
    if (box !== list) {
      remove(list.previousElementSibling)
      remove(list)
      if (box.children.length) return
    }
    box.parentNode.replaceChild(element('p', 'empty', words.gone), box)
  }

  function time(item) { return item.querySelector('.session-time time').getAttribute('datetime') }

  // Moves sessions of a part that are over below those to come; says whether there were any.
  function divide(part, day) {
    var ended = all(part, '.session:not(.past)').filter(function (item) { return (item.dataset.last || time(item).slice(0, 10)) < day })
    if (!ended.length) return false
    var list = ended[0].parentNode
    var fold = part.querySelector('.past-sessions')
    if (!fold) {
      fold = element('details', 'past-sessions', '')
      fold.appendChild(element('summary', '', words.past + ' ')).appendChild(element('span', 'count', ''))
      fold.appendChild(element('ol', list.className, ''))
      list.parentNode.insertBefore(fold, list.nextSibling)
    }
    ended.forEach(function (item) {
      item.classList.add('past')
      fold.querySelector('ol').appendChild(item)
    })
    fold.querySelector('.count').textContent = words.count.replace('{n}', all(fold, '.session').length)
    if (!list.children.length) {
      list.parentNode.removeChild(list)
      fold.open = true
    }
    return true
  }

  // Says anew when the next session is, or when the last was: at the head of the page, and beside the calendar.
  function shift(root) {
    all(root, '[data-days]').forEach(function (days) {
      var part = document.getElementById(days.dataset.days).closest('section')
      var coming = all(part, '.session:not(.past)')
      var shown = coming.length ? coming.slice(0, days.dataset.shown) : all(part, '.session').slice(0, 1)
      days.textContent = ''
      shown.forEach(function (item, at) {
        if (at) days.appendChild(document.createElement('br'))
        days.appendChild(item.querySelector('time').cloneNode(true))
        days.appendChild(document.createTextNode(' '))
        days.appendChild(element('span', 'nowrap', item.querySelector('.session-time').textContent))
        // That it is called off.
        var mark = item.classList.contains('off') && item.querySelector('.badge')
        if (mark) days.appendChild(element('strong', mark.className, mark.textContent))
      })
      if (coming.length > shown.length) days.appendChild(document.createTextNode(' …'))
      // Courses have a badge that says it; nobody books an event that is over.
      if (coming.length || days.parentNode.querySelector('.enrolment')) return
      days.parentNode.appendChild(element('span', 'over', '（' + words.past + '）'))
      all(root, '.key-facts .enrol').forEach(function (enrol) { enrol.parentNode.removeChild(enrol) })
    })
    var line = root.querySelector('.calendar-time')
    if (!line) return
    var sorted = function (selector) { return all(root, selector).sort(function (a, b) { return time(a) < time(b) ? -1 : 1 }) }
    var next = sorted('.session:not(.past):not(.off)')[0]
    var item = next || sorted('.session').pop()
    line.textContent = (next ? words.next : words.past) + '：' + item.querySelector('.session-day').textContent + ' ' + item.querySelector('.session-time').textContent
  }

  correct(document)
  // Another script that adds such states says so.
  document.addEventListener('states', function (event) { correct(event.target) })
})()
