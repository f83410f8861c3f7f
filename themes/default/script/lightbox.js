// Opens the pictures of a gallery over the page, one after another. Without this script each opens as a page of its own.
(function () {
  'use strict'
  var links = Array.prototype.slice.call(document.querySelectorAll('a.zoom'))
  var dialog = document.createElement('dialog')
  if (!links.length || !dialog.showModal) return

  var words = document.currentScript.dataset
  var shown = 0

  function make(name, attributes, parent) {
    var element = document.createElement(name)
    Object.keys(attributes).forEach(function (key) { element.setAttribute(key, attributes[key]) })
    parent.appendChild(element)
    return element
  }

  function button(kind, sign) {
    var element = make('button', { type: 'button', class: 'lightbox-' + kind, 'aria-label': words[kind] }, dialog)
    element.textContent = sign
    return element
  }

  dialog.className = 'lightbox'
  dialog.setAttribute('aria-label', words.title)
  var figure = make('figure', {}, dialog)
  var image
  var caption = make('figcaption', { 'aria-live': 'polite' }, figure)
  var previous = button('previous', '‹')
  var next = button('next', '›')
  var close = button('close', '×')
  document.body.appendChild(dialog)

  function show(nth) {
    shown = (nth + links.length) % links.length
    var small = links[shown].querySelector('img')
    image = image || figure.insertBefore(document.createElement('img'), caption)
    image.src = links[shown].href
    image.alt = small.alt
    caption.textContent = small.alt + (links.length > 1 ? '（' + (shown + 1) + '/' + links.length + '）' : '')
  }

  links.forEach(function (link, nth) {
    link.addEventListener('click', function (event) {
      // Whoever asks for a new tab gets one.
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
      event.preventDefault()
      show(nth)
      dialog.showModal()
    })
  })
  previous.hidden = next.hidden = links.length < 2
  previous.addEventListener('click', function () { show(shown - 1) })
  next.addEventListener('click', function () { show(shown + 1) })
  close.addEventListener('click', function () { dialog.close() })
  dialog.addEventListener('click', function (event) { if (event.target === dialog) dialog.close() })
  dialog.addEventListener('keydown', function (event) {
    if (event.key === 'ArrowLeft') show(shown - 1)
    if (event.key === 'ArrowRight') show(shown + 1)
  })
  dialog.addEventListener('close', function () { links[shown].focus() })
})()
