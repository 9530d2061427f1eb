"""Names lead somewhere: what people write is held against what there is, in several kinds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.site import Site

EXAMPLES = Path(__file__).parents[2] / "examples"


def laid_out(folder: Path) -> Site:
    desk = Site(folder)
    for name in ("cabinet", "committees"):
        (folder / "snapshots" / name).mkdir(parents=True)
        for file in (EXAMPLES / name).glob("*.yaml"):
            copy = folder / "snapshots" / name / file.name.replace("2031", "2021")
            copy.write_text(file.read_text().replace("2031", "2021"))
    desk.configures("")
    return desk


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return laid_out(tmp_path)


@pytest.fixture
def known(site: Site) -> Site:
    """The same desk with all its snapshots taken in."""
    site.monitor("run", "--once", code=0)
    return site


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The same with a reader, for commands that are refused and change nothing."""
    desk = laid_out(tmp_path_factory.mktemp("asked"))
    desk.monitor("run", "--once", code=0)
    desk.monitor("subscribe", "cleo@example.org", "vellmar-cabinet")
    return desk


def follows(situation: str, more: str = "") -> str:
    return f'[[subscriptions]]\naddress = "ana@example.org"\nsituations = ["{situation}"]\n{more}\n'


@pytest.mark.parametrize(
    ("config", "says"),
    [
        (
            follows("vellmar-cabinet", 'collections = ["ministeries"]'),
            ":4: subscriptions[1].collections: no collection ministeries; did you mean ministries?",
        ),
        (
            follows("vellmar-cabinet", 'parties = ["vellmar"]'),
            ":4: subscriptions[1].parties: no party vellmar: the kind cabinet knows no parties",
        ),
        (
            follows("vellmar-cabinet", 'entities = ["peple[x]"]'),
            ":4: subscriptions[1].entities: no collection peple; did you mean people?",
        ),
        (
            follows("vellmar-cabinet") + '[rules.joined]\npaths = ["ministries.taem"]\n',
            ":6: rules.joined.paths: no field taem in ministries; did you mean team?",
        ),
        (
            follows("vellmar-cabinet") + '[situations.vellmar-cabinet]\nbaseline = "privious"\n',
            ":6: situations.vellmar-cabinet.baseline: 'privious' is neither previous nor an as_of",
        ),
    ],
)
def test_what_nothing_can_be_stops_the_start(site: Site, config: str, says: str) -> None:
    site.configures(config)
    told = site.monitor("run", "--once", code=2)
    assert f"monitor: config/monitor.toml{says}" in told
    assert not (site.folder / "var" / "mail").exists()


def test_what_may_come_is_repeated_until_it_is_there(known: Site) -> None:
    known.configures(
        follows("vellmar-cabinets") + "[situations.vellmar-cabinett]\n" + "[rules.joined]\n"
        'paths = ["ministries[enregy].team"]\n'
    )
    known.monitor("run", "--once", code=0)
    told = known.monitor("status", code=1)
    assert (
        ":3: subscriptions[1].situations: no situation vellmar-cabinets yet; did you mean" in told
    )
    assert "situations.vellmar-cabinett: no situation vellmar-cabinett yet" in told
    assert "no entry ministries[enregy].team yet; did you mean ministries[energy]?" in told
    assert known.mail("operator@localhost")
    known.configures(follows("vellmar-cabinet"))
    known.monitor("run", "--once", code=0)
    assert "nobody is needed" in known.monitor("status")


def test_a_list_that_the_kind_lost_does_not_stop_a_restart(known: Site) -> None:
    """It was true once: that reader's trouble, and nobody else's."""
    known.configures(follows("vellmar-cabinet", 'collections = ["people"]'))
    known.monitor("run", "--once")
    for file in (known.folder / "snapshots" / "cabinet").glob("*"):
        file.unlink()
    (known.folder / "snapshots" / "cabinet" / "kind.yaml").write_text(
        "title: C\ntype: object\nproperties:\n  towns: {type: array, x-key: [id], items: "
        "{type: object, properties: {id: {type: string}}}}\n"
    )
    (known.folder / "snapshots" / "cabinet" / "2021-12-01.yaml").write_text(
        "kind: kind.yaml\nsituation: vellmar-cabinet\nas_of: 2021-12-01\ntowns: [{id: a}]\n"
    )
    known.monitor("run", "--once")
    known.monitor("run", "--once")


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (
            ("subscribe", "bo@example.org", "vellmar-cabinett"),
            "no situation 'vellmar-cabinett'; did you mean vellmar-cabinet?",
        ),
        (
            ("subscribe", "bo@example.org", "vellmar-cabinet", "--collection", "ministeries"),
            "no collection ministeries; did you mean ministries?",
        ),
        (
            ("subscribe", "bo@example.org", "vellmar-cabinet", "--start", "lastest"),
            "start is 'lastest', want latest, baseline or an as_of such as 2026-02-05; did you",
        ),
        (
            ("subscribe", "bo@example.org", "vellmar-cabinet", "--zone", "Europe/Kiyv"),
            "Europe/Kiyv",
        ),
        (("mute", "add", "cleo@example.org", "replacd"), "did you mean replaced?"),
        (("mute", "add", "cleo@example.org", "ministries.tem"), "did you mean team?"),
        (("mute", "add", "cloe@example.org", "joined"), "did you mean cleo@example.org?"),
        (("backtest", "vellmar-cabinet", "--issue", "tax"), "knows no issues"),
        (("judge", "same", "vellmar-cabinet", "persons", "a", "b"), "no collection persons"),
        (("judge", "list", "vellmar-cabinett"), "did you mean vellmar-cabinet?"),
        (("baseline", "advance", "velmar-cabinet"), "did you mean vellmar-cabinet?"),
        (("history", "vellmar-cabinet", "ministry[x]"), "did you mean ministries?"),
        (("history", "vellmar-cabinet"), "name the PATH of a fact of vellmar-cabinet"),
        (("rules", "replacd"), "did you mean replaced?"),
    ],
)
def test_a_command_names_the_nearest(asked: Site, command: tuple[str, ...], says: str) -> None:
    told = asked.monitor(*command, code=2)
    assert says in told
    assert told.count("\n") == 1


def test_a_warning_of_a_command_stands_in_status(known: Site) -> None:
    told = known.monitor("subscribe", "bo@example.org", "vellmar-cabinet", "--entity", "enregy")
    assert "monitor: warning: no entity enregy yet; did you mean energy?" in told
    known.monitor("mute", "add", "bo@example.org", "people[nobody-yet]")
    status = known.monitor("status", code=1)
    assert "bo@example.org/digest: no entity enregy yet; did you mean energy?" in status
    assert "bo@example.org/digest, mute 1: no entry people[nobody-yet] yet" in status


def test_a_field_that_an_open_kind_lets_stand_may_come(site: Site) -> None:
    folder = site.folder / "snapshots" / "harbour"
    folder.mkdir()
    (folder / "kind.yaml").write_text(
        "title: Harbour\ntype: object\nproperties:\n  ships: {type: array, x-key: [id], items: "
        "{type: object, properties: {id: {type: string}}}}\n"
    )
    (folder / "2021-01-01.yaml").write_text(
        "kind: kind.yaml\nsituation: harbour\nas_of: 2021-01-01\nships: [{id: a, flag: red}]\n"
    )
    site.configures(follows("harbour", 'collections = ["ships.flag", "ship"]'))
    site.monitor("run", "--once")
    told = site.monitor("status", code=1)
    assert "subscriptions[1].collections: no collection ship; did you mean ships?" in told
    assert "flag" not in told
