"""Counts instructions by stage and compares them with the kept ones: see instructions.sh."""

import argparse
import json
import os
import platform
import re
import subprocess
import sys
from pathlib import Path

TOLERANCE = 1.05
# Below this a stage is noise.
LEAST = 5_000_000
# Callgrind writes what was counted so far whenever this ends: once a stage (src/pipeline.rs).
CUT = "shuyuan::pipeline::Stopwatch::lap"
AGAIN = "nothing changed"


def counter() -> dict[str, str]:
    """What else decides how many instructions the same code takes. Counts under another one are not compared."""
    told = lambda *command: subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()  # noqa: E731
    flags = Path("/proc/cpuinfo").read_text().split()
    processor = [platform.machine(), *(flag for flag in ("avx2", "bmi2", "sse4_2") if flag in flags)]
    return {"compiler": told("rustc", "--version"), "processor": " ".join(processor), "libc": " ".join(platform.libc_ver()),
            "valgrind": told("valgrind", "--version")}


def count(command: list[str], out: Path, cuts: list[str]) -> tuple[list[int], str]:
    """The instructions of a command between its cuts, in order, and what it said. One thread, so that they are the same each time."""
    tool = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", *cuts]
    done = subprocess.run(tool + command, env=os.environ | {"RAYON_NUM_THREADS": "1"}, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr[-4000:]}")
    parts = [path for path in out.parent.glob(f"{out.name}*") if path.name[len(out.name):].lstrip(".").isdigit() or path == out]
    parts.sort(key=lambda path: int(path.name[len(out.name):].lstrip(".") or 10**6))
    return [int(re.search(r"^totals: (\d+)", path.read_text(errors="replace"), re.M)[1]) for path in parts], done.stderr


def measured(options: argparse.Namespace) -> dict[str, int]:
    """Instructions by stage."""
    build = [options.shuyuan, "build", "--root", str(options.portal), "--out", str(options.work / "site"), "--today", "2026-11-21",
             "--base-url", "https://sample.example/", "--timings"]
    parts, said = count(build, options.work / "cold", [f"--dump-after={CUT}"])
    stages = re.findall(r"^ *(\S.*?) +[\d.]+ ms$", said, re.M)
    # The first stage and the last are timed by the command itself: they stand before the first cut and behind the last.
    middle = stages[1:-1]
    if len(parts) != len(middle) + 1:
        sys.exit(f"{len(parts)} parts for the stages {stages}: does {CUT} still end each of them?")
    again, _ = count(build, options.work / "again", [])
    return dict(zip([f"{stages[0]}, {middle[0]}", *middle[1:], stages[-1]], parts)) | {AGAIN: sum(again)}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--shuyuan", required=True)
    for name in ("portal", "work", "kept"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    kept = json.loads(options.kept.read_text()) if options.kept.exists() else {"by": {}, "instructions": {}}
    by = counter()
    found = measured(options)
    if options.keep:
        options.kept.write_text(json.dumps({"by": by, "instructions": found}, indent=2) + "\n")
    before = kept["instructions"] if kept.get("by") == by else {}
    over = []
    print("| stage | instructions, millions | of the kept |\n|---|---:|---:|")
    for stage, instructions in (found | {"all": sum(found.values())}).items():
        known = sum(before.values()) if stage == "all" else before.get(stage)
        ratio = f"{instructions / known:.3f}" if known else "–"
        print(f"| {stage} | {instructions / 1e6:.1f} | {ratio} |")
        if known and instructions > known * TOLERANCE and instructions - known > LEAST:
            over.append(stage)
    if not before:
        print(f"nothing is compared: the kept counts are by {kept.get('by')}, these by {by}")
    if over and not options.keep:
        sys.exit(f"more than {TOLERANCE - 1:.0%} above the kept counts: {', '.join(over)}")


if __name__ == "__main__":
    main()
