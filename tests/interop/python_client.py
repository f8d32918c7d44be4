"""python-socketio's client against `examples/echo`, over polling, the upgrade and websocket alone.

The arguments are the binary, which is started here, as it is killed and started again to see the client come back, and how
packets are written: `json` or `msgpack`.
"""

import asyncio
import importlib.metadata
import re
import sys

import engineio.packet
import socketio

BINARY, PARSER = sys.argv[1:]
# As its client calls them.
SERIALIZER = {"json": "default", "msgpack": "msgpack"}[PARSER]
WAYS = {
    "polling alone": ["polling"],
    "polling, then upgrade": None,
    "websocket alone": ["websocket"],
}
# Its polling breaks on an answer of more than 16 packets, so that a burst of more shows whether they are cut.
BURST = 200
# Of 150 ms each.
BEATS = 6
played = 0


def check(what, got, expected):
    global played
    if got != expected:
        raise AssertionError(f"{what}: got {str(got)[:500]}, expected {str(expected)[:500]}")
    played += 1


class Server:
    """The binary on a port that it keeps when it is started again."""

    port = 0

    async def start(self, interval=25_000, timeout=20_000):
        flags = ["--port", self.port, "--ping-interval", interval, "--ping-timeout", timeout, "--parser", PARSER]
        self.process = await asyncio.create_subprocess_exec(BINARY, *map(str, flags), stdout=asyncio.subprocess.PIPE)
        line = (await asyncio.wait_for(self.process.stdout.readline(), 10)).decode()
        self.url = re.search(r"http://\S+", line).group()
        self.port = int(self.url.rsplit(":", 1)[1])

    async def kill(self):
        if self.process.returncode is None:
            self.process.kill()
        await self.process.wait()


class Peer:
    """A client that keeps what it gets."""

    def __init__(self, server, transports):
        self.url = server.url
        self.client = socketio.AsyncClient(serializer=SERIALIZER, reconnection_delay=0.05, reconnection_delay_max=0.1)
        self.transports = transports
        self.auth = asyncio.Queue()
        self.back = asyncio.Queue()
        self.gone = asyncio.Queue()
        self.client.on("auth", self.auth.put)
        self.client.on("message-back", lambda *args: self.back.put_nowait(list(args)))
        self.client.on("disconnect", lambda reason: self.gone.put_nowait(reason))

    async def connect(self, auth=None):
        await self.client.connect(self.url, auth=auth, transports=self.transports, wait_timeout=10)

    async def next(self, queue, seconds=15):
        return await asyncio.wait_for(queue.get(), seconds)

    async def echo(self, *args):
        await self.client.emit("message", tuple(args))
        return await self.next(self.back)


async def play(server, way, transports):
    peer = Peer(server, transports)
    await peer.connect({"token": "Grüße 🌍"})
    check("auth", await peer.next(peer.auth), {"token": "Grüße 🌍"})
    expected = "polling" if transports == ["polling"] else "websocket"
    check("transport", peer.client.transport(), expected)

    check("text", await peer.echo("Grüße, 世界 🌍 \x1e"), ["Grüße, 世界 🌍 \x1e"])
    check("arguments", await peer.echo(1, "2", {"3": [True, None]}), [1, "2", {"3": [True, None]}])
    check("bytes", await peer.echo({"a": [b"\x00\xff", {"b": b""}]}, b"x"), [{"a": [b"\x00\xff", {"b": b""}]}, b"x"])

    answer = await peer.client.call("message-with-ack", ({"n": 1}, "two"), timeout=15)
    check("acknowledgement", list(answer), [{"n": 1}, "two"])
    check("acknowledged bytes", await peer.client.call("message-with-ack", b"\x01\x02", timeout=15), b"\x01\x02")

    for number in range(BURST):
        await peer.client.emit("message", number)
    check("burst", [await peer.next(peer.back) for _ in range(BURST)], [[number] for number in range(BURST)])
    answers = await asyncio.gather(*(peer.client.call("message-with-ack", number, timeout=15) for number in range(BURST)))
    check("burst of acknowledgements", answers, list(range(BURST)))

    for large in ("€" * 100_000, bytes(range(256)) * 1200):
        check("300 kB", await peer.echo(large), [large])

    # The server dies and is there again: the client comes back by itself.
    await server.kill()
    check("reason", await peer.next(peer.gone) in ("transport close", "transport error"), True)
    await server.start()
    check("auth after the reconnect", await peer.next(peer.auth), {"token": "Grüße 🌍"})
    check("after the reconnect", await peer.echo("back"), ["back"])

    await peer.client.disconnect()
    # And by hand, with nothing to say: this client sends an empty object then.
    await peer.connect()
    check("no auth", await peer.next(peer.auth), {})
    check("after connecting again", await peer.echo("again"), ["again"])
    await peer.client.disconnect()
    check("state", peer.client.connected, False)
    print(f"ok  {way}", flush=True)


async def heartbeats(way, transports):
    server = Server()
    await server.start(interval=150, timeout=5_000)
    try:
        peer = Peer(server, transports)
        await peer.connect()
        pings = asyncio.Queue()
        # Nothing tells of a ping but the packet itself.
        received = peer.client.eio._receive_packet

        async def receive(packet):
            if packet.packet_type == engineio.packet.PING:
                await pings.put(packet)
            await received(packet)

        peer.client.eio._receive_packet = receive
        for _ in range(BEATS):
            await peer.next(pings)
        check("after heartbeats", await peer.echo("still here"), ["still here"])
        check("lost", peer.gone.empty(), True)
        await peer.client.disconnect()
    finally:
        await server.kill()
    print(f"ok  heartbeats, {way}", flush=True)


async def namespaces(server, transports):
    peer = Peer(server, transports)
    custom = asyncio.Queue()
    peer.client.on("auth", custom.put, namespace="/custom")
    await peer.client.connect(server.url, auth={"a": 1}, namespaces=["/", "/custom"], wait_timeout=10)
    check("auth of /custom", await peer.next(custom), {"a": 1})
    check("auth of /", await peer.next(peer.auth), {"a": 1})
    check("/ goes on", await peer.echo("on /"), ["on /"])
    await peer.client.disconnect()

    peer = Peer(server, transports)
    refused = asyncio.Queue()
    peer.client.on("connect_error", refused.put, namespace="/none")
    try:
        await peer.client.connect(server.url, namespaces=["/none"], transports=transports, wait_timeout=5, retry=False)
        raise AssertionError("an unknown namespace was joined")
    except socketio.exceptions.ConnectionError:
        pass
    check("refusal", await peer.next(refused), {"message": "Invalid namespace"})
    await peer.client.disconnect()


async def main():
    versions = [f"{name} {importlib.metadata.version(name)}" for name in ("python-socketio", "python-engineio")]
    print(", ".join(versions), flush=True)
    server = Server()
    await server.start()
    try:
        for way, transports in WAYS.items():
            await play(server, way, transports)
            await heartbeats(way, transports)
            await namespaces(server, transports)
            print(f"ok  namespaces, {way}", flush=True)
    finally:
        await server.kill()
    print(f"{played} checks passed")


asyncio.run(asyncio.wait_for(main(), 90))
