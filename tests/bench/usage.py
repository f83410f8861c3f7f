"""Runs one command and writes its cost as JSON: usage.py OUT.json COMMAND ARGUMENT…"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path


def run(command: list[str], environment: dict[str, str] | None = None, folder: Path | None = None) -> dict[str, float]:
    """CPU and wall time in seconds, peak memory in bytes, of the command and its waited-for children."""
    return told(command, environment, folder)[0]


def told(command: list[str], environment: dict[str, str] | None = None, folder: Path | None = None) -> tuple[dict[str, float], str]:
    """The same, and the command's output on stderr."""
    began = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment, cwd=folder)
    errors = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.monotonic() - began
    if status != 0:
        sys.exit(f"{' '.join(command)} failed:\n{errors.decode(errors='replace')[-4000:]}")
    return {"cpu": usage.ru_utime + usage.ru_stime, "wall": wall, "rss": usage.ru_maxrss * 1024}, errors.decode(errors="replace")


if __name__ == "__main__":
    figures, said = told(sys.argv[2:])
    Path(sys.argv[1]).write_text(json.dumps(figures | {"said": said}))
