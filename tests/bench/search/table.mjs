// Computes the figures from what was sent and shown, and prints one Markdown table with its limits.

import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";

import { NONSENSE, TITLE } from "./queries.mjs";
import { fold, pageHolds, readPage, terms, titleHolds } from "./truth.mjs";

const TEN = 10;

const sorted = (list) => [...list].sort((one, other) => one - other);
const quantile = (list, share) => (list.length === 0 ? NaN : sorted(list)[Math.min(list.length - 1, Math.floor(list.length * share))]);
const median = (list) => quantile(list, 0.5);
const mean = (list) => (list.length === 0 ? NaN : list.reduce((sum, one) => sum + one, 0) / list.length);

// ── What a portal ships ──────────────────────────────────────────────────────────────────────────────────────────────

/** Pagefind's other interfaces are not counted. */
const PARTS = {
  Pagefind: (path) => /^pagefind\//.test(path) && !/(ui|highlight|playground)/.test(path),
  Shuyuan: (path) => /^search\//.test(path) || /^theme\/search[^/]*\.js$/.test(path),
};

/** What search adds to the pages: gzip bytes and files, grouped by the letters of the file name. */
export function shipped(engine, folder) {
  const groups = {};
  for (const path of readdirSync(folder, { recursive: true }).map(String)) {
    if (!PARTS[engine](path) || !statSync(join(folder, path)).isFile()) continue;
    const bytes = readFileSync(join(folder, path));
    const kind = engine === "Pagefind" ? path.split("/").slice(1, -1).join("/") || extname(path) : /[^/]*$/.exec(path)[0].replace(/[\d.].*$/, "");
    const group = (groups[kind] ??= { files: 0, bytes: 0 });
    group.files += 1;
    group.bytes += /\.pf_|\.pagefind$/.test(path) ? bytes.length : gzipSync(bytes).length;
  }
  const all = Object.values(groups);
  return { groups, files: all.reduce((sum, { files }) => sum + files, 0), bytes: all.reduce((sum, { bytes }) => sum + bytes, 0) };
}

// ── Figures ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** How many of the matching pages the engine finds: those it lists, or its total if it does not list all. */
function recall({ listed, shown, total }, right) {
  const all = listed ?? (shown.length >= total ? shown.map(({ path }) => path) : undefined);
  if (all === undefined) return Math.min(total, right.size) / right.size;
  const set = new Set(all);
  return [...right].filter((path) => set.has(path)).length / right.size;
}

const shows = (text, query) => terms(query).some((term) => fold(text).includes(term));
const holdsAll = (text, query) => terms(query).every((term) => fold(text).includes(term));

export function judge(engine, { answers, slow, shipped }, site, costs) {
  const pages = new Map();
  const page = (path) => (pages.has(path) || pages.set(path, existsSync(join(site, path)) ? readPage(site, path) : undefined), pages.get(path));
  const good = answers.filter(({ screen }) => screen !== undefined);
  const sensible = good.filter(({ kind, truth }) => !NONSENSE.test(kind) && truth.pages.size > 0);
  const first = ({ shown }) => shown.slice(0, TEN).map(({ path, title, excerpt }) => ({ page: page(path), title, excerpt }));
  const precise = ({ query, ...answer }) => mean(first(answer).map((one) => (one.page !== undefined && pageHolds(one.page, query) ? 1 : 0)));
  const figures = (some) => {
    const answered = some.filter(({ shown }) => shown.length > 0);
    const titled = some.filter(({ truth }) => truth.titles.size > 0);
    const inTitle = (answer) => first(answer).filter((one) => one.page !== undefined && titleHolds(one.page, answer.query)).length;
    return {
      queries: some.length,
      bytes: some.map(({ screen }) => screen.bytes),
      requests: some.map(({ screen }) => screen.requests),
      tenBytes: some.map(({ ten }) => ten.bytes),
      tenRequests: some.map(({ ten }) => ten.requests),
      recall: mean(some.filter(({ truth }) => truth.pages.size > 0).map((answer) => recall(answer, answer.truth.pages))),
      words: mean(some.filter(({ truth }) => truth.words.size > 0).map((answer) => recall(answer, answer.truth.words))),
      precision: mean(answered.map(precise)),
      excerpt: mean(answered.map((answer) => mean(first(answer).map(({ excerpt }) => (shows(excerpt, answer.query) ? 1 : 0))))),
      // A title that holds the query is marked, and the page behind it is read only where its row stays in sight.
      marked: mean(answered.flatMap((answer) => first(answer).filter(({ title }) => !holdsAll(title, answer.query)).map(({ excerpt }) => (shows(excerpt, answer.query) ? 1 : 0)))),
      row: mean(answered.flatMap((answer) => first(answer).map(({ title, excerpt }) => (shows(`${title}\n${excerpt}`, answer.query) ? 1 : 0)))),
      title: mean(titled.map((answer) => (inTitle(answer) > 0 ? 1 : 0))),
      titles: mean(titled.map((answer) => Math.min(1, inTitle(answer) / Math.min(TEN, answer.truth.titles.size)))),
      short: mean(some.map((answer) => (answer.shown.length < Math.min(TEN, answer.truth.pages.size) ? 1 : 0))),
    };
  };
  const senseless = good.filter(({ kind }) => NONSENSE.test(kind));
  const kinds = Object.fromEntries([...new Set(good.map(({ kind }) => kind))].map((kind) => [kind, figures(good.filter((one) => one.kind === kind))]));
  return {
    ...figures(sensible),
    kinds,
    fromTitle: figures(sensible.filter(({ kind }) => TITLE.test(kind))),
    later: good.flatMap(({ later }) => (later === undefined ? [] : [later.screen.bytes])),
    laterTen: good.flatMap(({ later }) => (later === undefined ? [] : [later.ten.bytes])),
    laterRequests: good.flatMap(({ later }) => (later === undefined ? [] : [later.screen.requests])),
    senseless: mean(senseless.map(({ shown, total }) => (shown.length > 0 || total > 0 ? 1 : 0))),
    slowFirst: slow.map(({ first }) => first),
    slow: slow.map(({ screen }) => screen),
    slowTen: slow.map(({ ten }) => ten),
    slowOf: new Map(slow.map(({ query, screen }) => [query, screen])),
    shipped,
    faults: answers.flatMap(({ query, faults }) => faults.map((fault) => `${query.slice(0, 40)}: ${fault}`)),
    cost: cost(costs, engine),
  };
}

/** The cost of building, from the file that search.sh writes for each run. */
function cost(folder, engine) {
  const read = (start) => (folder === undefined ? [] : readdirSync(folder).filter((name) => name.startsWith(start)).map((name) => JSON.parse(readFileSync(join(folder, name), "utf8"))));
  const runs = read(`${engine}.`);
  if (runs.length === 0) return undefined;
  const middle = (list, name) => median(list.map((run) => run[name]));
  const without = engine === "Shuyuan" ? read("without.") : [];
  return {
    cpu: middle(runs, "cpu"),
    rss: middle(runs, "rss"),
    stage: median(runs.map(({ said }) => Number(/^\s*search\s+([\d.]+) ms/m.exec(said)?.[1]) / 1000)),
    index: without.length === 0 ? undefined : Math.max(0, middle(runs, "cpu") - middle(without, "cpu")),
  };
}

// ── The table ────────────────────────────────────────────────────────────────────────────────────────────────────────

const KB = (bytes) => `${(bytes / 1000).toFixed(1)} KB`;
const MB = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;
const share = (value) => (Number.isNaN(value) ? "–" : value.toFixed(3));
const percent = (value) => (Number.isNaN(value) ? "–" : `${(100 * value).toFixed(0)} %`);
const both = (list, write) => (list.length === 0 ? "–" : `${write(median(list))} (${write(quantile(list, 0.95))})`);

/** Required figures, by profile; some are relative to Pagefind's. */
const BARS = {
  pages: { bytes: 50_000, requests: 10, later: 35_000, time: 0.35, index: 10e6, shipped: 30e6, files: (pages) => pages / 4, cpu: 0.1, rss: 0.1 },
  short: { bytes: 40_000, files: () => 4000, memory: 0.6e9 },
  portal: { bytes: 15_000 },
};

/** Prints the table. @returns whether ours reaches every requirement */
export function table(name, corpus, asked, { Pagefind: peer, Shuyuan: ours }) {
  const bar = BARS[name] ?? {};
  const misses = [];
  const rows = [];
  const row = (what, figure, must, reached) => {
    const cell = (engine) => (engine === undefined ? "–" : figure(engine));
    const verdict = must === undefined || ours === undefined ? "" : reached(ours) ? "yes" : "**no**";
    if (verdict === "**no**") misses.push(what);
    rows.push(`| ${what} | ${cell(peer)} | ${cell(ours)} | ${must ?? ""} | ${verdict} |`);
  };
  const most = (limit, write) => (limit === undefined ? undefined : `≤ ${write(limit)}`);

  row("first query, cold, first screen: bytes, median (p95)", (e) => both(e.bytes, KB), most(bar.bytes, KB), (e) => median(e.bytes) <= bar.bytes);
  row("… requests", (e) => both(e.requests, String), most(bar.requests, String), (e) => median(e.requests) <= bar.requests);
  row("first query, until ten are shown: bytes", (e) => both(e.tenBytes, KB), most(bar.bytes, KB), (e) => median(e.tenBytes) <= bar.bytes);
  row("… requests", (e) => both(e.tenRequests, String), most(bar.requests, String), (e) => median(e.tenRequests) <= bar.requests);
  row("later query, first screen: bytes", (e) => both(e.later, KB), most(bar.later, KB), (e) => median(e.later) <= bar.later);
  row("… requests", (e) => both(e.laterRequests, String));
  row("later query, until ten are shown: bytes", (e) => both(e.laterTen, KB), most(bar.later, KB), (e) => median(e.laterTen) <= bar.later);
  row("first query on a phone, the first result", (e) => both(e.slowFirst, seconds));
  row("… the first screen, with its excerpts", (e) => both(e.slow, seconds));
  row("… until ten are shown", (e) => both(e.slowTen, seconds));
  if (peer !== undefined && ours !== undefined) {
    const ratio = (of) => median(of(ours)) / median(of(peer));
    row("… of Pagefind's time, the first result", (e) => (e === peer ? "1" : ratio((one) => one.slowFirst).toFixed(2)), most(bar.time, String), () => ratio((one) => one.slowFirst) <= bar.time);
    row("… of Pagefind's time, first screen", (e) => (e === peer ? "1" : ratio((one) => one.slow).toFixed(2)), most(bar.time, String), () => ratio((one) => one.slow) <= bar.time);
    row("… of Pagefind's time, ten", (e) => (e === peer ? "1" : ratio((one) => one.slowTen).toFixed(2)), most(bar.time, String), () => ratio((one) => one.slowTen) <= bar.time);
  }
  row("recall, substrings", (e) => share(e.recall), "1.000", (e) => e.recall >= 0.9995);
  row("recall, where Latin and digits stand as words", (e) => share(e.words), "1.000", (e) => e.words >= 0.9995);
  row("precision of the ten shown", (e) => share(e.precision), "1.000", (e) => e.precision >= 0.9995);
  row("excerpts that hold a term", (e) => share(e.excerpt));
  row("… of rows whose title does not hold all terms", (e) => share(e.marked), "≥ 0.95", (e) => e.marked >= 0.95);
  row("rows that show a term, in title or excerpt", (e) => share(e.row), "≥ 0.95", (e) => e.row >= 0.95);
  row("fewer than ten shown though there are more", (e) => percent(e.short), "0 %", (e) => e.short === 0);
  row("title in the first ten", (e) => share(e.fromTitle.title), "1.00", (e) => e.fromTitle.title >= 0.9995);
  row("… as many titles as could be", (e) => share(e.fromTitle.titles));
  row("senseless queries answered", (e) => percent(e.senseless), "0 %", (e) => e.senseless === 0);
  const index = (e) => e.shipped.bytes - texts(e).bytes;
  row("shipped beyond the pages, gzip", (e) => MB(e.shipped.bytes), most(bar.shipped, MB), (e) => e.shipped.bytes <= bar.shipped);
  row("… without text store", (e) => MB(index(e)), most(bar.index, MB), (e) => index(e) <= bar.index);
  row("… scripts, gzip", (e) => KB(script(e)), "≤ 8.0 KB", (e) => script(e) <= 8192);
  row("files", (e) => `${e.shipped.files}`, most(bar.files?.(corpus.length), String), (e) => e.shipped.files <= bar.files(corpus.length));
  row("CPU of the command that builds it", (e) => (e.cost === undefined ? "–" : `${e.cost.cpu.toFixed(1)} s`));
  row("… of it the index, by the difference to one without", (e) => e.cost?.index?.toFixed(2).concat(" s") ?? "–");
  row("… the stage of the index, wall", (e) => (e.cost?.stage > 0 ? `${e.cost.stage.toFixed(2)} s` : "–"));
  if (peer?.cost !== undefined && ours?.cost !== undefined) {
    const ratio = (indexCpu(ours) ?? ours.cost.cpu) / peer.cost.cpu;
    row("… of Pagefind's", (e) => (e === peer ? "1" : ratio.toFixed(3)), most(bar.cpu, String), () => ratio <= bar.cpu);
    row("peak memory, of Pagefind's", (e) => (e === peer ? "1" : (ours.cost.rss / peer.cost.rss).toFixed(3)), most(bar.rss, String), () => ours.cost.rss / peer.cost.rss <= bar.rss);
  }
  if (ours?.cost !== undefined && indexCpu(ours) !== undefined) {
    const part = indexCpu(ours) / ours.cost.cpu;
    row("… of the whole build's CPU", (e) => (e === peer ? "" : percent(part)), "≤ 30 %", () => part <= 0.3);
  }
  row("peak memory", (e) => (e.cost === undefined ? "–" : MB(e.cost.rss)), most(bar.memory, MB), (e) => (e.cost?.rss ?? 0) <= bar.memory);
  row("queries that failed", (e) => `${e.faults.length}`, "0", (e) => e.faults.length === 0);

  const size = corpus.reduce((sum, page) => sum + Buffer.byteLength(page.folded), 0);
  console.log(`\n## ${name}: ${corpus.length} pages, ${MB(size)} of text, ${asked.length} queries\n`);
  console.log("| | Pagefind 1.6 | Shuyuan | must reach | reached |\n|---|---|---|---|---|");
  console.log(rows.join("\n"));
  kinds({ Pagefind: peer, Shuyuan: ours });
  for (const [engine, found] of Object.entries({ Pagefind: peer, Shuyuan: ours })) {
    if (found === undefined) continue;
    console.log(`\n${engine} ships: ${Object.entries(found.shipped.groups).map(([kind, { files, bytes }]) => `${kind} ${files} × ${KB(bytes / files)}`).join(", ")}`);
    if (found.faults.length > 0) console.log(`faults of ${engine}, the first five:\n${found.faults.slice(0, 5).join("\n")}`);
  }
  if (misses.length > 0) console.log(`\nNot reached: ${misses.join("; ")}`);
  return misses.length === 0;
}

/** Our text stores are the files `t…`. */
const texts = (engine) => engine.shipped.groups.t ?? { bytes: 0 };
/** Both of our scripts, including the one that is rarely fetched. */
const script = ({ shipped: { groups } }) => ["search", "search-more", ".js"].reduce((sum, name) => sum + (groups[name]?.bytes ?? 0), 0);
/** The difference to a program without search; otherwise the stage's wall time. */
const indexCpu = (engine) => engine.cost?.index ?? (engine.cost?.stage > 0 ? engine.cost.stage : undefined);

function kinds(engines) {
  const named = Object.entries(engines).filter(([, found]) => found !== undefined);
  const all = [...new Set(named.flatMap(([, found]) => Object.keys(found.kinds)))];
  console.log(`\n| kind of query | ${named.map(([name]) => `${name}: ten, bytes · recall · precision · title`).join(" | ")} |\n|---|${named.map(() => "---|").join("")}`);
  for (const kind of all) {
    const cells = named.map(([, found]) => {
      const one = found.kinds[kind];
      return one === undefined ? "–" : `${KB(median(one.tenBytes))} · ${share(one.recall)} · ${share(one.precision)} · ${share(one.title)}`;
    });
    console.log(`| ${kind} | ${cells.join(" | ")} |`);
  }
}
