"""python -m tests.marking [FOLDER]: how well articles are marked, and each mark that is missed."""

from __future__ import annotations

import sys
from functools import reduce
from operator import add
from pathlib import Path

from tests.marking.gold import FOLDER, HALVES, articles
from tests.marking.measure import SORTS, Score, scores


def main(arguments: list[str]) -> int:
    folders = [Path(one) for one in arguments] or [FOLDER / one for one in HALVES]
    for folder in folders:
        found = [score for article in articles(folder) for score in scores(article)]
        print(f"{folder.name}:")
        for sort in SORTS:
            print(_row(reduce(add, [one for one in found if one.sort == sort])))
        for line in sorted(line for one in found for line in one.lines):
            print(f"  {line}")
    return 0


def _row(score: Score) -> str:
    share = score.found / score.total if score.total else 1
    wrong = f", {score.wrong} wrong ({score.wrong / score.total:.1%})" if score.wrong else ""
    return f"  {score.sort}: {score.found} of {score.total} ({share:.1%}){wrong}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
