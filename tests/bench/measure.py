"""Runs the programs alternately on the generated sites and prints medians: see shape.sh."""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

CPU_RATIO = 11
MEMORY = 300_000_000


def command(program: str, binary: str, source: Path, out: Path) -> list[str]:
    if program == "shuyuan":
        return [binary, "build", "--root", str(source), "--out", str(out), "--today", "2026-11-21",
                "--base-url", "https://sample.example/"]
    return [binary, "--quiet", "--noBuildLock", "--source", str(source), "--destination", str(out),
            "--cacheDir", str(out.parent / "hugo-cache")]


def measure(program: str, binary: str, source: Path, out: Path) -> dict[str, float]:
    """One build from scratch: no former output, no cache."""
    for left in (out, out.parent / "hugo-cache", source / ".shuyuan", source / "resources"):
        shutil.rmtree(left, ignore_errors=True)
    began = time.monotonic()
    child = subprocess.Popen(command(program, binary, source, out), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.monotonic() - began
    if status != 0:
        sys.exit(f"{program} failed on {source}:\n{errors.decode()}")
    files = [path for path in out.rglob("*") if path.is_file()]
    return {
        "cpu": usage.ru_utime + usage.ru_stime,
        "wall": wall,
        "rss": usage.ru_maxrss * 1024,
        "pages": sum(path.suffix == ".html" for path in files),
        "bytes": sum(path.stat().st_size for path in files),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--shuyuan", required=True)
    parser.add_argument("--hugo")
    parser.add_argument("sizes", type=int, nargs=2)
    options = parser.parse_args()
    binaries = {"shuyuan": options.shuyuan} | ({"hugo": options.hugo} if options.hugo else {})

    taken: dict[tuple[str, int], list[dict[str, float]]] = {}
    for run in range(options.runs + 1):
        for size in options.sizes:
            for program, binary in binaries.items():
                found = measure(program, binary, options.work / str(size) / program, options.work / f"out-{program}")
                if run > 0:  # The first is for warming up.
                    taken.setdefault((program, size), []).append(found)

    median = {key: {name: statistics.median(run[name] for run in runs) for name in runs[0]} for key, runs in taken.items()}
    print(f"{'program':8} {'items':>6} {'CPU s':>8} {'wall s':>8} {'peak MB':>8} {'pages':>7} {'out MB':>8}   CPU of each run")
    for (program, size), m in sorted(median.items(), reverse=True):
        each = " ".join(f"{run['cpu']:.2f}" for run in taken[program, size])
        print(f"{program:8} {size:6} {m['cpu']:8.2f} {m['wall']:8.2f} {m['rss'] / 1e6:8.0f} {m['pages']:7.0f} {m['bytes'] / 1e6:8.1f}   {each}")

    small, large = options.sizes
    for program in binaries:
        ratios = {name: median[program, large][name] / median[program, small][name] for name in ("cpu", "wall", "rss", "pages", "bytes")}
        print(f"{program}: {large} against {small} items: " + ", ".join(f"{name} ×{ratio:.2f}" for name, ratio in ratios.items()))
    for size in options.sizes if options.hugo else ():
        theirs, ours = median["hugo", size], median["shuyuan", size]
        print(f"{size} items: Hugo needs {theirs['cpu'] / ours['cpu']:.2f} × Shuyuan's CPU, "
              f"{theirs['wall'] / ours['wall']:.2f} × its time, {theirs['rss'] / ours['rss']:.2f} × its memory")

    ratio = median["shuyuan", large]["cpu"] / median["shuyuan", small]["cpu"]
    peak = max(run["rss"] for run in taken["shuyuan", large])
    faults = [f"CPU grows ×{ratio:.2f}, more than ×{CPU_RATIO}"] if ratio > CPU_RATIO else []
    faults += [f"peak memory is {peak / 1e6:.0f} MB, not under {MEMORY / 1e6:.0f} MB"] if peak >= MEMORY else []
    print("\n".join(f"FAIL: {fault}" for fault in faults) or f"ok: CPU ×{ratio:.2f} ≤ {CPU_RATIO}, peak {peak / 1e6:.0f} MB < {MEMORY / 1e6:.0f} MB")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
