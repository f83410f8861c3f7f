// Expands the JSON-LD of every page with a third-party processor, and asks each type for what search engines require of it.
//
//   node linked-data.mjs DIR --base URL

import jsonld from "jsonld";

import { namesFile } from "./crawl.mjs";
import { main } from "./lib/checks.mjs";
import { Portal } from "./lib/portal.mjs";

const VOCABULARY = "https://schema.org/";
const INSTANT = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d[+-]\d\d:\d\d)?$/;
const DURATION = /^P(?=.)(\d+[YMWD])*(T(?=.)(\d+[HMS])+)?$/;

/** What a type must have when it is the subject of a page. */
const NEEDED = {
  Event: ["name", "startDate", "endDate", "eventStatus", "eventAttendanceMode", "location"],
  EventSeries: ["name", "startDate", "endDate", "location"],
  Course: ["name", "description", "provider", "offers"],
  EducationalOrganization: ["name", "address"],
  Person: ["name"],
  Place: ["name", "address"],
  WebSite: ["name", "url", "potentialAction"],
  BreadcrumbList: ["itemListElement"],
};

/** What a type must have wherever it stands. */
const ALWAYS = {
  CourseInstance: ["name", "courseMode", "location"],
  Schedule: ["repeatFrequency", "startDate", "endDate", "startTime", "endTime", "scheduleTimezone"],
  Offer: ["price", "priceCurrency"],
  PostalAddress: ["addressCountry"],
  SearchAction: ["target", "query-input"],
  ListItem: ["position", "name"],
};

const EXPECTED = { courses: "Course", events: "Event", editions: "EventSeries", institutions: "EducationalOrganization", venues: "Place", teachers: "Person", stars: "Person" };

const ADDRESSES = ["url", "image", "item", "urlTemplate"];
const INSTANTS = ["startDate", "endDate", "previousStartDate", "exceptDate"];

/** Serves the context without asking the network: what schema.org's own says of the terms that we use. */
const context = { "@context": { "@vocab": VOCABULARY, url: { "@type": "@id" }, image: { "@type": "@id" }, item: { "@type": "@id" } } };
async function documentLoader(url) {
  if (url.replace(/\/$/, "") !== "https://schema.org") throw new Error(`asks for ${url}`);
  return { contextUrl: null, documentUrl: url, document: context };
}

export async function judge(checks, { portal: folder, base }) {
  const portal = new Portal(folder);
  const faults = { form: [], needed: [], subject: [], addresses: [], times: [], order: [], words: [] };
  let described = 0;
  for (const path of portal.pages.filter((path) => !portal.isRedirect(path))) {
    const blocks = portal.page(path).elements.filter(({ name, attributes }) => name === "script" && attributes.type === "application/ld+json");
    if (blocks.length > 1) faults.form.push(`${path}: ${blocks.length} blocks`);
    for (const block of blocks) {
      described += 1;
      const told = (fault) => `${path}: ${fault}`;
      try {
        const written = JSON.parse(block.text());
        const graph = await jsonld.expand(written, { documentLoader, safe: true });
        graph.forEach((node) => read(portal, node, base, true, told, faults));
        subject(path, graph, base, faults);
      } catch (error) {
        faults.form.push(told(error.message));
      }
    }
  }
  if (described === 0) faults.form.push("no page is described");
  checks.that("a JSON-LD processor expands every page, and loses nothing", faults.form, `${described} pages`);
  checks.that("every type has what it needs", faults.needed);
  checks.that("the page of an entry describes it under its own address", faults.subject);
  checks.that("addresses are absolute, and those of the portal name files", faults.addresses);
  checks.that("times have an offset and end after they begin", faults.times);
  checks.that("breadcrumbs are numbered, and each but the last has an address", faults.order);
  checks.that("values of enumerations are words of schema.org", faults.words);
}

const short = (name) => (name.startsWith(VOCABULARY) ? name.slice(VOCABULARY.length) : name);
const values = (node, name) => node[VOCABULARY + name] ?? [];
const text = (value) => value?.["@value"] ?? value?.["@id"];

/** Reads a node and those inside. */
function read(portal, node, base, isSubject, told, faults) {
  const types = (node["@type"] ?? []).map(short);
  if (types.length === 0) faults.needed.push(told(`a thing without a type: ${JSON.stringify(node).slice(0, 80)}`));
  for (const type of types) {
    const needed = [...((isSubject && NEEDED[type]) || []), ...(ALWAYS[type] ?? [])];
    for (const name of needed) {
      const missing = values(node, name).length === 0 || text(values(node, name)[0]) === "";
      if (missing) faults.needed.push(told(`${type} without ${name}`));
    }
  }
  const ids = node["@id"] === undefined ? [] : [node["@id"]];
  for (const address of [...ids, ...ADDRESSES.flatMap((name) => values(node, name).map(text))]) {
    if (!/^https?:\/\//.test(address)) faults.addresses.push(told(`not absolute: ${address}`));
    else if (address.startsWith(base) && !namesFile(portal, address.split("?")[0], base)) faults.addresses.push(told(`no file: ${address}`));
  }
  times(node, told, faults);
  crumbs(node, told, faults);
  for (const name of ["eventStatus", "eventAttendanceMode", "availability", "dayOfWeek", "byDay"]) {
    for (const value of values(node, name).map(text)) {
      if (!/^https:\/\/schema\.org\/[A-Z][A-Za-z]+$/.test(value)) faults.words.push(told(`${name}: ${value}`));
    }
  }
  for (const value of Object.values(node).flat()) {
    if (value?.["@type"] !== undefined && value["@value"] === undefined) read(portal, value, base, false, told, faults);
  }
}

function times(node, told, faults) {
  for (const name of INSTANTS) {
    for (const value of values(node, name).map(text)) {
      if (!INSTANT.test(value) || Number.isNaN(Date.parse(value))) faults.times.push(told(`${name}: ${value}`));
    }
  }
  for (const name of ["repeatFrequency", "courseWorkload"]) {
    for (const value of values(node, name).map(text)) if (!DURATION.test(value)) faults.times.push(told(`${name}: ${value}`));
  }
  const [start, end] = ["startDate", "endDate"].map((name) => Date.parse(text(values(node, name)[0]) ?? ""));
  if (end < start) faults.times.push(told(`it ends before it begins: ${text(values(node, "startDate")[0])}`));
  const moved = short(text(values(node, "eventStatus")[0]) ?? "") === "EventRescheduled";
  if (moved !== values(node, "previousStartDate").length > 0) faults.times.push(told("moved without the time before, or the other way round"));
}

function crumbs(node, told, faults) {
  const list = values(node, "itemListElement");
  list.forEach((crumb, at) => {
    const position = text(values(crumb, "position")[0]);
    const last = at === list.length - 1;
    if (position !== at + 1 || (!last && values(crumb, "item").length === 0)) faults.order.push(told(`crumb ${at + 1}`));
  });
}

function subject(path, graph, base, faults) {
  const [folder, name] = path.split("/");
  const wanted = path === "index.html" ? "WebSite" : path.split("/").length === 2 && !/^(index|page-\d+)\.html$/.test(name) ? EXPECTED[folder] : undefined;
  if (wanted === undefined) return;
  const found = graph.find((node) => node["@type"]?.includes(VOCABULARY + wanted));
  const address = base + (path === "index.html" ? "" : encodeURI(path));
  if (found === undefined) faults.subject.push(`${path}: no ${wanted}`);
  else if (found["@id"] !== address) faults.subject.push(`${path}: ${found["@id"]}`);
}

await main(import.meta, "linked-data", judge);
