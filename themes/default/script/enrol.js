// Keeps right, after the day of the build, what the page says of enrolment and of the sessions that are left. Written for old phones.
(function () {
  'use strict'
  var words = document.currentScript.dataset

  function two(number) { return (number < 10 ? '0' : '') + number }

  function today() {
    var now = new Date()
    return now.getFullYear() + '-' + two(now.getMonth() + 1) + '-' + two(now.getDate())
  }

  // In the order in which a page shows them; the colour of each.
  var tones = { open: 'good', soon: 'warn', undated: 'plain', full: 'warn', closed: 'plain', running: 'plain', cancelled: 'bad', over: 'plain' }
  var order = Object.keys(tones)

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
    Array.prototype.forEach.call(root.querySelectorAll('[data-terms]'), function (badge) {
      var best
      // A clock that is behind the page is wrong.
      if (day < badge.dataset.since) return
      badge.dataset.terms.split(';').forEach(function (text) {
        var run = read(text)
        var found = { run: run, key: state(run, day) }
        if (!best || order.indexOf(found.key) < order.indexOf(best.key)) best = found
      })
      var run = best.run
      var text = words[best.key]
      if (best.key === 'open' && run.closes && run.closes !== run.first) text = filled(words.openUntil, run.closes)
      if (best.key === 'soon') text = filled(text, run.opens)
      badge.textContent = text
      badge.className = badge.className.replace(/badge-\w+/, 'badge-' + tones[best.key])
    })
    Array.prototype.forEach.call(root.querySelectorAll('[data-left]'), function (element) {
      var left = element.dataset.left.split(' ').filter(function (last) { return last >= day }).length
      element.textContent = left ? words.times.replace('{n}', left) : words.over
    })
  }

  correct(document)
  // Another script that adds such states says so.
  document.addEventListener('states', function (event) { correct(event.target) })
})()
