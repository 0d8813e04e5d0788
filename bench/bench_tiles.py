"""Stored tiles a second through the shipped server, beside nginx serving the same bytes as files.

    python -m bench.bench_tiles [--seconds N] [--rounds N] [--connections N] [--workers N]

Both are asked for the same random tiles, edges included, over the same kept-alive connections, turn by turn; figures of
one run on one machine, to be read as ratios. Needs wrk and nginx. Before anything is timed, every tile is fetched once
from our server and written down as the file that nginx serves, so both send the same bytes.
"""

import argparse
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import numpy as np
from PIL import Image

from manifests.tiling import TILE, levels

SIZE = (8501, 7003)
"""60 megapixels; odd, so that every level has edge tiles of its own."""

TILES = 2000
SCRIPT = """
local paths = {}
for path in io.lines("%s") do paths[#paths + 1] = path end
local at = 0
init = function(args) math.randomseed(7); at = math.random(#paths) end
request = function() at = at %% #paths + 1; return wrk.format("GET", paths[at]) end
"""
NGINX = """
worker_processes {workers};
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{ worker_connections 256; }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    open_file_cache max=10000;
    keepalive_requests 1000000;
    server {{ listen 127.0.0.1:{port}; root {folder}/files; default_type image/jpeg; }}
}}
"""


def main(arguments: Sequence[str] | None = None) -> None:
    options = _options(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _ingest(folder)
        ours, theirs = _free_port(), _free_port()
        with _ours(folder, ours, options.workers):
            paths = _fetch_all(folder, ours)
            with _nginx(folder, theirs, options.workers):
                _measure(folder, {"mocban": ours, "nginx": theirs}, paths, options)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.bench_tiles", description="Stored tiles a second, beside nginx.")
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--workers", type=int, default=2)
    return parser.parse_args(arguments)


def _ingest(folder: Path) -> None:
    """A page like a scan: paper with grain and dark strokes, so that its tiles weigh what tiles weigh."""
    (folder / "bench").mkdir()
    rng = np.random.default_rng(7)
    height, width = SIZE[1], SIZE[0]
    pixels = rng.normal(228, 6, (height, width, 3)).clip(0, 255).astype(np.uint8)
    for row in range(60, height - 60, 90):
        strokes = rng.random(width // 12) < 0.45
        pixels[row : row + 40, : width // 12 * 12] //= np.where(np.repeat(strokes, 12), 6, 1)[None, :, None].astype(
            "u1"
        )
    Image.fromarray(pixels).save(folder / "bench" / "page.tif")
    subprocess.run([*_mocban(folder), "ingest", str(folder / "bench")], check=True, stdout=subprocess.DEVNULL)


def _mocban(folder: Path) -> list[str]:
    return [str(Path(sys.executable).with_name("mocban")), "--library", str(folder / "library")]


def _tile_paths() -> list[str]:
    """Every level, its edges as often as they occur, in an order drawn by lot."""
    base = "/iiif/image/3/bench~page"
    found = [
        f"{base}/{x},{y},{w},{h}/{-(-w // scale)},{-(-h // scale)}/0/default.jpg"
        for scale in (1 << k for k in range(len(levels(*SIZE))))
        for x in range(0, SIZE[0], TILE * scale)
        for y in range(0, SIZE[1], TILE * scale)
        for w, h in [(min(TILE * scale, SIZE[0] - x), min(TILE * scale, SIZE[1] - y))]
    ]
    random.Random(7).shuffle(found)
    return found[:TILES]


def _fetch_all(folder: Path, port: int) -> list[str]:
    paths = _tile_paths()
    for path in paths:
        file = folder / "files" / path.lstrip("/")
        file.parent.mkdir(parents=True, exist_ok=True)
        with urlopen(f"http://127.0.0.1:{port}{path}") as answer:
            file.write_bytes(answer.read())
    sizes = [(folder / "files" / path.lstrip("/")).stat().st_size for path in paths]
    print(f"{len(paths)} tiles of a {SIZE[0]}x{SIZE[1]} page, median {statistics.median(sizes):,.0f} bytes")
    (folder / "paths").write_text("\n".join(paths) + "\n")
    (folder / "wrk.lua").write_text(SCRIPT % (folder / "paths"))
    return paths


@contextmanager
def _ours(folder: Path, port: int, workers: int) -> Iterator[None]:
    command = [*_mocban(folder), "serve", "--port", str(port), "--workers", str(workers)]
    with (folder / "mocban.log").open("wb") as log:
        process = subprocess.Popen(command, stderr=log, stdout=log)
    with _until_it_listens(process, port):
        yield


@contextmanager
def _nginx(folder: Path, port: int, workers: int) -> Iterator[None]:
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port, workers=workers))
    os.chmod(folder, 0o755)  # noqa: S103 -- nginx's workers are another user  # noqa: PTH101
    with _until_it_listens(subprocess.Popen(["nginx", "-c", str(folder / "nginx.conf")]), port):
        yield


@contextmanager
def _until_it_listens(process: subprocess.Popen[bytes], port: int) -> Iterator[None]:
    try:
        _wait(port)
        yield
    finally:
        process.terminate()
        process.wait(timeout=15)


def _wait(port: int) -> None:
    limit = time.monotonic() + 30
    while time.monotonic() < limit:
        try:
            with urlopen(f"http://127.0.0.1:{port}/health", timeout=5):
                return
        except URLError as error:
            if getattr(error, "code", None) is not None:  # nginx has no such file: it listens
                return
            time.sleep(0.1)
    raise SystemExit(f"nothing listens on {port}")


def _measure(folder: Path, ports: dict[str, int], paths: Sequence[str], options: argparse.Namespace) -> None:
    rates: dict[str, list[float]] = {name: [] for name in ports}
    for _ in range(options.rounds):
        for name, port in ports.items():
            rates[name].append(_rate(folder, port, options))
    for name, found in rates.items():
        print(f"{name:8} {statistics.median(found):>9,.0f} tiles/s   ({' '.join(f'{rate:,.0f}' for rate in found)})")
    ratio = statistics.median(rates["mocban"]) / statistics.median(rates["nginx"])
    print(f"mocban / nginx = {ratio:.2f}   ({options.workers} workers, {options.connections} connections)")


def _rate(folder: Path, port: int, options: argparse.Namespace) -> float:
    command = ["wrk", "-t1", f"-c{options.connections}", f"-d{options.seconds}", "-s", str(folder / "wrk.lua")]
    run = subprocess.run([*command, f"http://127.0.0.1:{port}"], check=True, capture_output=True, text=True)
    if "Non-2xx" in run.stdout or "Socket errors" in run.stdout:
        raise SystemExit(run.stdout)
    found = re.search(r"Requests/sec:\s+([\d.]+)", run.stdout)
    if found is None:
        raise SystemExit(run.stdout)
    return float(found[1])


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


if __name__ == "__main__":
    main()
