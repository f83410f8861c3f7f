"""What a save costs: under `serve` beside Hugo's server, and in a further `build`. See save.sh."""

import argparse
import http.client
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE = 120.0  # seconds until a save must be served


class Server:
    """A program that serves its site and follows changes of its files."""

    def __init__(self, program: str, binary: str, source: Path, work: Path) -> None:
        self.program, self.source = program, source
        self.port = free_port()
        if program == "shuyuan":
            command = [binary, "serve", "--root", source, "--port", str(self.port), "--today", "2026-11-21"]
        else:
            command = [binary, "server", "--source", source, "--port", str(self.port), "--bind", "127.0.0.1", "--noBuildLock",
                       "--cacheDir", str(work / "hugo-cache"), "--disableBrowserError", "--disableLiveReload"]
        self.child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.article = newest(source / "content" / "news")
        self.pages = [f"news/{self.article.stem}.html", "news/index.html", "index.html"]
        began = time.monotonic()
        self.wait("", self.pages)
        self.started = time.monotonic() - began

    def stop(self) -> None:
        self.child.terminate()
        self.child.wait()

    def cpu(self) -> float:
        """Seconds of CPU since the start."""
        fields = Path(f"/proc/{self.child.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory(self) -> int:
        """Bytes of resident memory."""
        return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{self.child.pid}/status").read_text())[1]) * 1024

    def save(self, mark: str) -> dict[str, float]:
        """Writes a new title, and waits until the page, its list and the home page show it."""
        text = self.article.read_text()
        text = re.sub(r'^title: .*$', f'title: "{mark}"', text, count=1, flags=re.M)
        before, began = self.cpu(), time.monotonic()
        self.article.write_text(text)
        self.wait(mark, self.pages[:1])
        page = time.monotonic() - began
        self.wait(mark, self.pages[1:])
        whole = time.monotonic() - began
        time.sleep(3)  # What is still made behind the pages is part of the cost.
        return {"page": page, "all": whole, "cpu": self.cpu() - before, "memory": self.memory()}

    def wait(self, mark: str, pages: list[str]) -> None:
        """Asks for the pages until all of them show the mark."""
        until = time.monotonic() + PATIENCE
        for page in pages:
            while True:
                try:
                    with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{page}", timeout=PATIENCE) as answer:
                        if mark in answer.read().decode():
                            break
                # The server of Hugo may answer with a part of a page while it writes it.
                except (OSError, http.client.HTTPException):
                    pass
                if time.monotonic() > until or self.child.poll() is not None:
                    sys.exit(f"{self.program} does not serve {page} with {mark!r}")
                time.sleep(0.002)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def newest(folder: Path) -> Path:
    """The article that leads all lists."""
    day = re.compile(r"^date: (\S+)$", re.M)
    return max(folder.glob("*.md"), key=lambda path: (found[1] if (found := day.search(path.read_text())) else "", path.name))


def built(binary: str, source: Path, out: Path) -> float:
    """Seconds of CPU of one build."""
    command = [binary, "build", "--root", source, "--out", out, "--today", "2026-11-21", "--base-url", "https://sample.example/"]
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit(f"shuyuan failed on {source}")
    return usage.ru_utime + usage.ru_stime


def builds(binary: str, source: Path, work: Path, runs: int) -> None:
    """Prints what further builds cost, as shares of the CPU of one from scratch."""
    article = newest(source / "content" / "news")
    taken: dict[str, list[float]] = {}
    for run in range(runs):
        shutil.rmtree(work / "out", ignore_errors=True)
        shutil.rmtree(source / ".shuyuan", ignore_errors=True)
        cold = built(binary, source, work / "out")
        same = built(binary, source, work / "out")
        article.write_text(article.read_text() + f"\n又添一句，第{run}次。\n")
        edit = built(binary, source, work / "out")
        for name, cpu in (("cold, s", cold), ("nothing changed", same / cold), ("one entry changed", edit / cold)):
            taken.setdefault(name, []).append(cpu)
    print("  ".join(f"{name}: {statistics.median(cpus):.3f}" for name, cpus in taken.items()))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--shuyuan", required=True)
    parser.add_argument("--hugo")
    parser.add_argument("sizes", type=int, nargs="+")
    options = parser.parse_args()
    binaries = {"shuyuan": options.shuyuan} | ({"hugo": options.hugo} if options.hugo else {})
    for size in options.sizes:
        servers = [Server(program, binary, options.work / str(size) / program, options.work) for program, binary in binaries.items()]
        taken: dict[str, list[dict[str, float]]] = {}
        for run in range(options.runs + 1):
            for server in servers:
                found = server.save(f"第{run}次保存")
                if run > 0:  # The first is for warming up.
                    taken.setdefault(server.program, []).append(found)
        median = {program: {name: statistics.median(run[name] for run in runs) for name in runs[0]} for program, runs in taken.items()}
        for server in servers:
            m = median[server.program]
            print(f"{size:6} {server.program:8} start {server.started:6.2f} s  page {m['page'] * 1000:7.0f} ms  page, list and home "
                  f"{m['all'] * 1000:7.0f} ms  CPU {m['cpu']:6.2f} s  memory {m['memory'] / 1e6:5.0f} MB")
            server.stop()
        if options.hugo:
            ours, theirs = median["shuyuan"], median["hugo"]
            print(f"{size:6} of Hugo's: " + ", ".join(f"{name} {ours[name] / theirs[name]:.2f}" for name in ours))
        builds(options.shuyuan, options.work / str(size) / "shuyuan", options.work, options.runs)


if __name__ == "__main__":
    main()
