"""Takes the pictures of a draft in docs/img, of talks that nobody holds:
`python -m tests.desk_pictures`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from monitor.pipeline.intake.taking import read, take_in_snapshot
from tests.browser import browser
from tests.browsing import visiting
from tests.integration.pipeline.test_articles import RIVER
from tests.pages import Site, site
from tests.pictures import FOLDER

KNOWN = f"""{RIVER.rstrip().replace("2026-03-01", "2026-02-10")}
stances:
  - party: blue
    issue: dam
    position: asks
    quantity: {{min: 30, max: 50, unit: years}}
    summary: A lease of the dam.
    status: reported
    sources: [seed]
rounds:
  - id: round-5
    name: the fifth round
    number: 5
    format: bilateral
    city: Vienna
    country: Austria
    starts: 2026-03-06
    ends: 2026-03-07
    state: announced
    status: announced
    sources: [seed]
"""
ARTICLE = """The delegation of Redland will have six members, its spokesman Ilya Brandt said on
Tuesday. Igor Stahl, who led the earlier rounds, stays in the delegation of Redland.

Deputy minister Oskar Lind joins the delegation of Redland for the first time. The fifth round
begins on 9 March in Riga, Brandt announced. “Nobody leaves before the dam is settled”, Stahl said.

A report of a separate meeting in Oslo was denied."""
WIDTHS = {"draft.png": 1200, "draft-375.png": 375}


def lay_out(desk: Site) -> str:
    """The address of the panels."""
    program = desk.program
    data = KNOWN.encode()
    snapshot = read(data, name="river.yaml", folder=None, settings=program.settings)
    take_in_snapshot(program, snapshot, data, desk.now)
    desk.ask("/drafts", role="editor", form={"situation": "river", "as_of": "2026-02-19"})
    article = {
        "text": ARTICLE,
        "publisher": "Harbour Times",
        "published": "2026-02-18",
        "title": "Six for the river talks",
        "url": "https://harbour.example/2",
        "file": "",
    }
    desk.ask("/drafts/river/articles", role="editor", form=article)
    return "/drafts/river"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, site(Path(folder)) as desk:
        address = lay_out(desk)
        with browser() as started, visiting(started, desk, "editor") as page:
            for name, width in WIDTHS.items():
                page.set_viewport_size({"width": width, "height": 800})
                page.goto(address)
                page.screenshot(path=FOLDER / name, full_page=True)
                print(f"wrote {FOLDER / name}")


if __name__ == "__main__":
    main()
