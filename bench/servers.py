"""The servers that are measured, each as its makers advise, on as many processes as ours.

All answer the same paths, `/iiif/image/3/{image}/...`; what a peer needs in front of it for that is set up here, and is
part of what is measured. A peer that is not installed raises `NotInstalled` with the sentence that says how to get it.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.prepared import Prepared
from bench.running import PATIENCE, NotInstalled, Server, children, find_program, free_port, started

WORKERS = 2
NODE_PACKAGE = "iiif-processor@7.0.0"
NODE_FOLDER = Path(__file__).parents[1] / ".cache" / "bench" / "node"
NGINX = """
{user}
worker_processes {workers};
daemon off;
pid {folder}/nginx.pid;
events {{ worker_connections 512; }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 10000000;
    open_file_cache max=20000 inactive=600s;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    {http}
}}
"""
FILES = "server {{ listen 127.0.0.1:{port}; root {root}; default_type image/jpeg; etag on; }}"
IIPIMAGE = """
upstream iipsrv {{ {processes} }}
server {{
    listen 127.0.0.1:{port};
    location ~ "^/iiif/image/3/" {{
        fastcgi_pass iipsrv;
        set $asked "";
        if ($request_uri ~ "^/iiif/image/3/(.*)$") {{ set $asked $1; }}
        fastcgi_param QUERY_STRING IIIF=$asked;
        fastcgi_param REQUEST_URI $request_uri;
        fastcgi_param REQUEST_METHOD $request_method;
    }}
}}
"""


@contextmanager
def mocban(prepared: Prepared, workers: int = WORKERS, **settings: str) -> Iterator[Server]:
    """Ours, as `mocban serve` runs it, with `settings` as variables of the environment."""
    port = free_port()
    command = [Path(sys.executable).with_name("mocban"), "--library", prepared.library, "serve", "--port", str(port)]
    log = prepared.library.parent / "mocban.log"
    with started([*command, "--workers", str(workers)], log, port, settings) as process:
        _wait_for_all(Server("Mocban", port), process.pid, workers, log)
        yield Server("Mocban", port, children(process.pid), process.pid)


def _wait_for_all(server: Server, parent: int, workers: int, log: Path) -> None:
    limit = time.monotonic() + PATIENCE
    while server.get("/health")[0] != 200 or len(children(parent)) < workers:
        if time.monotonic() > limit:
            raise SystemExit(f"{server.url} is not in order:\n{log.read_text(errors='replace')[-2000:]}")
        time.sleep(0.05)


def keep_answers(ours: Server, paths: Sequence[str], root: Path) -> None:
    """Our answers as the files that nginx serves, so that both send the same bytes."""
    for path in paths:
        file = root / path.lstrip("/")
        file.parent.mkdir(parents=True, exist_ok=True)
        status, _, body = ours.get(path)
        if status != 200:
            raise SystemExit(f"{path} is answered with {status}")
        file.write_bytes(body)


@contextmanager
def nginx_files(prepared: Prepared, root: Path) -> Iterator[Server]:
    """nginx serving as files what our server has answered."""
    port = free_port()
    with _nginx(prepared, "files", FILES.format(port=port, root=root), port) as master:
        yield Server("nginx, files", port, children(master), master)


@contextmanager
def mocban_behind_nginx(prepared: Prepared, ours: Server) -> Iterator[Server]:
    """`config/nginx.conf` as it is shipped, but without TLS, since the others are asked without it too."""
    port, other = free_port(), free_port()
    text = Path("config/nginx.conf").read_text(encoding="utf-8")
    text = re.sub(r"listen (80|443 ssl) default_server;|ssl_reject_handshake on;|ssl_certificate.*;", "", text)
    text = text.replace("listen 80;", f"listen 127.0.0.1:{other};").replace(
        "listen 443 ssl http2;", f"listen 127.0.0.1:{port};"
    )
    text = re.sub(r"server \{\s*return 444;\s*\}", "", text)
    text = text.replace("127.0.0.1:8000", f"127.0.0.1:{ours.port}").replace("library.example.org", "127.0.0.1")
    text = text.replace("/var/cache/nginx/mocban", f"{prepared.library.parent}/nginx-cache")
    text = text.replace("rate=10r/s", "rate=100000r/s").replace("mocban_open 8", "mocban_open 1000")
    with _nginx(prepared, "front", text, port):
        yield Server("Mocban behind nginx", port)


@contextmanager
def iipimage(prepared: Prepared) -> Iterator[Server]:
    """IIPImage behind nginx, no keep-alive between the two: each of its processes serves one connection at a time."""
    program = os.environ.get("BENCH_IIPSRV", "/usr/lib/iipimage-server/iipsrv.fcgi")
    if not Path(program).exists():
        raise NotInstalled(
            "IIPImage: as root `apt-get install iipimage-server`, or BENCH_IIPSRV=path of an iipsrv.fcgi"
        )
    environment = {
        "FILESYSTEM_PREFIX": f"{prepared.bare}/",
        "MAX_IMAGE_CACHE_SIZE": "0",
        "JPEG_QUALITY": "85",
        "OMP_NUM_THREADS": "1",
        "VERBOSITY": "0",
        "LOGFILE": str(prepared.library.parent / "iipsrv.log"),
    }
    with ExitStack() as stack:
        ports = [free_port() for _ in range(WORKERS)]
        for port in ports:
            command = [program, "--bind", f"127.0.0.1:{port}", "--backlog", "1024"]
            stack.enter_context(started(command, prepared.library.parent / f"iipsrv-{port}.out", port, environment))
        port = free_port()
        upstream = " ".join(f"server 127.0.0.1:{each};" for each in ports)
        stack.enter_context(_nginx(prepared, "iipimage", IIPIMAGE.format(processes=upstream, port=port), port))
        yield Server(f"IIPImage {iipimage_version(program)}", port)


def iipimage_version(program: str) -> str:
    if program.startswith("/usr/lib/iipimage-server"):
        package = ["dpkg-query", "--show", "--showformat", "${Version}", "iipimage-server"]
        return subprocess.run(package, capture_output=True, text=True, check=False).stdout.partition("-")[0]
    return f"({program})"


@contextmanager
def iiif_processor(prepared: Prepared) -> Iterator[Server]:
    """The npm package in the small server that its documentation shows; two processes share one port."""
    node = find_program("node", "iiif-processor: node is missing (`apt-get install nodejs npm`)")
    if not (NODE_FOLDER / "node_modules" / "iiif-processor").exists():
        how = f"`npm install --prefix .cache/bench/node {NODE_PACKAGE}`"
        raise NotInstalled(f"iiif-processor: {how}")
    script = NODE_FOLDER / "server.mjs"
    shutil.copy(Path(__file__).with_name("iiif_processor.mjs"), script)
    port = free_port()
    environment = {"PORT": str(port), "IMAGES": str(prepared.bare), "PROCESSES": str(WORKERS)}
    with started([node, script], prepared.library.parent / "node.log", port, environment):
        yield Server(f"iiif-processor {NODE_PACKAGE.partition('@')[2]}", port)


@contextmanager
def _nginx(prepared: Prepared, name: str, http: str, port: int) -> Iterator[int]:
    """The number of its first process, above those that do the work."""
    program = find_program("nginx", "nginx: as root `apt-get install nginx`")
    folder = prepared.library.parent / f"nginx-{name}"
    folder.mkdir(exist_ok=True)
    user = "user root root;" if os.getuid() == 0 else ""
    text = NGINX.format(user=user, workers=WORKERS, folder=folder, http=http)
    (folder / "nginx.conf").write_text(text, encoding="utf-8")
    with started([program, "-e", folder / "error.log", "-c", folder / "nginx.conf"], folder / "out", port) as process:
        yield process.pid


def versions(names: Sequence[str]) -> dict[str, str]:
    """What `--version` and the like say of programs that are there."""
    found = {}
    for name in names:
        program = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin")
        if program is not None:
            ended = subprocess.run([program, "-v"], capture_output=True, text=True, check=False)
            found[name] = (ended.stdout + ended.stderr).strip().splitlines()[0]
    return found
