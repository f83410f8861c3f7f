// Sends the same queries about the same pages to both engines and prints the table: see search.sh.
//
//   node search.mjs --name PROFILE --site DIR [--peer DIR] [--queries N] [--slow N] [--seed N] [--costs DIR] [--out FILE]

import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";

import { ask, open } from "./drive.mjs";
import { host } from "./host.mjs";
import { pagesOfIds } from "./pagefind.mjs";
import { NONSENSE, draw } from "./queries.mjs";
import { judge, shipped, table } from "./table.mjs";
import { readCorpus, scan } from "./truth.mjs";

/** All results are listed if at most this many pages match. */
const LISTED = 60;

const { values: options } = parseArgs({
  options: {
    name: { type: "string", default: "own" },
    site: { type: "string" },
    peer: { type: "string" },
    ours: { type: "boolean", default: true },
    "without-ours": { type: "boolean", default: false },
    queries: { type: "string", default: "130" },
    slow: { type: "string", default: "26" },
    seed: { type: "string", default: "1" },
    costs: { type: "string" },
    out: { type: "string" },
    verbose: { type: "boolean", default: false },
  },
});

const corpus = readCorpus(options.site);
const asked = draw(corpus, Number(options.queries), Number(options.seed)).map((one) => ({ ...one, truth: scan(corpus, one.query) }));
// A resident's later query is of another kind than the first, and not nonsense.
const sensible = asked.filter(({ kind }) => !NONSENSE.test(kind));
const laterOf = (at) => sensible[(at + 3) % sensible.length].query;

async function pass(browser, folder, idPages) {
  const site = await host(folder);
  const answers = [];
  const slow = [];
  try {
    for (const [at, { kind, query, truth }] of asked.entries()) {
      const list = idPages === undefined && truth.pages.size <= LISTED;
      const answer = await ask(browser, site, { query, later: laterOf(at), list }).catch((error) => ({ query, faults: [error.message.split("\n")[0]] }));
      if (answer.listed !== undefined) answer.listed = answer.listed.map((id) => idPages.get(id));
      answers.push({ kind, truth, ...answer });
      if (options.verbose) console.error(kind, query, truth.pages.size, answer.total, answer.screen?.bytes, answer.ten?.bytes, answer.faults.join(" "));
    }
    const most = Math.min(Number(options.slow), sensible.length);
    for (let at = 0; at < most; at += 1) {
      const { query } = sensible[Math.floor((at * sensible.length) / most)];
      const answer = await ask(browser, site, { query, slow: true }).catch((error) => ({ query, faults: [error.message.split("\n")[0]] }));
      if (answer.screen !== undefined) slow.push({ query, first: answer.screen.firstAt ?? answer.screen.at, screen: answer.screen.at, ten: answer.ten.at });
      else answers.push({ kind: "slow", truth: scan(corpus, query), ...answer });
    }
  } finally {
    await site.close();
  }
  return { answers, slow };
}

const browser = await open();
const engines = {};
try {
  if (options.peer !== undefined) engines.Pagefind = { ...(await pass(browser, options.peer, pagesOfIds(options.peer))), shipped: shipped("Pagefind", options.peer) };
  if (!options["without-ours"]) engines.Shuyuan = { ...(await pass(browser, options.site)), shipped: shipped("Shuyuan", options.site) };
} finally {
  await browser.close();
}

if (options.out !== undefined) writeFileSync(options.out, JSON.stringify(engines, (_, value) => (value instanceof Set ? [...value] : value), 1));
const judged = Object.fromEntries(Object.entries(engines).map(([name, engine]) => [name, judge(name, engine, options.site, options.costs)]));
process.exitCode = table(options.name, corpus, asked, judged) ? 0 : 1;
