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

  var note = page.querySelector('.days-note')
  var groups = Array.prototype.slice.call(page.querySelectorAll('.day-group'))
  var over = groups.filter(function (group) { return group.dataset.date < today })
  var left = groups.length - over.length
  if (!over.length) return
  if (left) over.forEach(function (group) { group.hidden = true })
  note.textContent = left ? data.past : data.stale
})()
