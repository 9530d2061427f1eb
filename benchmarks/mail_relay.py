"""The other end of the mail benchmark: Postfix's smtp-sink and smtp-source, and a slow line."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

MISSING = (
    "NO RATIOS: Postfix's smtp-source and smtp-sink are not installed (package postfix); "
    "rates below are against a sink of our own and compare with nothing"
)


def postfix_tool(name: str) -> str | None:
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/libexec/postfix")


def has_postfix() -> bool:
    return bool(postfix_tool("smtp-sink") and postfix_tool("smtp-source"))


@contextlib.contextmanager
def sink() -> Iterator[int]:
    """A server that takes all mail and keeps none; its port."""
    tool, port = postfix_tool("smtp-sink"), _free_port()
    if tool:
        command = [tool, *_as_nobody(), f"127.0.0.1:{port}", "512"]
    else:
        command = [sys.executable, "-m", "benchmarks.mail_relay", "sink", str(port)]
    with _running(command, port):
        yield port


@contextlib.contextmanager
def slow_line(port: int, round_trip: float) -> Iterator[int]:
    """A way to `port` on which each answer takes `round_trip` seconds more."""
    if not round_trip:
        yield port
        return
    front = _free_port()
    arguments = ["line", str(front), str(port), str(round_trip)]
    with _running([sys.executable, "-m", "benchmarks.mail_relay", *arguments], front):
        yield front


def source_rate(port: int, data: bytes, messages: int, sessions: int) -> float | None:
    """Messages a second of smtp-source with kept connections, for the same octets as ours."""
    tool = postfix_tool("smtp-source")
    if tool is None:
        return None
    with tempfile.NamedTemporaryFile(suffix=".eml") as file:
        file.write(data.replace(b"\r\n", b"\n"))
        file.flush()
        command = [tool, "-d", "-s", str(sessions), "-m", str(messages), "-F", file.name]
        began = time.perf_counter()
        subprocess.run([*command, f"127.0.0.1:{port}"], check=True)
        return messages / (time.perf_counter() - began)


@contextlib.contextmanager
def _running(command: list[str], port: int) -> Iterator[None]:
    process = subprocess.Popen(command, cwd=Path(__file__).parents[1])
    try:
        _wait_for(port, process)
        yield
    finally:
        process.kill()
        process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"nothing listens on port {port}")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _as_nobody() -> list[str]:
    return ["-u", "nobody"] if os.geteuid() == 0 else []


async def _line(front: int, back: int, round_trip: float) -> None:
    """Hold back what the server says; what the client says passes at once."""

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", back)
        ways = (_pass(reader, far_writer, 0.0), _pass(far_reader, writer, round_trip))
        await asyncio.gather(*ways)

    server = await asyncio.start_server(connect, "127.0.0.1", front)
    await server.serve_forever()


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, wait: float) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(1 << 16):
            if wait:
                await asyncio.sleep(wait)
            writer.write(data)
            await writer.drain()
    writer.close()


async def _own_sink(port: int) -> None:
    """Where there is no Postfix: just enough SMTP to take mail."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 sink\r\n")
        while line := await reader.readline():
            if line.upper().startswith(b"DATA"):
                writer.write(b"354 go on\r\n")
                await reader.readuntil(b"\r\n.\r\n")
            writer.write(b"250 ok\r\n")
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", port, limit=1 << 20)
    await server.serve_forever()


if __name__ == "__main__":
    what, *rest = sys.argv[1:]
    if what == "line":
        asyncio.run(_line(int(rest[0]), int(rest[1]), float(rest[2])))
    else:
        asyncio.run(_own_sink(int(rest[0])))
