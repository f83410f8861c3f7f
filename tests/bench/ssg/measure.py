"""Builds the same articles with each generator in turn and prints medians and ratios as Markdown tables: see ssg.sh."""

import argparse
import shutil
import statistics
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import measure as shape  # noqa: E402
import usage  # noqa: E402
from same import faults  # noqa: E402

NAMES = {"shuyuan": "Shuyuan", "hugo": "Hugo", "blades": "Blades", "eleventy": "Eleventy"}
STAGES = {"cold": "cold", "same": "nothing changed", "edit": "one edit"}
# Shuyuan's CPU of that of another stage or generator, as the project wants it. Blades has no search; it is measured with ours.
BARS = [("same", "shuyuan", "cold", 0.08), ("edit", "shuyuan", "cold", 0.12), ("cold", "hugo", "cold", 0.40), ("cold", "blades", "cold", 2.5)]


class Site:
    """The articles as one generator reads them, and where it writes its pages."""

    def __init__(self, program: str, binary: str, work: Path) -> None:
        self.program, self.source = program, work / program
        # Blades writes only into a folder that its settings name.
        self.out = self.source / "public" if program == "blades" else work / f"out-{program}"
        self.made = [self.out, work / "hugo-cache", *(self.source / name for name in (".shuyuan", "resources", ".blades", ".bladestheme", ".cache"))]
        self.command = {
            "blades": lambda: [binary, "all"],
            "eleventy": lambda: ["node", binary, "--quiet", f"--output={self.out}"],
        }.get(program, lambda: shape.command(program, binary, self.source, self.out))()
        self.article = self.source / "content" / "news" / "news-50.md"
        self.text = self.article.read_text()

    def build(self) -> dict[str, float]:
        return usage.run(self.command, folder=self.source)

    def round(self, mark: str) -> dict[str, dict[str, float]]:
        """A build from nothing, one with nothing changed, and one after a sentence more in one article."""
        for path in self.made:
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
        taken = {"cold": self.build(), "same": self.build()}
        self.article.write_text(f"{self.text}\n{mark}\n")
        taken["edit"] = self.build()
        if mark not in (self.out / "news" / "news-50.html").read_text():
            sys.exit(f"{NAMES[self.program]} does not show the edit")
        self.article.write_text(self.text)
        return taken


def measured(sites: list[Site], runs: int) -> dict[str, dict[str, dict[str, float]]]:
    """Medians of the rounds, in which the generators take turns, of each program and stage."""
    taken: dict[str, list] = {site.program: [] for site in sites}
    for run in range(runs):
        # Whoever comes first finds other caches than who comes last.
        for site in sites[run % len(sites):] + sites[:run % len(sites)]:
            taken[site.program].append(site.round(f"又添一句，第{run}次。"))
    middle = lambda rounds, stage, name: statistics.median(each[stage][name] for each in rounds)  # noqa: E731
    return {program: {stage: {name: middle(rounds, stage, name) for name in ("cpu", "wall", "rss")} for stage in STAGES}
            for program, rounds in taken.items()}


def table(size: int, found: dict, sites: list[Site]) -> None:
    """Prints the costs; a figure in brackets is how many times Shuyuan's it is."""
    ours = found["shuyuan"]
    print(f"\n### {size} articles\n")
    heads = [f"{stage}: {figure}" for stage in STAGES.values() for figure in ("CPU, s", "time, s")] + ["peak memory, MB", "pages", "MB written"]
    print(f"| | {' | '.join(heads)} |\n|---|{'---:|' * len(heads)}")
    for site in sites:
        costs = found[site.program]
        times = lambda value, own: f" (×{value / own:.2f})" if site.program != "shuyuan" else ""  # noqa: E731
        cells = [f"{costs[stage][name]:.2f}{times(costs[stage][name], ours[stage][name])}" for stage in STAGES for name in ("cpu", "wall")]
        peak, own = (max(each[stage]["rss"] for stage in STAGES) for each in (costs, ours))
        files = [path for path in site.out.rglob("*") if path.is_file()]
        pages, written = sum(path.suffix == ".html" for path in files), sum(path.stat().st_size for path in files)
        print(f"| {NAMES[site.program]} | {' | '.join(cells)} | {peak / 1e6:.0f}{times(peak, own)} | {pages} | {written / 1e6:.1f} |")


def bars(size: int, found: dict) -> None:
    """Prints what is wanted of Shuyuan beside what was measured."""
    print(f"\n| {size} articles, CPU of Shuyuan | measured | wanted | |\n|---|---:|---:|---|")
    for stage, other, theirs, bar in BARS:
        if other not in found:
            continue
        ratio = found["shuyuan"][stage]["cpu"] / found[other][theirs]["cpu"]
        of = "its own" if other == "shuyuan" else f"{NAMES[other]}'s"
        print(f"| {STAGES[stage]}, of {of} {STAGES[theirs]} | {ratio:.2f} | ≤ {bar:.2f} | {'met' if ratio <= bar else 'short'} |")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--work", type=Path, required=True)
    for program in NAMES:
        parser.add_argument(f"--{program}", required=program == "shuyuan")
    parser.add_argument("sizes", type=int, nargs="+")
    options = parser.parse_args()
    for size in options.sizes:
        work = options.work / str(size)
        sites = [Site(program, binary, work) for program in NAMES if (binary := getattr(options, program))]
        # The first builds are for warming up, and for looking whether the sites are the same.
        wrong = []
        for site in sites:
            site.round("先看一看。")
            site.build()
            wrong += [f"{NAMES[site.program]}: {fault}" for fault in faults(site.out, work / "same.json")]
        if wrong:
            sys.exit("\n".join([f"the sites of {size} articles are not the same:", *wrong[:20]]))
        found = measured(sites, options.runs)
        table(size, found, sites)
        bars(size, found)


if __name__ == "__main__":
    main()
