"""Whether a built site holds what every site of the benchmark must hold: the same articles at the same addresses, and the same lists."""

import json
import posixpath
import re
import urllib.parse
from html.parser import HTMLParser
from pathlib import Path

BASE = "https://sample.example/"
SPACE = re.compile(r"\s+")


class Page(HTMLParser):
    """The text and the links of a page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.links: list[str] = []
        self.feed(path.read_text())
        self.text = SPACE.sub("", "".join(self.parts))

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.links += [value for name, value in attributes if name == "href" and value]


def address(path: str) -> str:
    """The same of `a`, `a.html`, `a/` and `a/index.html`, which generators write for one page."""
    path = path.removesuffix(".html")
    return "" if path == "index" else path.removesuffix("/index").rstrip("/")


def target(page: str, link: str) -> str:
    """The address that a link on a page leads to."""
    path = urllib.parse.unquote(link.removeprefix(BASE.rstrip("/")).partition("#")[0])
    return address(posixpath.normpath(posixpath.join("/", posixpath.dirname(page), path)).lstrip("/"))


def faults(site: Path, same: Path) -> list[str]:
    """What a site lacks, and which articles it has too many."""
    wanted = json.loads(same.read_text())
    items: dict[str, dict] = wanted["items"]
    files = {str(path.relative_to(site)): path for path in site.rglob("*.html")}
    by_address = {address(name): path for name, path in files.items()}
    # Where lists go on, pages of a list may lie in the folder of the articles.
    is_article = re.compile(r"news/news-\d+")
    found = {name for name in by_address if is_article.fullmatch(name)}
    wrong = [f"no page {name}" for name in sorted(items.keys() - found)] + [f"a page too many: {name}" for name in sorted(found - items.keys())]
    for name in sorted(items.keys() & found):
        text = Page(by_address[name]).text
        lost = [line for line in [items[name]["title"], *items[name]["said"]] if line not in text]
        wrong += [f"{name} does not say {lost[0]!r}"] if lost else []

    listed: dict[str, set[str]] = {name: set() for name in wanted["lists"]}
    for name, path in files.items():
        own = [held for held in listed if address(name) == held or address(name).startswith(f"{held}/")]
        if own and address(name) not in items:
            links = {target(name, link) for link in Page(path).links}
            for held in own:
                listed[held] |= links & items.keys()
    for name, expected in wanted["lists"].items():
        missing, more = set(expected) - listed[name], listed[name] - set(expected)
        wrong += [f"the list {name} lacks {len(missing)} of {len(expected)} articles and has {len(more)} others"] if missing or more else []
    # Home, and the lists of terms, lead to every term.
    for start in ("", "topics", "audiences"):
        path = by_address.get(start)
        links = {target(str(path.relative_to(site)), link) for link in Page(path).links} if path else set()
        wanted_here = {name for name in listed if "/" in name and name.startswith(f"{start}/" if start else "")}
        wrong += [f"{start or 'the home page'} does not lead to {len(wanted_here - links)} terms"] if wanted_here - links else []
    wrong += [] if any(site.rglob("sitemap.xml")) else ["no sitemap"]
    feeds = [path for path in site.rglob("*.xml") if re.search(r"<(rss|feed)\b", path.read_text())]
    wrong += [] if feeds else ["no feed"]
    return wrong
