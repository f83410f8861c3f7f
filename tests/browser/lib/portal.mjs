// A built portal on disk.

import { readFileSync, readdirSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";

import { readPage, readStyle } from "./html.mjs";

export class Portal {
  constructor(folder) {
    this.folder = resolve(folder);
    this.url = `${pathToFileURL(this.folder).href}/`;
    /** Paths of all files from the root, with `/`, exactly as on disk. */
    this.files = new Set(list(this.folder).map((path) => relative(this.folder, path).split(sep).join("/")));
    this.parsed = new Map();
  }

  bytes(path) {
    return readFileSync(join(this.folder, path));
  }

  text(path) {
    return this.bytes(path).toString("utf8");
  }

  /** Paths of all pages, sorted. */
  get pages() {
    return [...this.files].filter((path) => path.endsWith(".html")).sort();
  }

  page(path) {
    if (!this.parsed.has(path)) {
      const bytes = this.bytes(path);
      this.parsed.set(path, { path, size: bytes.length, ...readPage(bytes.toString("utf8")) });
    }
    return this.parsed.get(path);
  }

  /** The links of a page or stylesheet; other files have none. */
  links(path) {
    if (path.endsWith(".html")) return this.page(path).links;
    if (path.endsWith(".css")) return readStyle(this.text(path));
    return [];
  }

  isRedirect(path) {
    return this.page(path).refresh !== null;
  }

  /** Pages by family: those of one template (as their body says), top folder and depth, an index apart. */
  get families() {
    const families = new Map();
    for (const path of this.pages) {
      const family = this.isRedirect(path) ? "redirect" : this.family(path);
      families.set(family, [...(families.get(family) ?? []), path]);
    }
    return families;
  }

  family(path) {
    const template = /<body class="([^"]*)"/.exec(this.text(path))?.[1];
    const folders = path.split("/");
    const file = folders.pop() === "index.html" ? "index" : "<item>";
    const place = [...folders.map((folder, depth) => (depth === 0 ? folder : "<item>")), file].join("/");
    return template === undefined ? place : `${place} (${template})`;
  }

  /** The largest page of each family, which shows the most. */
  largestOfEachFamily() {
    return [...this.families.values()].map((paths) => paths.reduce((a, b) => (this.page(b).size > this.page(a).size ? b : a)));
  }
}

function list(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? list(path) : [path];
  });
}
