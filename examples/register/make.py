"""Makes the register, a table that changes every day, and serves it on this machine.

    python examples/register/make.py serve 8765     # http://127.0.0.1:8765/register.csv, day 1
    python examples/register/make.py next 8765      # from now on it serves the day after

Everything in it is invented, and each run makes the same days to the letter.
"""

from __future__ import annotations

import csv
import io
import random
import sys
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

BEGIN = datetime(2025, 3, 3, 6, tzinfo=UTC)
DAYS = 8
ROWS = 260
COLUMNS = ("number", "name", "status", "registered", "town", "chair")
PLACES = [
    "Eastquay",
    "Millbrook",
    "Northolt",
    "Saltby",
    "Thornwick",
    "Upperfield",
    "Westmere",
    "Harbury",
]
KINDS = ("Food Bank", "Lifeboat Society", "Choir", "Hospice", "Orchard Trust", "Night Shelter")
OF = ("Old", "New", "North", "South", "Saint Orla", "Friends of the", "United", "Little")
FIRST = [
    "Ada",
    "Bram",
    "Cleo",
    "Dario",
    "Edda",
    "Finn",
    "Greta",
    "Henk",
    "Ines",
    "Joris",
    "Kaja",
    "Levin",
]
LAST = [
    "Aldous",
    "Brandt",
    "Corvin",
    "Dorsey",
    "Ellwood",
    "Farrow",
    "Gantry",
    "Harrow",
    "Imber",
    "Jarl",
]

Row = dict[str, str]


def days() -> Iterator[tuple[datetime, bytes]]:
    """Each day's table, and when it was made."""
    pick = random.Random(11)
    rows = [_row(number, pick) for number in range(ROWS)]
    for number in range(DAYS):
        if number:
            _CHANGES.get(number, _nothing)(rows)
        columns = [("place" if number == 5 and name == "town" else name) for name in COLUMNS]
        shown = sorted(rows, key=lambda row: row["name"]) if number == 3 else rows
        yield BEGIN + timedelta(days=number), _table(columns, shown)


def _row(number: int, pick: random.Random) -> Row:
    town = pick.choice(PLACES)
    since = BEGIN - timedelta(days=pick.randint(200, 9000))
    return {
        "number": f"R{10_400 + 7 * number}",
        "name": f"{pick.choice(OF)} {town} {pick.choice(KINDS)}",
        "status": pick.choices(("registered", "late with accounts"), weights=(9, 1))[0],
        "registered": f"{since:%Y-%m-%d}",
        "town": town,
        "chair": f"{pick.choice(FIRST)} {pick.choice(LAST)}",
    }


def _entry(number: str, name: str, town: str, chair: str, day: str) -> Row:
    values = (number, name, "registered", day, town, chair)
    return dict(zip(COLUMNS, values, strict=True))


def _nothing(rows: list[Row]) -> None:
    """A day without news."""


def _second(rows: list[Row]) -> None:
    rows.append(_entry("R12301", "Saltby Sea Rescue", "Saltby", "Edda Farrow", "2025-03-03"))
    rows[17]["chair"] = "Kaja Corvin"
    rows[80]["status"] = "struck off"


def _third(rows: list[Row]) -> None:
    rows[31]["name"] = "Lantern House"
    rows[44]["town"] = "Harbury" if rows[44]["town"] != "Harbury" else "Saltby"
    rows[120]["chair"] = rows[120]["chair"][:-1] + "e" + rows[120]["chair"][-1]


def _fifth(rows: list[Row]) -> None:
    rows[120]["chair"] = rows[120]["chair"][:-2] + rows[120]["chair"][-1]
    del rows[80]


def _seventh(rows: list[Row]) -> None:
    rows.append(_entry("R12308", "Thornwick Repair Café", "Thornwick", "Finn Imber", "2025-03-07"))
    rows[9]["status"] = "struck off"
    rows[150]["status"] = "late with accounts"


_CHANGES = {1: _second, 2: _third, 4: _fifth, 6: _seventh}


def _table(columns: list[str], rows: list[Row]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(row.values() for row in rows)
    return text.getvalue().encode()


class Register(ThreadingHTTPServer):
    """Serves one day after the other on loopback."""

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Answers)
        self.days = list(days())
        self.today = 0


class _Answers(BaseHTTPRequestHandler):
    server: Register

    def do_GET(self) -> None:
        if self.path == "/register.csv":
            made, table = self.server.days[self.server.today]
            self._answer(table, {"Last-Modified": format_datetime(made, usegmt=True)})
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        self.server.today = min(self.server.today + 1, DAYS - 1)
        self._answer(f"day {self.server.today + 1}\n".encode(), {})

    def _answer(self, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(200)
        for name, value in {"Content-Type": "text/csv; charset=utf-8", **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet, because the other program is what one looks at."""


def main(what: str, port: int) -> None:
    if what == "serve":
        Register(port).serve_forever()
    else:
        question = urllib.request.Request(f"http://127.0.0.1:{port}/next", method="POST")
        with urllib.request.urlopen(question) as answer:
            print(answer.read().decode(), end="")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
