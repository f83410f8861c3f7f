// Large print that stays from page to page, set before anything is drawn. Without this script the link enlarges the page at hand by its
// address: #large is the page itself.
(function () {
  'use strict'
  var KEY = 'shuyuan-large'
  var root = document.documentElement
  var large = location.hash === '#large'
  // Where nothing can be stored, the addresses of the links carry it on.
  var stored = true

  function keep() {
    try {
      if (large) localStorage.setItem(KEY, '1')
      else localStorage.removeItem(KEY)
    } catch (refused) { stored = false }
  }

  function recall() {
    try { large = large || localStorage.getItem(KEY) === '1' } catch (refused) { stored = false }
    root.classList.toggle('large', large)
  }

  function choose(link, event) {
    large = link.hash === '#large'
    keep()
    root.classList.toggle('large', large)
    // An address that says #large has to be left as well.
    if (!root.matches(':target')) event.preventDefault()
    var other = link.nextElementSibling || link.previousElementSibling
    other.focus()
  }

  if (large) keep()
  recall()
  // The page of results: what belongs to no question is not drawn first.
  if (/[?&]q=[^&]/.test(location.search)) root.classList.add('asked')

  // The page of results says when the script that fills it is missing.
  window.addEventListener('load', function () {
    var page = document.querySelector('#search')
    if (page && !(window.shuyuan && window.shuyuan.core)) page.classList.add('missing')
  })

  // A page that the browser kept is shown as it was left.
  window.addEventListener('pageshow', function (event) {
    if (event.persisted) { large = false; recall() }
  })

  document.addEventListener('click', function (event) {
    var link = event.target.closest('a[href]')
    if (!link) return
    if (link.classList.contains('size')) choose(link, event)
    else if (large && !stored && !link.hash && link.protocol === location.protocol && link.host === location.host) link.hash = 'large'
  })

  // Whoever opens the search box wants to type. On the page of results it is open from the beginning.
  document.addEventListener('toggle', function (event) {
    if (event.target.open && event.target.classList.contains('fold-search') && event.target.contains(document.activeElement)) event.target.nextElementSibling.q.focus()
  }, true)
})()
