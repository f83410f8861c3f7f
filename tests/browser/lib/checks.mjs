// Collects checks. Each is a sentence with the faults found; it passed if there are none.

const SHOWN = 20;

export class Checks {
  /** @param {string} judge name at the start of the summary  @param {boolean} silent for the tests of the judges */
  constructor(judge, silent = false) {
    this.judge = judge;
    this.silent = silent;
    this.passed = [];
    this.failed = [];
  }

  /** Records a check that passes if there are no faults; `measured` tells how much was examined. */
  that(sentence, faults, measured = "") {
    const unique = [...new Set(faults)];
    (unique.length === 0 ? this.passed : this.failed).push(sentence);
    if (this.silent) return;
    const note = measured === "" ? "" : ` (${measured})`;
    if (unique.length === 0) return console.log(`  ok    ${sentence}${note}`);
    console.log(`  FAIL  ${sentence}${note}: ${unique.length} faults`);
    for (const fault of unique.slice(0, SHOWN)) console.log(`          ${fault}`);
    if (unique.length > SHOWN) console.log(`          … and ${unique.length - SHOWN} more`);
  }

  /** Prints the summary that `tests/run` adds up, and sets the exit code. */
  finish() {
    console.log(`${this.judge}: ${this.passed.length} passed, ${this.failed.length} failed`);
    if (this.failed.length > 0) process.exitCode = 1;
  }
}

/** Runs `judge(checks, args)` when `module` was started from the command line. */
export async function main(module, name, judge) {
  const { pathToFileURL } = await import("node:url");
  if (module.url !== pathToFileURL(process.argv[1]).href) return;
  const checks = new Checks(name);
  await judge(checks, readArguments(process.argv.slice(2)));
  checks.finish();
}

/** `DIR --name value …` as `{ portal: DIR, name: value }`. */
function readArguments(words) {
  const options = {};
  for (let at = 0; at < words.length; at += 1) {
    if (words[at].startsWith("--")) options[words[at].slice(2)] = words[(at += 1)];
    else if (options.portal === undefined) options.portal = words[at];
    else (options.rest ??= []).push(words[at]);
  }
  if (options.portal === undefined) throw new Error("the folder of a built portal is missing");
  return options;
}
