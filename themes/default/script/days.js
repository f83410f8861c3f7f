// Corrects the pages of today, tomorrow, the weekend and the next days when they are older than their day: moves on to the page of the right
// day, or hides days that are over and says so. Without this script each page says for which days it is.
(function () {
  'use strict'
  var page = document.querySelector('.days[data-span]')
  if (!page || !window.Intl || !Intl.DateTimeFormat.prototype.formatToParts) return
  var data = page.dataset

  // The day at a moment, in the portal's time zone.
  function day(moment) {
    var found = {}
    var form = { timeZone: data.zone, year: 'numeric', month: '2-digit', day: '2-digit' }
    new Intl.DateTimeFormat('en-US', form).formatToParts(moment).forEach(function (part) { found[part.type] = part.value })
    return found.year + '-' + found.month + '-' + found.day
  }

  function after(iso) {
    return new Date(Date.parse(iso + 'T00:00:00Z') + 864e5).toISOString().slice(0, 10)
  }

  var today = day(new Date())
  // A clock that is behind the page is wrong.
  if (today <= data.day) return

  if (data.span === 'today' || data.span === 'tomorrow') {
    var wanted = data.span === 'today' ? today : after(today)
    if (data.pages.split(' ').indexOf(wanted) >= 0) return location.replace(data.folder + wanted + '.html')
    if (wanted <= data.until) return location.replace('week.html#d-' + wanted)
  }

  // No day here is over.
  if (!data.first || data.first >= today) return
  var left = data.last >= today
  page.querySelector('.days-note').textContent = left ? data.past : data.stale
  if (!left) return

  function hide() {
    page.querySelectorAll('.day-group').forEach(function (group) { if (group.dataset.date < today) group.hidden = true })
  }

  // This runs before the days are read, so that they are hidden before they are drawn and nothing moves.
  var watch = new MutationObserver(hide)
  watch.observe(page, { childList: true, subtree: true })
  document.addEventListener('DOMContentLoaded', function () { hide(); watch.disconnect() })
})()
