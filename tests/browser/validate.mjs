// Validates every page with the Nu HTML checker, and reports by family.
//
//   node validate.mjs DIR

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

import { main } from "./lib/checks.mjs";
import { Portal } from "./lib/portal.mjs";

const JAR = fileURLToPath(new URL("node_modules/vnu-jar/build/dist/vnu.jar", import.meta.url));
const BROKEN = '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>坏</title><ul><p>错</ul><img src="a.png"></html>';

export async function judge(checks, options) {
  checks.that("the Nu checker finds the errors of a broken page", findsBroken() ? [] : ["a broken page passes"]);
  const portal = new Portal(options.portal);
  const messages = validate(portal.pages.map((path) => join(portal.folder, path)));
  const found = messages.map((message) => ({ ...message, path: relative(portal.folder, fileURLToPath(message.url)) }));
  for (const [family, paths] of portal.families) {
    const own = found.filter(({ path }) => paths.includes(path));
    const faults = own.map(({ path, lastLine, message }) => `${path}:${lastLine} ${message}`);
    checks.that(`the Nu checker finds no error in ${family}`, faults, `${paths.length} pages`);
  }
}

/** The errors in `files`. */
function validate(files) {
  const { stderr, error } = spawnSync("java", ["-jar", JAR, "--errors-only", "--format", "json", ...files], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (error) throw error;
  return JSON.parse(stderr).messages;
}

function findsBroken() {
  const folder = mkdtempSync(join(tmpdir(), "shuyuan-validate-"));
  const file = join(folder, "broken.html");
  writeFileSync(file, BROKEN);
  const messages = validate([file]);
  rmSync(folder, { recursive: true });
  return messages.some(({ message }) => message.includes("not allowed as child"));
}

await main(import.meta, "validate", judge);
