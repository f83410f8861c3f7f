// Parses an HTML page or a stylesheet and extracts what the judges check: links, ids, texts, metadata.

import { parse } from "parse5";
import * as css from "css-tree";

/** Attributes that hold an address, by element; `loads` marks those that the browser fetches by itself. */
const ADDRESSES = {
  a: { href: false },
  area: { href: false },
  audio: { src: true },
  blockquote: { cite: false },
  button: { formaction: true },
  del: { cite: false },
  embed: { src: true },
  form: { action: true },
  iframe: { src: true },
  image: { href: true, "xlink:href": true },
  img: { src: true },
  input: { src: true, formaction: true },
  ins: { cite: false },
  object: { data: true },
  q: { cite: false },
  script: { src: true },
  source: { src: true },
  track: { src: true },
  use: { href: true, "xlink:href": true },
  video: { src: true, poster: true },
};

/** `rel` values of links that are not fetched. */
const SAID = new Set(["canonical", "alternate", "prev", "next", "author", "license", "help", "up", "start", "search"]);

/** Elements whose text is not visible. */
const UNSEEN = new Set(["script", "style", "template", "noscript"]);

/**
 * @returns a page: `links` [{ value, loads, walks, where }], `ids`, `refresh`, `metas` [{ name, content }], `texts`,
 *   `elements` (name, attributes), `title`, `language`.
 */
export function readPage(text) {
  const page = { links: [], ids: [], refresh: null, metas: [], texts: [], elements: [], title: "", language: "", doctype: false };
  walk(parse(text), page, true);
  return page;
}

function walk(node, page, seen) {
  if (node.nodeName === "#documentType") page.doctype = true;
  if (node.nodeName === "#text" && seen) page.texts.push(node.value);
  if (node.tagName !== undefined) readElement(node, page);
  const inside = seen && !UNSEEN.has(node.tagName);
  for (const child of node.childNodes ?? []) walk(child, page, inside);
  if (node.content !== undefined) walk(node.content, page, false);
}

function readElement(node, page) {
  const name = node.tagName;
  const attributes = Object.fromEntries(node.attrs.map(({ prefix, name: key, value }) => [prefix ? `${prefix}:${key}` : key, value]));
  page.elements.push({ name, attributes, text: () => textOf(node) });
  if (attributes.id !== undefined) page.ids.push(attributes.id);
  if (name === "a" && attributes.name !== undefined) page.ids.push(attributes.name);
  if (name === "html") page.language = attributes.lang ?? "";
  if (name === "title" && node.namespaceURI.endsWith("xhtml")) page.title = textOf(node).trim();
  if (name === "meta") readMeta(attributes, page);
  if (name === "link") readLink(attributes, page);
  for (const [key, loads] of Object.entries(ADDRESSES[name] ?? {})) {
    if (attributes[key] !== undefined) add(page, attributes[key], loads, name, key);
  }
  for (const key of ["srcset", "imagesrcset"]) {
    for (const value of readSrcset(attributes[key] ?? "")) add(page, value, true, name, key);
  }
}

function add(page, value, loads, name, key) {
  const walks = name === "a" || name === "area" || name === "form";
  page.links.push({ value: value.trim(), loads, walks, where: `<${name} ${key}>` });
}

function readLink(attributes, page) {
  if (attributes.href === undefined) return;
  const words = (attributes.rel ?? "").toLowerCase().split(/\s+/);
  const loads = !words.every((word) => SAID.has(word)) || words.includes("stylesheet");
  page.links.push({ value: attributes.href.trim(), loads, walks: false, where: `<link ${attributes.rel}>`, rel: words });
}

function readMeta(attributes, page) {
  const name = attributes.name ?? attributes.property ?? attributes["http-equiv"];
  if (name === undefined) return;
  const content = attributes.content ?? "";
  page.metas.push({ name: name.toLowerCase(), written: name, content });
  if (attributes["http-equiv"]?.toLowerCase() === "refresh") {
    page.refresh = content.replace(/^[^;,]*[;,]\s*(?:url\s*=\s*)?/i, "").replace(/^(['"])(.*)\1$/, "$2");
    page.links.push({ value: page.refresh, loads: false, walks: false, where: "<meta refresh>" });
  }
}

/** The addresses in a `srcset`: candidates end at a comma that follows white space or a descriptor. */
function readSrcset(text) {
  return [...text.matchAll(/([^\s,]\S*[^\s,]|[^\s,])(?:\s+[\d.]+[wxh])*\s*(?:,|$)/g)].map((match) => match[1]);
}

export function textOf(node) {
  if (node.nodeName === "#text") return node.value;
  return (node.childNodes ?? []).map(textOf).join("");
}

/** The addresses that a stylesheet loads: `url()` and `@import`. */
export function readStyle(text) {
  const found = [];
  css.walk(css.parse(text, { parseValue: true, parseCustomProperty: true }), function (node) {
    if (node.type === "Url") found.push(node.value);
    const imports = this.atrule?.name === "import" && this.atrulePrelude;
    if (node.type === "String" && imports && this.function === null) found.push(node.value);
  });
  return found.map((value) => ({ value, loads: true, walks: false, where: "stylesheet" }));
}
