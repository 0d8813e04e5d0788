"""How an application hears that its reader has gone (ASGI, HTTP, "Disconnect")."""

import asyncio

from server.front_door.asgi import Receive


async def reader_gone(receive: Receive) -> None:
    """Returns when he has. Behind the request's body, which nobody reads, comes nothing else."""
    while (await receive()).get("more_body"):
        pass
    if (await receive())["type"] != "http.disconnect":
        await asyncio.Event().wait()  # a server that does not tell
