// Puts pages of every family through the Nu HTML checker: the smallest, the middle and the largest of each.
//
//   node validate.mjs DIR [--pages all]

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
  for (const [family, paths] of portal.families) {
    const chosen = options.pages === "all" ? paths : sample(portal, paths);
    const messages = validate(chosen.map((path) => join(portal.folder, path)));
    const faults = messages.map(({ url, lastLine, message }) => `${relative(portal.folder, fileURLToPath(url))}:${lastLine} ${message}`);
    checks.that(`the Nu checker finds no error in ${family}`, faults, `${chosen.length} of ${paths.length}`);
  }
}

function sample(portal, paths) {
  const sorted = [...paths].sort((a, b) => portal.page(a).size - portal.page(b).size);
  return [...new Set([sorted[0], sorted[sorted.length >> 1], sorted.at(-1)])];
}

/** The errors in some files. */
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
