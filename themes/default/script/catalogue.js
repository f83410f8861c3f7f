// Combines the facets of the catalogue on one page, without a reload. Without this script each facet leads to a page of its own.
(function () {
  'use strict'
  var box = document.querySelector('.catalogue')
  if (!box) return
  var words = box.dataset
  var combine = box.querySelector('.combine')
  if (combine) {
    combine.hash = combine.dataset.chosen
    combine.hidden = false
    return
  }
  var nav = box.querySelector('.facets-nav')
  if (!nav || location.pathname.slice(-1) !== '/' && !/\/index\.html$/.test(location.pathname)) return

  var PAGE = 30
  var DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  var chips = Array.prototype.slice.call(nav.querySelectorAll('a.chip'))
  var found = box.querySelector('.catalogue-found')
  var bar = nav.parentNode.insertBefore(element('div', 'catalogue-chosen'), nav)
  var all = box.querySelector('.catalogue-rows')
  var waiting = {}
  var data, chosen, shown, asked = 0

  // Each file is a script that calls this: the data themselves, or the rows of a stretch.
  window.shuyuanCatalogue = function (sent, nth, version) {
    if (nth === undefined) data = sent
    else if (version === data.version) rows[nth] = sent
  }
  var rows = {}

  // Where scripts must be of trusted types, these addresses are: they come from the page.
  var policy = { createScriptURL: function (address) { return address } }
  if (window.trustedTypes) policy = window.trustedTypes.createPolicy('shuyuan-catalogue', policy)

  function load(name) {
    if (!waiting[name]) {
      waiting[name] = new Promise(function (settle, fail) {
        var script = document.createElement('script')
        script.src = policy.createScriptURL(words.catalogue.replace('data.js', name))
        script.onload = settle
        script.onerror = function () { delete waiting[name]; fail() }
        document.head.appendChild(script)
      })
    }
    return waiting[name]
  }

  // As src/feed/catalogue.rs packs them.
  function unpack(text) {
    var set = new Uint32Array(Math.ceil(data.count / 32))
    for (var at = 0, number = 0, shift = 0, low = 0; at < text.length; at++) {
      var digit = DIGITS.indexOf(text[at])
      low += (digit & 31) << shift
      shift += 5
      if (digit < 32) continue
      number += low
      set[number >> 5] |= 1 << (number & 31)
      low = shift = 0
    }
    return set
  }

  function find(facet, value) {
    var values = (data.facets.filter(function (one) { return one[0] === facet })[0] || [0, 0, []])[2]
    var choice = values.filter(function (one) { return one[0] === value })[0]
    if (choice && !choice[3]) choice[3] = unpack(choice[2])
    return choice
  }

  // The courses that have all chosen values but that of one facet; `null` is all.
  function matching(without) {
    var set = null
    Object.keys(chosen).forEach(function (facet) {
      if (facet === without) return
      var other = find(facet, chosen[facet])[3]
      set = set ? set.map(function (bits, at) { return bits & other[at] }) : other
    })
    return set
  }

  function count(set, other) {
    var sum = 0
    for (var at = 0; at < other.length; at++) {
      for (var bits = set ? set[at] & other[at] : other[at]; bits; bits &= bits - 1) sum++
    }
    return sum
  }

  function places(set) {
    var list = []
    for (var place = 0; place < data.count; place++) if (set[place >> 5] >>> (place & 31) & 1) list.push(place)
    return list
  }

  function element(name, className, text) {
    var made = document.createElement(name)
    if (className) made.className = className
    if (text) made.textContent = text
    return made
  }

  // As the component `course_row`.
  function row(sent) {
    var item = element('li', 'course')
    var link = element('a', '', sent[0])
    link.href = words.root + sent[1]
    item.appendChild(element('h3', 'course-title')).appendChild(link)
    var facts = item.appendChild(element('p', 'course-facts'))
    if (sent[2]) facts.appendChild(element('span', 'course-when', sent[2])).dataset.later = sent[9]
    if (sent[3]) {
      facts.appendChild(document.createTextNode(' '))
      facts.appendChild(element('span', 'course-place', sent[3]))
    }
    var state = item.appendChild(element('p', 'course-state'))
    state.appendChild(element('span', 'course-fee', sent[4]))
    state.appendChild(document.createTextNode(' '))
    var badge = state.appendChild(element('span', 'badge enrolment badge-' + sent[6], sent[5]))
    badge.dataset.terms = sent[7]
    badge.dataset.since = sent[8]
    return item
  }

  // Shows the rows of the next places, each behind the other, when all of their stretches are there.
  function more(list, into, button) {
    var turn = asked
    var next = list.slice(shown, shown + PAGE)
    var names = {}
    next.forEach(function (place) { names[Math.floor(place / data.rows)] = 1 })
    return Promise.all(Object.keys(names).map(function (nth) {
      return load('rows-' + nth + '.js?' + data.version).then(function () { if (!rows[nth]) throw nth })
    })).then(function () {
      if (turn !== asked) return
      next.forEach(function (place) {
        into.appendChild(row(rows[Math.floor(place / data.rows)][place % data.rows]))
      })
      shown += next.length
      button.hidden = shown >= list.length
      var event = document.createEvent('Event')
      event.initEvent('states', true, false)
      found.dispatchEvent(event)
    })
  }

  function show() {
    asked++
    chips.forEach(function (chip) {
      var facet = chip.dataset.facet
      var choice = find(facet, chip.dataset.value)
      var number = count(matching(facet), choice[3])
      var on = chosen[facet] === chip.dataset.value
      chip.querySelector('.count').textContent = number
      chip.parentNode.hidden = !number && !on
      chip.classList.toggle('chip-on', on)
      if (on) chip.setAttribute('aria-current', 'true')
      else chip.removeAttribute('aria-current')
    })
    Array.prototype.forEach.call(nav.querySelectorAll('details'), function (group) {
      group.querySelector('summary .count').textContent = group.querySelectorAll('li:not([hidden])').length
    })
    var facets = Object.keys(chosen)
    found.textContent = bar.textContent = ''
    found.hidden = !facets.length
    all.hidden = !found.hidden
    if (!facets.length) return Promise.resolve()
    var list = places(matching())
    var line = bar.appendChild(element('p', 'chosen'))
    facets.forEach(function (facet) {
      var button = line.appendChild(element('button', 'chip chip-on', ''))
      button.type = 'button'
      button.appendChild(element('span', 'visually-hidden', words.without + ' '))
      button.appendChild(document.createTextNode(find(facet, chosen[facet])[1]))
      button.appendChild(element('span', 'chip-away', '×')).setAttribute('aria-hidden', 'true')
      button.onclick = function () { choose(facet, chosen[facet]) }
    })
    var told = bar.appendChild(element('p', 'catalogue-count', list.length ? words.found.replace('{n}', list.length) : words.none))
    told.setAttribute('role', 'status')
    var into = found.appendChild(element('ul', 'courses'))
    var button = found.appendChild(element('button', 'button more-rows', words.more))
    button.type = 'button'
    button.onclick = function () { more(list, into, button) }
    shown = 0
    return more(list, into, button)
  }

  // What the address bar keeps: `#topic=a&street=b`.
  function read() {
    var read = {}
    location.hash.slice(1).split('&').forEach(function (part) {
      var pair = part.split('=')
      if (pair[1] && find(pair[0], decodeURIComponent(pair[1]))) read[pair[0]] = decodeURIComponent(pair[1])
    })
    return read
  }

  function keep() {
    var parts = Object.keys(chosen).map(function (facet) { return facet + '=' + encodeURIComponent(chosen[facet]) })
    history.replaceState(null, '', parts.length ? '#' + parts.join('&') : location.pathname + location.search)
  }

  function begin() {
    return data ? Promise.resolve() : load('data.js').then(function () { chosen = read() })
  }

  function choose(facet, value) {
    if (chosen[facet] === value) delete chosen[facet]
    else chosen[facet] = value
    keep()
    return show()
  }

  nav.addEventListener('click', function (event) {
    var chip = event.target.closest('a.chip')
    if (!chip || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    begin().then(function () {
      // What was found moves up.
      var group = chip.closest('details')
      if (group) group.open = false
      return choose(chip.dataset.facet, chip.dataset.value)
    }).catch(function () { location.href = chip.href })
  })

  function follow() {
    if (/=/.test(location.hash) || data && !location.hash) begin().then(function () { chosen = read(); return show() }).catch(function () {})
  }
  window.addEventListener('hashchange', follow)
  follow()
})()
