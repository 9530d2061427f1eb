"""A small IMAP server on loopback, in a thread of its own: one user, folders in memory.

    with ImapServer() as server:
        server.put(b"From: ...")

It knows what a reader of a mailbox needs, and remembers every command but the password.
"""

from __future__ import annotations

import base64
import re
import socketserver
import ssl
import threading
from dataclasses import dataclass, field
from typing import Any

USER, PASSWORD = "bounces", 'pass "word"'


@dataclass
class Kept:
    number: int
    data: bytes
    flags: set[str] = field(default_factory=set)


class _Threads(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


class ImapServer:
    """`drop_at` is a command at which the connection is closed, once, before it does anything."""

    def __init__(
        self, *, tls: ssl.SSLContext | None = None, can: tuple[str, ...] = ("MOVE", "UIDPLUS")
    ) -> None:
        self.tls = tls
        self.can = can
        self.validity = 7
        self.folders: dict[str, list[Kept]] = {"INBOX": []}
        self.commands: list[str] = []
        self.refuses: dict[str, str] = {}
        self.drop_at: str | None = None
        self._next = 1
        self._server = _Threads(("127.0.0.1", 0), self._handler())

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def inbox(self) -> list[Kept]:
        return self.folders["INBOX"]

    def put(self, data: bytes, *flags: str) -> int:
        self.inbox.append(Kept(self._next, data, set(flags)))
        self._next += 1
        return self._next - 1

    def renumber(self) -> None:
        """As after a restore: other numbers for the same mail."""
        self.validity += 1
        for place, one in enumerate(self.inbox, 1):
            one.number = place
        self._next = len(self.inbox) + 1

    def __enter__(self) -> ImapServer:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(server) -> type[socketserver.StreamRequestHandler]:  # noqa: N805
        class Handler(socketserver.StreamRequestHandler):
            def setup(self) -> None:
                if server.tls is not None:
                    self.request = server.tls.wrap_socket(self.request, server_side=True)
                super().setup()

            def handle(self) -> None:
                _Session(server, self).run()

        return Handler


class _Session:
    def __init__(self, server: ImapServer, line: Any) -> None:
        self.server = server
        self.read, self.write = line.rfile, line.wfile
        self.known = False
        self.folder: str | None = None

    def say(self, text: str | bytes) -> None:
        self.write.write((text.encode() if isinstance(text, str) else text) + b"\r\n")
        self.write.flush()

    def run(self) -> None:
        try:
            self.say("* OK ready")
            while line := self.read.readline():
                tag, _, rest = line.decode().strip().partition(" ")
                word, _, arguments = rest.partition(" ")
                if word.upper() == "UID":
                    word, _, arguments = arguments.partition(" ")
                word = word.upper()
                self.server.commands.append(f"{word} {arguments}" if word != "LOGIN" else word)
                if self.server.drop_at == word:
                    self.server.drop_at = None
                    return
                if (why := self.server.refuses.get(word)) is not None:
                    self.say(f"{tag} NO {why}")
                    continue
                answer = getattr(self, f"do_{word.lower()}", lambda _: "BAD what")(arguments)
                self.say(f"{tag} {answer} done")
                if word == "LOGOUT":
                    return
        except (OSError, ssl.SSLError):
            return

    def do_capability(self, _: str) -> str:
        self.say(f"* CAPABILITY IMAP4rev1 AUTH=PLAIN {' '.join(self.server.can)}")
        return "OK"

    def do_authenticate(self, _: str) -> str:
        self.say("+ ")
        given = base64.b64decode(self.read.readline())
        self.known = given == f"\0{USER}\0{PASSWORD}".encode()
        return "OK" if self.known else "NO [AUTHENTICATIONFAILED] wrong name or password"

    def do_select(self, name: str) -> str:
        if not self.known or name.strip('"') not in self.server.folders:
            return "NO no such folder"
        self.folder = name.strip('"')
        self.say(f"* {len(self.mails)} EXISTS")
        self.say(f"* OK [UIDVALIDITY {self.server.validity}] valid")
        self.say(f"* OK [UIDNEXT {self.server._next}] next")
        return "OK [READ-WRITE] selected"

    @property
    def mails(self) -> list[Kept]:
        return self.server.folders[self.folder or "INBOX"]

    def do_search(self, words: str) -> str:
        found = [one for one in self.mails if "\\Deleted" not in one.flags]
        if "UNSEEN" in words:
            found = [one for one in found if "\\Seen" not in one.flags]
        elif asked := re.search(r"UID (\d+):\*", words):
            last = max((one.number for one in self.mails), default=0)
            low, high = sorted((int(asked[1]), last))
            found = [one for one in found if low <= one.number <= high]
        self.say(" ".join(["* SEARCH", *(str(one.number) for one in found)]))
        return "OK"

    def do_fetch(self, words: str) -> str:
        number, _, asked = words.partition(" ")
        size = int(re.search(r"BODY\.PEEK\[\]<0\.(\d+)>", asked)[1])  # type: ignore[index]
        for place, one in enumerate(self.mails, 1):
            if one.number == int(number):
                data = one.data[:size]
                self.write.write(
                    f"* {place} FETCH (UID {number} BODY[]<0> {{{len(data)}}}\r\n".encode() + data
                )
                self.say(")")
        return "OK"

    def _some(self, numbers: str) -> list[Kept]:
        wanted = {int(one) for one in numbers.split(",")}
        return [one for one in self.mails if one.number in wanted]

    def do_store(self, words: str) -> str:
        for one in self._some(words.split(" ", maxsplit=1)[0]):
            one.flags |= set(re.findall(r"\\\w+", words))
        return "OK"

    def do_copy(self, words: str) -> str:
        numbers, _, to = words.partition(" ")
        if to.strip('"') not in self.server.folders:
            return "NO [TRYCREATE] no such folder"
        self.server.folders[to.strip('"')] += [Kept(0, one.data) for one in self._some(numbers)]
        return "OK"

    def do_move(self, words: str) -> str:
        answer = self.do_copy(words)
        if answer == "OK":
            self._drop(self._some(words.split(" ", maxsplit=1)[0]))
        return answer

    def do_expunge(self, numbers: str) -> str:
        self._drop([one for one in self._some(numbers) if "\\Deleted" in one.flags])
        return "OK"

    def _drop(self, gone: list[Kept]) -> None:
        self.mails[:] = [one for one in self.mails if one not in gone]

    def do_logout(self, _: str) -> str:
        self.say("* BYE")
        return "OK"
