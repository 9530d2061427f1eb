"""Takes the pictures in docs/img from the shipped talks: `python -m tests.pictures`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser

from monitor.compare.comparison import Context, compare
from monitor.kinds.translating import translated
from monitor.model.comparison import Comparison, Significance, VersionRef
from monitor.model.digest import Digest, DigestInput, SituationInput
from monitor.model.record import replace
from monitor.model.subscription import Filter
from monitor.render import load_templates
from monitor.report.digest import make_digest
from tests.browser import browser, showing
from tests.digests import as_read
from tests.talks import KIND, VERSIONS, snapshot, state

FOLDER = Path(__file__).parent.parent / "docs" / "img"
HEIGHT = 1130
"""Pixels: the head of the digest, its first sections and a chart."""

TAKEN: tuple[tuple[str, int, Literal["light", "dark"], str], ...] = (
    ("digest-640.png", 672, "light", "en"),
    ("digest-375.png", 375, "light", "en"),
    ("digest-dark.png", 672, "dark", "en"),
    ("digest-uk-640.png", 672, "light", "uk"),
)


def digest_html(
    language: str = "en",
    old: str = "2026-02-05",
    new: str = "2026-02-17",
    base: str = "2026-01-24",
) -> str:
    """The digest of a reader who was last told on `old` and wants what is major."""
    return as_read(digest(language, old, new, base).html, "html")


def digest(language: str, old: str, new: str, base: str) -> Digest:
    told, farther, before = (
        between(*pair, language) for pair in ((old, new), (base, new), (base, old))
    )
    known = {finding.id for finding in before.findings}
    part = SituationInput(
        comparison=told,
        against_baseline=farther,
        baseline=VersionRef(situation=told.situation, as_of=base, content_hash=""),
        baseline_how="pinned",
        new_against_baseline=tuple(
            finding.id for finding in farther.findings if finding.id not in known
        ),
    )
    given = DigestInput(
        reason="digest",
        situations=(part,),
        filter=Filter(minimum=Significance.MAJOR),
        mutes=(),
        health=(),
        cadence="daily 07:00",
        zone="Europe/Kyiv",
        language=language,
        due=f"{new}T05:00:00Z",
        public_url="https://monitor.example.org",
    )
    return make_digest(given, load_templates())


def between(old: str, new: str, language: str = "en") -> Comparison:
    kind = translated(KIND, language)
    history = tuple(state(each) for each in VERSIONS if each < new)
    made = compare(state(old), state(new), kind, context=Context(history=history, today=new))
    # The title stands in the envelope of a snapshot, which `state` leaves out.
    return replace(made, title=snapshot(VERSIONS[0]).title)


def take(
    started: Browser, html: str, name: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    with showing(started, html, width=width, scheme=scheme) as page:
        clip = {"x": 0.0, "y": 0.0, "width": float(width), "height": float(HEIGHT)}
        page.screenshot(path=FOLDER / name, full_page=True, clip=clip)  # type: ignore[arg-type]


def main() -> None:
    with browser() as started:
        for name, width, scheme, language in TAKEN:
            take(started, digest_html(language), name, width, scheme)
            print(f"{FOLDER / name}: {(FOLDER / name).stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
