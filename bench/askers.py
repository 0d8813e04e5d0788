"""Those who ask a server under load, each in its own way: readers, crawlers, the slow, the broken and the hostile.

An asker is a function that does one thing to the server, within bounds, and says what came of it as an `Outcome`. What
a loop of them may cost the machine is bounded by who starts it. Loopback only.
"""

import asyncio
import random
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeAlias

Wire: TypeAlias = tuple[asyncio.StreamReader, asyncio.StreamWriter]

CHOPPED = 0
"""The status of a connection that ended without an answer."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """`fault` is what is wrong with it; empty where all is as it should be."""

    kind: str
    status: int
    milliseconds: float
    fault: str = ""


@dataclass(slots=True)
class Site:
    """Where and what is asked. `patience` is the number of seconds after which a silent server is at fault.

    `tiles` maps each path to the bytes that must come; `hold` is how long a slow reader reads, in seconds.
    """

    port: int
    tiles: Mapping[str, bytes]
    documents: Sequence[str]
    pictures: Sequence[str]
    hostile: Sequence[str]
    patience: float = 60
    hold: float = 5
    wires: list[Wire] = field(default_factory=list)


Asker: TypeAlias = Callable[[Site, random.Random], Awaitable[Outcome]]


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_whole(self) -> bool:
        return len(self.body) == int(self.headers.get("content-length", len(self.body)))


def request(path: str, *lines: str, method: str = "GET") -> bytes:
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *lines, "", ""]).encode("latin-1")


async def read(reader: asyncio.StreamReader) -> Answer:
    """The next answer; one of status CHOPPED where the connection ends before its head is whole."""
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except (asyncio.IncompleteReadError, ConnectionError):
        return Answer(CHOPPED, {}, b"")
    first, *lines = head.rstrip().split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    try:
        body = await reader.readexactly(int(headers["content-length"])) if "content-length" in headers else b""
    except asyncio.IncompleteReadError as cut:
        body = cut.partial
    except ConnectionError:
        body = b""
    return Answer(int(first.split()[1]), headers, body)


@asynccontextmanager
async def new_wire(site: Site, receive_buffer: int = 0) -> AsyncIterator[Wire]:
    """A connection for one use, closed at the end whatever happens."""
    bare = socket.socket()
    if receive_buffer:
        bare.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    bare.setblocking(False)
    try:
        await asyncio.get_running_loop().sock_connect(bare, ("127.0.0.1", site.port))
        reader, writer = await asyncio.open_connection(sock=bare, limit=2**16)
    except BaseException:
        bare.close()
        raise
    try:
        yield reader, writer
    finally:
        writer.transport.abort()


async def kept_alive(site: Site, sent: bytes) -> Answer:
    """Down a connection that is kept, as a viewer does; once more on a new one if it had been closed meanwhile."""
    for is_old in (bool(site.wires), False):
        wire = site.wires.pop() if is_old else await asyncio.open_connection("127.0.0.1", site.port, limit=2**16)
        reader, writer = wire
        writer.write(sent)
        answer = Answer(CHOPPED, {}, b"")
        try:
            answer = await read(reader)
        finally:
            if answer.status == CHOPPED:
                writer.transport.abort()
        if answer.status != CHOPPED and answer.headers.get("connection", "").lower() != "close":
            site.wires.append(wire)
        else:
            writer.transport.abort()
        if answer.status != CHOPPED or not is_old:
            break
    return answer


async def timed(kind: str, site: Site, asking: Awaitable[tuple[int, str]]) -> Outcome:
    """What `asking` says (status and fault), with its time; a server that says nothing is at fault."""
    begun = time.perf_counter()
    try:
        status, fault = await asyncio.wait_for(asking, site.patience)
    except TimeoutError:
        status, fault = CHOPPED, f"nothing came in {site.patience:g} s"
    except ConnectionError:
        status, fault = CHOPPED, ""
    return Outcome(kind, status, 1000 * (time.perf_counter() - begun), fault)


def judge(answer: Answer, *expected: int) -> tuple[int, str]:
    """503 is an answer everywhere, if it says when to come back; a connection that was cut is judged by who cut it."""
    status = answer.status
    if status == 503:
        return status, "" if "retry-after" in answer.headers else "503 without Retry-After"
    if status != CHOPPED and status not in expected:
        return status, f"answered with {status}"
    return status, "" if answer.is_whole else "a part of an answer"


async def tile(site: Site, lot: random.Random) -> Outcome:
    """A stored tile, which must be answered with its bytes, whatever else happens."""
    path = lot.choice(list(site.tiles))

    async def asking() -> tuple[int, str]:
        answer = await kept_alive(site, request(path))
        if answer.status == 200 and answer.body != site.tiles[path]:
            return 200, f"other bytes: {path}"
        return answer.status, "" if answer.status in (200, CHOPPED) else f"a tile is answered with {answer.status}"

    return await timed("tile", site, asking())


async def document(site: Site, lot: random.Random) -> Outcome:
    async def asking() -> tuple[int, str]:
        answer = await kept_alive(site, request(lot.choice(site.documents)))
        if answer.status == 503:
            return 503, "a document is answered with 503"
        return judge(answer, 200)

    return await timed("document", site, asking())


async def picture(site: Site, lot: random.Random) -> Outcome:
    """A large picture, as a crawler asks for it."""

    async def asking() -> tuple[int, str]:
        async with new_wire(site) as (reader, writer):
            writer.write(request(lot.choice(site.pictures), "Connection: close"))
            return judge(await read(reader), 200)

    return await timed("picture", site, asking())


async def gone(site: Site, lot: random.Random) -> Outcome:
    """Asks for a large picture and goes away."""

    async def asking() -> tuple[int, str]:
        async with new_wire(site) as (_, writer):
            writer.write(request(lot.choice(site.pictures)))
            await writer.drain()
            await asyncio.sleep(lot.random() / 10)
        return CHOPPED, ""

    return await timed("gone", site, asking())


async def hostile(site: Site, lot: random.Random) -> Outcome:
    """What nobody should ask. The library may refuse it as it likes, but not fail."""

    async def asking() -> tuple[int, str]:
        async with new_wire(site) as (reader, writer):
            writer.write(request(lot.choice(site.hostile), "Connection: close"))
            return judge(await read(reader), 200, *range(300, 500))

    return await timed("hostile", site, asking())


NO_REQUESTS = (
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200),
    b"GET / HTTP/9.9\r\nHost: x\r\n\r\n",
    b"GET /" + b"a" * 70_000,
    request("/", *(f"X-{number}: y" for number in range(3000))),
    request("/", "Content-Length: -1"),
    request("/", "Transfer-Encoding: nonsense", method="POST"),
    request("/", "Host: two"),
    b"\r\n" * 5000,
    b"GET\r\n\r\n",
)


async def no_request(site: Site, lot: random.Random) -> Outcome:
    """Bytes that are no request of HTTP."""

    async def asking() -> tuple[int, str]:
        async with new_wire(site) as (reader, writer):
            writer.write(lot.choice(NO_REQUESTS))
            writer.write_eof()
            return judge(await read(reader), *range(400, 500), 505)

    return await timed("no request", site, asking())


async def half_closed(site: Site, lot: random.Random) -> Outcome:
    """Asks, and says that it will say no more. It may be answered whole or not at all, but not in part."""

    async def asking() -> tuple[int, str]:
        async with new_wire(site) as (reader, writer):
            writer.write(request(lot.choice([*site.tiles, *site.documents])))
            writer.write_eof()
            return judge(await read(reader), 200)

    return await timed("half-closed", site, asking())


async def slow_sender(site: Site, lot: random.Random) -> Outcome:
    """Begins a request and never ends it. The server must end the connection by itself."""

    async def asking() -> tuple[int, str]:
        async with new_wire(site) as (reader, writer):
            for letter in request("/")[: lot.randrange(4, 24)]:
                writer.write(bytes([letter]))
                await writer.drain()
            return judge(await read(reader), 400, 408)

    return await timed("slow sender", site, asking())


async def slow_reader(site: Site, lot: random.Random) -> Outcome:
    """Takes a large answer in sips, and goes away before its end."""

    async def asking() -> tuple[int, str]:
        async with new_wire(site, receive_buffer=4096) as (reader, writer):
            writer.write(request(lot.choice(site.pictures)))
            head = await reader.read(64)
            end = time.monotonic() + site.hold
            while time.monotonic() < end and await reader.read(1024):
                await asyncio.sleep(0.1)
            status = int(head.split()[1]) if head.startswith(b"HTTP/1.1 ") else CHOPPED
            return status, f"answered with {status}" if status in (500, 502) else ""

    return await timed("slow reader", site, asking())


async def crowd(
    site: Site,
    askers: Sequence[tuple[Asker, Callable[[], bool], float]],
    *others: Awaitable[None],
    outcomes: list[Outcome],
) -> None:
    """All of them at once, each as long as its second item says so, with its pause in seconds; then all is closed."""
    try:
        await asyncio.gather(
            *(loop(asker, site, outcomes, goes_on, pause) for asker, goes_on, pause in askers), *others
        )
    finally:
        while site.wires:
            _, writer = site.wires.pop()
            writer.transport.abort()
        await asyncio.sleep(0)  # in which the loop closes what was given up


async def loop(asker: Asker, site: Site, outcomes: list[Outcome], goes_on: Callable[[], bool], pause: float) -> None:
    """Asks again and again, one request at a time, as long as `goes_on` says so."""
    lot = random.Random(asker.__name__)
    while goes_on():
        outcomes.append(await asker(site, lot))
        await asyncio.sleep(pause)


def times(count: int) -> Callable[[], bool]:
    left = iter(range(count))
    return lambda: next(left, None) is not None
