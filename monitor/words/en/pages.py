"""What pages of the web say around findings."""

from __future__ import annotations

from monitor.words.deciding import Deciding
from monitor.words.drafting import Drafting
from monitor.words.en import deciding as about_deciding
from monitor.words.en import drafting as about_drafting
from monitor.words.en import readers as for_readers
from monitor.words.en.values import counted
from monitor.words.pages import PageLabels
from monitor.words.readers import Readers

deciding: Deciding = about_deciding

drafting: Drafting = about_drafting

readers: Readers = for_readers

LABELS = PageLabels(
    since="Since you looked",
    situations="Situations",
    review="Review",
    digests="Digests",
    subscriptions="Subscriptions",
    service="Service",
    log_in="Log in",
    log_out="Log out",
    skip="To the content",
    name="Name",
    password="Password",  # noqa: S106 - a label
    password_again="The password again",  # noqa: S106 - a label
    wrong="Name and password do not go together.",
    too_often="Too many tries. Wait a minute.",
    first_title="Welcome to monitor",
    first_text="Nobody can log in yet. Choose the name and the password of the first person; she "
    "may do everything, and makes others with: monitor user add",
    first_button="Begin",
    first_over="Somebody logs in here already, so this link is over. Ask her for an account.",
    unlike="The two passwords differ.",
    used_up="This link was used, or its time is over.",
    seen="seen",
    unseen="not seen",
    mark_all="mark all seen",
    compare="Compare",
    with_="with",
    show="show",
    everything="everything",
    serious="critical and major",
    my_filter="my filter",
    move="move",
    open="open",
    baseline="baseline",
    latest="latest",
    version="Version",
    versions="Versions",
    previous="Previous step",
    next="Next step",
    side_by_side="Side by side",
    in_words="In words",
    as_markdown="Markdown",
    as_json="JSON",
    as_patch="JSON Patch",
    who_says="Who says so",
    filter="Filter",
    only="Only below the path",
    least="At least",
    apply="Show",
    nothing_here="Nothing changed.",
    not_found="There is no such page.",
    forbidden="You may not do this.",
    unknown="Log in first.",
    unasked="This page does not take what was sent.",
    too_large="This is more than can be sent here at once.",
    away="The database does not answer. Try again in a minute.",
    to_start="To the first page",
    failed="This page could not be made. Whoever runs monitor is told.",
    page="Page",
    document="Document",
    as_of="As of",
    known="As known on",
    who_stands_where="Who stands where",
    issue="Issue",
    distance="Distance",
    since_baseline="What changed since the baseline",
    ahead="What is ahead and what still stands",
    mark_new="new",
    mark_returned="back",
    mark_gone="gone",
    mark_changed="changed",
    value="Value",
    from_="From",
    until="Until",
    history="History",
    also_said="Others say",
    stands_in="Where it stands",
    first_seen="First",
    positions="Positions over time",
    fact="Fact",
    learned="Learned",
    party="Party",
    older_values="Earlier values",
    read_on="Read on",
    feeds="Feed and calendar",
    feed="Feed (Atom)",
    calendar="Calendar (iCalendar)",
    feeds_text="A feed reader and a calendar cannot log in. Make them an address of their own: "
    "whoever has it reads what changed in this situation and what is ahead, and nothing else, "
    "until you end it.",
    feeds_make="Make an address",
    feeds_once="Your new addresses, shown this once:",
    feeds_good="Addresses you made",
    feeds_end="End",
)


def since_moment(moment: str) -> str:
    return f"Since {moment}"


def from_start() -> str:
    return "What is new"


def quiet(day: str) -> str:
    return f"Nothing changed since {day}."


def unshown(findings: int, day: str) -> str:
    return f"Nothing to show here since {day}; {_not_shown(findings)}."


def _not_shown(findings: int) -> str:
    return f"{counted(findings, 'finding')} not shown"


def looked_at(moment: str) -> str:
    return f"Looked at {moment}"


def ahead(planned: str) -> str:
    return f"Next: {planned}"


def counts(versions: int, findings: int, unshown: int = 0) -> str:
    less = _not_shown(unshown) if unshown else "nothing changed"
    news = counted(findings, "finding") if findings else less
    return f"{counted(versions, 'version')} · {news}"


def version_number(number: int) -> str:
    tens, ones = divmod(number, 10)
    ending = {1: "st", 2: "nd", 3: "rd"}.get(ones, "th") if tens % 10 != 1 else "th"
    return f"{number}{ending}"


def sources(fresh: int, bad: int, newest: str) -> str:
    if bad:
        return f"{counted(bad, 'source')} in trouble, {fresh} fresh"
    looked = f", newest {newest}" if newest else ""
    return f"{counted(fresh, 'source')} fresh{looked}" if fresh else "no source was looked at yet"


def good_until(moment: str) -> str:
    return f"Last good data: {moment}"


def since_day(day: str) -> str:
    return f"since {day}"


def and_more(number: int) -> str:
    return f"and {number} more"


def follows_nothing() -> str:
    return "There is no situation yet. The first one appears with its first snapshot."


def page_of(number: int, total: int) -> str:
    return f"Page {number} of {total}"


def read_back(day: str) -> str:
    return f"Versions were read back to {day} so far."


def or_earlier(day: str) -> str:
    return f"{day} or earlier"
