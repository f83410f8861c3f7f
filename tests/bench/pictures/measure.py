"""Runs the programs alternately on the same photos and prints the table of results: see pictures.sh."""

import argparse
import os
import statistics
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from peers import FORMATS, WIDTHS, Hugo, Shuyuan, Site, Vips, Zola
from quality import pixels, psnr, reference, ssim
from usage import run


def once(program, keep: bool = False) -> dict[str, float]:
    """One run, from scratch unless `keep` is set."""
    if not keep:
        program.clear()
    return run(program.command(), environment=os.environ | program.environment)


def medians(runs: list[dict[str, float]]) -> dict[str, float]:
    return {name: statistics.median(one[name] for one in runs) for name in runs[0]}


def qualities(programs: list, photos: list[Path]) -> dict[tuple[str, int, str], tuple[float, float]]:
    """Medians over the photos of PSNR and SSIM, by program, width and format."""
    taken: dict[tuple[str, int, str], list[tuple[float, float]]] = {}
    made = {program.name: program.outputs() for program in programs}
    for photo in photos:
        for width in WIDTHS:
            references = {}
            for name, outputs in made.items():
                for kind in FORMATS:
                    if (photo.stem, width, kind) not in outputs:
                        continue
                    got = pixels(outputs[photo.stem, width, kind])
                    size = (got.shape[1], got.shape[0])
                    if size not in references:
                        references[size] = reference(photo, size)
                    taken.setdefault((name, width, kind), []).append((psnr(got, references[size]), ssim(got, references[size])))
    return {key: tuple(statistics.median(part) for part in zip(*values)) for key, values in taken.items()}


def faults(program, photos: list[Path]) -> list[str]:
    """Derivatives that are missing, of the wrong size or not upright."""
    from PIL import Image

    outputs, found = program.outputs(), []
    for photo in photos:
        with Image.open(photo) as image:
            width, height = image.size
            if image.getexif().get(0x0112, 1) >= 5:
                width, height = height, width
        for wanted in WIDTHS:
            for kind in FORMATS:
                path = outputs.get((photo.stem, wanted, kind))
                if path is None or not path.is_file():
                    found.append(f"{photo.stem} {wanted} {kind}: missing")
                    continue
                with Image.open(path) as made:
                    if made.width != wanted or abs(made.height - wanted * height / width) > 1:
                        found.append(f"{photo.stem} {wanted} {kind}: {made.width} × {made.height}")
                    if made.getexif() or made.info.get("xmp") or made.info.get("comment"):
                        found.append(f"{photo.stem} {wanted} {kind}: metadata left")
    return found


def archive(program: Shuyuan, photo: Path, smalls: list[Path], runs: int) -> tuple[float, float]:
    """CPU for one more photo among many, and for the same photo alone, both minus a build without it."""
    def extra(others: list[Path]) -> float:
        costs = []
        for _ in range(runs):
            program.prepare(others)
            once(program)
            still = once(program, keep=True)["cpu"]
            program.add(photo)
            costs.append(once(program, keep=True)["cpu"] - still)
        return statistics.median(costs)

    return extra(smalls), extra(smalls[:1])


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--photos", type=Path, required=True)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--archive", type=int, default=1000, help="small photos among which one more is added")
    parser.add_argument("--compared", type=int, default=12, help="photos whose pixels are compared")
    parser.add_argument("--shuyuan")
    parser.add_argument("--hugo")
    parser.add_argument("--zola")
    options = parser.parse_args()
    photos = sorted(options.photos.glob("photo-*.jpg"))[: options.count]
    smalls = sorted(options.photos.glob("small-*.jpg"))[: options.archive]

    six, one = Vips(options.work, one_decode=False), Vips(options.work, one_decode=True)
    two, two_one = Vips(options.work, one_decode=False, processes=2), Vips(options.work, one_decode=True, processes=2)
    programs: list = [six, one, two, two_one]
    ours = Shuyuan(options.work, [options.shuyuan]) if options.shuyuan else None
    hugo = Hugo(options.work, [options.hugo]) if options.hugo else None
    zola = Zola(options.work, options.zola.split()) if options.zola else None
    programs += [program for program in (ours, hugo, zola) if program]
    for program in programs:
        program.prepare(photos)

    taken: dict[str, list[dict[str, float]]] = {}
    again: dict[str, list[dict[str, float]]] = {}
    for turn in range(options.runs):
        for program in programs:
            # One run of Hugo and Zola is enough, since they are far from the limits.
            if program in (hugo, zola) and turn > 0:
                continue
            taken.setdefault(program.name, []).append(once(program))
            if program.has_cache:
                again.setdefault(program.name, []).append(once(program, keep=True))

    cost = {name: medians(runs) for name, runs in taken.items()}
    second = {name: medians(runs) for name, runs in again.items()}
    compared = photos[:: max(1, len(photos) // options.compared)][: options.compared]
    shown = [program for program in programs if program not in (two, two_one)]
    quality = qualities(shown, compared)
    wrong = {program.name: faults(program, photos) for program in shown}
    size = {program.name: sum(path.stat().st_size for path in program.outputs().values() if path.is_file()) for program in shown}

    megabytes = sum(photo.stat().st_size for photo in photos) / len(photos) / 1e6
    print(f"\n## {len(photos)} photos of 12 MP ({megabytes:.1f} MB each) to {'/'.join(map(str, WIDTHS))} px, WebP 75 and JPEG 80\n")
    print("| program | CPU s | wall s | peak MB | derivatives MB | CPU of six calls | second build, CPU s | faults |\n|---|---|---|---|---|---|---|---|")
    for program in programs:
        m = cost[program.name]
        made = f"{size[program.name] / 1e6:.1f}" if program.name in size else ""
        later = f"{second[program.name]['cpu']:.2f}" if program.name in second else ""
        print(f"| {program.name} | {m['cpu']:.1f} | {m['wall']:.1f} | {m['rss'] / 1e6:.0f} | {made} | {m['cpu'] / cost[six.name]['cpu']:.3f} | {later} | {len(wrong.get(program.name, []))} |")
    print("\nPeak memory of vips is that of one process.\n")

    print(f"| PSNR dB · SSIM, medians of {len(compared)} photos | " + " | ".join(program.name for program in shown) + " |\n|---|" + "---|" * len(shown))
    for kind in FORMATS:
        for width in WIDTHS:
            cells = [f"{quality[key][0]:.2f} · {quality[key][1]:.4f}" if (key := (program.name, width, kind)) in quality else "–" for program in shown]
            print(f"| {kind} {width} | " + " | ".join(cells) + " |")
    for name, list_of in wrong.items():
        if list_of:
            print(f"\n{name}: " + "; ".join(list_of[:5]))
    if ours is None:
        return

    rows: list[tuple[str, float, float]] = []
    mine = cost[ours.name]
    rows.append(("CPU, of six calls", mine["cpu"] / cost[six.name]["cpu"], 0.35))
    rows.append(("CPU, of one decode", mine["cpu"] / cost[one.name]["cpu"], 0.6))
    rows.append(("wall on two threads, of two vips processes", mine["wall"] / cost[two.name]["wall"], 0.5))
    rows += [(f"CPU, of {peer.name}'s", mine["cpu"] / cost[peer.name]["cpu"], bar) for peer, bar in ((hugo, 0.15), (zola, 0.2)) if peer]
    rows.append(("bytes, of vips'", size[ours.name] / size[six.name], 1.02))
    worse = max((quality[six.name, *key][0] - quality[ours.name, *key][0] for key in ((w, k) for w in WIDTHS for k in FORMATS) if (ours.name, *key) in quality), default=float("inf"))
    rows.append(("PSNR below vips', the worst of six, dB", worse, 0.0))
    worse = max((quality[six.name, *key][1] - quality[ours.name, *key][1] for key in ((w, k) for w in WIDTHS for k in FORMATS) if (ours.name, *key) in quality), default=float("inf"))
    rows.append(("SSIM below vips', the worst of six", worse, 0.0))
    rows.append(("second build, of the first's CPU", second[ours.name]["cpu"] / mine["cpu"], 0.02))
    rows.append(("peak memory, MB", mine["rss"] / 1e6, 300))
    rows.append(("faults in sizes and metadata", len(wrong[ours.name]), 0))
    if smalls:
        among, alone = archive(Shuyuan(options.work / "archive", [options.shuyuan]), photos[0], smalls, options.runs)
        print(f"\nOne photo more costs {among:.2f} s CPU among {len(smalls)}, {alone:.2f} s beside one.")
        rows.append((f"one photo more among {len(smalls)}, of alone", among / alone, 1.5))
    print("\n| | Shuyuan | must be at most | reached |\n|---|---|---|---|")
    for what, value, bar in rows:
        print(f"| {what} | {value:.3f} | {bar:g} | {'yes' if value <= bar else '**no**'} |")
    sys.exit(0 if all(value <= bar for _, value, bar in rows) else 1)


if __name__ == "__main__":
    main()
