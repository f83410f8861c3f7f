// Functions that run inside the page; each returns faults. They must not refer to anything outside themselves.

export async function media() {
  const images = [...document.images];
  for (const image of images) image.loading = "eager";
  await Promise.all(images.map((image) => image.decode().catch(() => {})));
  return images.filter((image) => image.naturalWidth === 0).map((image) => image.getAttribute("src"));
}

export function overflow() {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const wide = [...document.body.querySelectorAll("*")].filter((element) => element.getBoundingClientRect().right > clientWidth + 1);
  const culprit = wide.at(-1);
  return [`${scrollWidth} px wide, for instance <${culprit?.tagName.toLowerCase()} class="${culprit?.className}">`];
}

export function targets() {
  return [...document.querySelectorAll("nav a[href], nav button, nav summary")]
    .map((element) => ({ element, box: element.getBoundingClientRect() }))
    .filter(({ element, box }) => box.height > 0 && box.height < 43.5 && element.checkVisibility())
    .map(({ element, box }) => {
      const nav = element.closest("nav");
      return `${Math.round(box.height)} px: nav "${nav.getAttribute("aria-label") ?? nav.className}" ${element.textContent.trim().slice(0, 20)}`;
    });
}

export function fonts() {
  const paragraphs = [...document.querySelectorAll("main p, main li, main dd, main td")];
  const own = (element) => [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data.trim()).join("");
  return paragraphs
    .filter((element) => own(element).length >= 30 && element.checkVisibility())
    .map((element) => ({ element, size: parseFloat(getComputedStyle(element).fontSize) }))
    .filter(({ size }) => size < 18)
    .map(({ element, size }) => `${size} px: <${element.tagName.toLowerCase()} class="${element.className}"> ${own(element).slice(0, 20)}`);
}

export function contrasts() {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const context = canvas.getContext("2d", { willReadFrequently: true });

  /** Any CSS colour as [red, green, blue, alpha]; alpha from 0 to 1. */
  const read = (colour) => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, under) => [0, 1, 2].map((at) => top[at] * top[3] + under[at] * (1 - top[3])).concat(1);
  const luminance = (colour) => {
    const [r, g, b] = colour.map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };

  /** The background colour of an element, or null if a picture or gradient is behind it. */
  const behind = (element) => {
    const layers = [];
    for (let at = element; at !== null; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.backgroundImage !== "none") return null;
      const colour = read(style.backgroundColor);
      if (colour[3] > 0) layers.unshift(colour);
      if (colour[3] === 1) break;
    }
    const dark = getComputedStyle(document.documentElement).colorScheme.includes("dark") && matchMedia("(prefers-color-scheme: dark)").matches;
    return layers.reduce((under, top) => over(top, under), dark ? [18, 18, 18, 1] : [255, 255, 255, 1]);
  };

  const faults = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (walker.currentNode.data.trim() === "" || !element.checkVisibility({ visibilityProperty: true })) continue;
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    if (box.width < 2 || box.height < 2 || box.right < 0 || box.bottom < 0 || style.clipPath !== "none") continue;
    const back = behind(element);
    if (back === null) continue;
    const [a, b] = [luminance(over(read(style.color), back)), luminance(back)];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) {
      faults.add(`${ratio.toFixed(2)}: <${element.tagName.toLowerCase()} class="${element.className}"> ${walker.currentNode.data.trim().slice(0, 20)}`);
    }
  }
  return [...faults];
}

/** Large print: the size of all text, the distance of its lines, the height of what is pressed. */
export function large() {
  const faults = new Set();
  const visible = (element) => element.checkVisibility({ visibilityProperty: true }) && getComputedStyle(element).clipPath === "none";
  const name = (element) => `<${element.tagName.toLowerCase()} class="${element.className}"> ${element.textContent.trim().slice(0, 20)}`;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (walker.currentNode.data.trim() === "" || !visible(element)) continue;
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize);
    if (size < 23.9 && element.closest("sup, sub, code") === null) faults.add(`${size} px: ${name(element)}`);
    if (parseFloat(style.lineHeight) < 1.29 * size) faults.add(`line of ${style.lineHeight} at ${size} px: ${name(element)}`);
  }
  for (const paragraph of document.querySelectorAll(".prose > p:not(:last-child)")) {
    const { lineHeight, marginBottom } = getComputedStyle(paragraph);
    if (parseFloat(marginBottom) < 1.29 * parseFloat(lineHeight)) faults.add(`${marginBottom} after lines of ${lineHeight}: ${name(paragraph)}`);
  }
  for (const target of document.querySelectorAll("a[href], button, summary, input:not([type=hidden])")) {
    // Links within a sentence are as high as its lines; a skip link is seen only when it has the focus.
    const inside = target.closest(".prose, .lead, .record-body, .card-summary, .fact-when, .skip, .footnote-definition, figcaption") !== null;
    if (inside || !visible(target)) continue;
    // The whole card or line is the target of its title.
    const whole = target.closest(".card-title, .row-title, .agenda-title")?.closest("li") ?? target;
    const box = whole.getBoundingClientRect();
    if (box.height > 0 && box.height < 59.5) faults.add(`${Math.round(box.height)} px high: ${name(target)}`);
  }
  return [...faults];
}

/** Flex boxes whose items would touch where `gap` is not known. */
export function gaps() {
  const boxes = [...document.body.querySelectorAll("*")].filter((element) => {
    const { display, columnGap, rowGap } = getComputedStyle(element);
    return display.endsWith("flex") && [columnGap, rowGap].some((gap) => parseFloat(gap) > 0);
  });
  return boxes.map((box) => `<${box.tagName.toLowerCase()} class="${box.className}">`);
}

/** Where the reader's own colours are forced, what was told by a ground needs an edge. */
export function forced() {
  const told = [...document.querySelectorAll(".badge, .menu a[aria-current], .choice.chosen, .pager-current, a.tel, .hero-links a, .fold summary")];
  return told
    .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height > 0)
    .filter((element) => {
      const { borderTopWidth, outlineStyle, outlineWidth, textDecorationLine } = getComputedStyle(element);
      return parseFloat(borderTopWidth) < 1 && (outlineStyle === "none" || parseFloat(outlineWidth) < 1) && textDecorationLine === "none";
    })
    .map((element) => `<${element.tagName.toLowerCase()} class="${element.className}"> ${element.textContent.trim().slice(0, 20)}`);
}
