"""python -m tests.proposing [all]: what the gate makes of a model that tells truths and lies in
equal parts; with `all` also the truths that are folded, and the lies that pass whole."""

from __future__ import annotations

import sys

from monitor.writing.proposals import Folded
from tests.proposing.measure import gate, rows
from tests.proposing.told import articles


def main(arguments: list[str]) -> int:
    print("| proposals | number | folded | shown: parts not in the words | shown: doubts | whole |")
    print("|---|---:|---:|---:|---:|---:|")
    found = list(rows())
    for row in found:
        name = row.sort if row.group == "truth" else f"{row.group}: {row.sort}"
        print(
            f"| {name} | {row.total} | {row.folded} | {row.unsaid} | {row.doubted} | "
            f"{len(row.whole)} |"
        )
    if "all" in arguments:
        for told in articles():
            for one in gate(told).judge_all(told.truths):
                if isinstance(one, Folded):
                    print(f"folded truth: {one.proposal.placement.path}: {one.reason}")
        for row in found[1:]:
            for line in row.whole:
                print(f"whole lie, {row.sort}: {line}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
