"""Makes the roster: a repository with a file for each member, and two years of commits.

    python examples/roster/make.py FOLDER

Everything in it is invented, and each run makes the same commits to the letter.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

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
    "Mirte",
    "Nils",
    "Orla",
    "Piet",
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
    "Kestrel",
    "Lorne",
]
PARTIES = ("Harbour List", "Meadow Union", "Lantern Party")
COMMITTEES = ("Budget", "Fisheries", "Schools", "Roads")
TOWNS = ["Eastquay", "Millbrook", "Northolt", "Saltby", "Thornwick", "Upperfield", "Westmere"]
CLERKS = ("Tilda Moor", "Rasmus Pell")
BEGIN = datetime(2023, 9, 4, 9, tzinfo=UTC)

Member = dict[str, str]


class Roster:
    """The members as they stand, in a work tree."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.members: dict[str, Member] = {}
        self._random = random.Random(7)
        self._at = BEGIN
        self._quoted = False
        self._names = [f"{first} {last}" for first in FIRST for last in LAST]
        self._random.shuffle(self._names)
        (folder / "people").mkdir(parents=True)
        self._git("init", "--quiet", "--initial-branch=main")

    def begin(self) -> None:
        for number in range(24):
            self.seat(COMMITTEES[number % 4], "chair" if number < 4 else "member")
        self.commit("Members of the new council")

    def seat(self, committee: str, role: str) -> str:
        name = self._names.pop()
        ident = name.lower().replace(" ", "-")
        self.members[ident] = {
            "id": ident,
            "name": name,
            "party": self._random.choice(PARTIES),
            "town": self._random.choice(TOWNS),
            "committee": committee,
            "role": role,
        }
        return name

    def step(self) -> None:
        """One commit as a clerk makes it."""
        what = self._random.choices(
            (self._joins, self._leaves, self._crosses, self._changes, self._chairs, self._town),
            weights=(3, 3, 2, 3, 2, 3),
        )[0]
        self.commit(what())

    def branch(self) -> None:
        """Two commits beside the main line that come in by a merge."""
        self._git("checkout", "--quiet", "-b", "by-election")
        self.commit(self._joins())
        self.commit(self._town())
        self._git("checkout", "--quiet", "main")
        self._at += timedelta(hours=3)
        self._git("merge", "--quiet", "--no-ff", "-m", "Merge the by-election", "by-election")
        self._git("branch", "--quiet", "--delete", "by-election")

    def rewrite(self) -> None:
        """All files in another form, which says the same."""
        self._quoted = True
        self.commit("Quote all values, names first")

    def commit(self, subject: str) -> None:
        self._at += timedelta(days=self._random.randint(2, 9), hours=self._random.randint(0, 5))
        for file in (self.folder / "people").iterdir():
            if file.stem not in self.members:
                file.unlink()
        for ident, member in self.members.items():
            (self.folder / "people" / f"{ident}.yaml").write_text(self._text(member))
        self._git("add", "--all")
        self._git("commit", "--quiet", "--message", subject)

    def _text(self, member: Member) -> str:
        if not self._quoted:
            return "".join(f"{name}: {value}\n" for name, value in member.items())
        names = ["name", *(name for name in member if name != "name")]
        return "".join(f'{name}: "{member[name]}"\n' for name in names)

    def _joins(self) -> str:
        committee = self._random.choice(COMMITTEES)
        return f"{self.seat(committee, 'member')} takes a seat"

    def _leaves(self) -> str:
        member = self._some()
        del self.members[member["id"]]
        return f"{member['name']} resigns"

    def _crosses(self) -> str:
        member = self._some()
        member["party"] = self._other(PARTIES, member["party"])
        return f"{member['name']} joins the {member['party']}"

    def _changes(self) -> str:
        member = self._some()
        member["committee"] = self._other(COMMITTEES, member["committee"])
        return f"{member['name']} to {member['committee']}"

    def _chairs(self) -> str:
        member = self._some()
        for one in self.members.values():
            if one["committee"] == member["committee"] and one["role"] == "chair":
                one["role"] = "member"
        member["role"] = "chair"
        return f"{member['name']} chairs {member['committee']}"

    def _town(self) -> str:
        member = self._some()
        member["town"] = self._other(TOWNS, member["town"])
        return f"{member['name']} moves house"

    def _some(self) -> Member:
        return self._random.choice([one for one in self.members.values() if one["role"] != "chair"])

    def _other(self, words: tuple[str, ...] | list[str], word: str) -> str:
        return self._random.choice([one for one in words if one != word])

    def _git(self, *arguments: str) -> None:
        clerk = CLERKS[self._at.month % 2]
        moment = f"@{int(self._at.timestamp())} +0000"
        people = {
            f"GIT_{who}_{what}": value
            for who in ("AUTHOR", "COMMITTER")
            for what, value in (("NAME", clerk), ("EMAIL", "clerk@example.org"), ("DATE", moment))
        }
        plain = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        subprocess.run(
            ["git", "-C", str(self.folder), *arguments],
            env={**os.environ, **plain, **people},
            check=True,
        )


def make(folder: Path) -> None:
    """The whole repository in a folder that is not there yet."""
    roster = Roster(folder)
    roster.begin()
    for number in range(112):
        if number in (30, 75):
            roster.branch()
        if number == 50:
            roster.rewrite()
        roster.step()


if __name__ == "__main__":
    make(Path(sys.argv[1]))
