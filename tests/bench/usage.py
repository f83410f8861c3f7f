"""Runs one command and writes what it cost as JSON: usage.py OUT.json COMMAND ARGUMENT…"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path


def run(command: list[str], stdout=subprocess.DEVNULL, environment: dict[str, str] | None = None) -> dict[str, float]:
    """CPU and wall in seconds, peak memory in bytes, of the command and the children it waited for."""
    began = time.monotonic()
    child = subprocess.Popen(command, stdout=stdout, stderr=subprocess.PIPE, env=environment)
    errors = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.monotonic() - began
    if status != 0:
        sys.exit(f"{' '.join(command)} failed:\n{errors.decode(errors='replace')[-4000:]}")
    return {"cpu": usage.ru_utime + usage.ru_stime, "wall": wall, "rss": usage.ru_maxrss * 1024}


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(run(sys.argv[2:], sys.stderr)))
