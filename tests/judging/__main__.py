"""python -m tests.judging: remakes docs/reading.md; `unread` also renews the judgements' files.

In those a person then replaces each `unread` by well, poorly or wrongly, and says why.
"""

from __future__ import annotations

import sys

from tests.judging.developments import SITUATIONS
from tests.judging.judgements import Judgements
from tests.judging.page import PAGE, page, read


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["unread"]):
        print("python -m tests.judging [unread]", file=sys.stderr)
        return 2
    for name in SITUATIONS if arguments else ():
        Judgements(name).write(read(name).counts)
    PAGE.write_text(page(), encoding="utf-8")
    for name in SITUATIONS:
        for count, judged in zip(read(name).counts, read(name).judged, strict=True):
            for judgement in judged:
                if judgement.verdict not in ("well", "poorly"):
                    print(f"{judgement.verdict}: {name} {count.step.new}: {judgement.told}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
