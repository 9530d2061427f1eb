"""What the pages say on which the next version of a situation is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from monitor.words.drafting import DraftLabels
from monitor.words.en.values import counted

LABELS: Final = DraftLabels(
    drafts="Drafts",
    none="No draft is open.",
    open="Open a draft",
    open_one="Begin the next version",
    situation="Situation",
    as_of="As of",
    today="left empty: today",
    over="over the version of",
    opened="opened",
    nobody_told="nobody is told yet",
    the_text="Edit as text",
    text_hint="A partial snapshot: write what has changed, what is left out stays. “null” clears a "
    "field, “x-removed: true” beside its key takes an entry out. A line under a quotation is "
    "placed when you delete its “#”.",
    save="Save",
    faults="What is wrong",
    fits="checked: fits the kind",
    nothing_new="checked: it says nothing new yet",
    unfit="checked: something is wrong",
    line="line",
    yours="Your text",
    theirs="What is saved now",
    theirs_hint="Somebody saved meanwhile. Nothing of yours is lost: take over what you need, then "
    "save.",
    save_mine="Save mine over it",
    what_it_says="What it says",
    would_get="What readers would get:",
    preview="preview the digest",
    preview_none="Nothing of it would be told.",
    nothing_for="nothing",
    publish="Publish",
    published="Published",
    held="It waits for a decision; nobody is told before.",
    written="Written to",
    unwritten="No file was written:",
    discard="Discard",
    discard_ask="Discard this draft?",
    discard_text="Its text is kept and can be read again, but it can be published no more.",
    keep="Keep it",
    discarded="The draft is discarded.",
    back="Back to the draft",
    start="Nothing is written yet",
    start_text="Fill in a form, or write it as text. Nobody is told before you publish.",
    form="Fill in a form",
    form_text="Choose a list, then an entry of it.",
    new_entry="New entry",
    find="Find",
    found_none="No entry is called so.",
    put_in="Put into the draft",
    take_out="Take it out",
    not_said="not said",
    from_="from",
    to="to",
    unit="unit",
    yes="yes",
    no="no",
    date_hint="2026-02-17, 2026-02, 2026-02~",
    list_hint="one on each line",
    facts="What is so",
    provenance="Who says so",
    key_hint="left empty: made from the name",
    below="Below it",
    wrong="Something is not right yet; it is said beside its field.",
    articles="Articles",
    article="Article",
    add_article="Add an article",
    add_text="Its names, numbers, dates and quotations are found and held against what we have. "
    "What a sentence means is for you to say.",
    paste="Its text",
    or_file="or a file (HTML or text)",
    publisher="Publisher",
    headline="Title",
    date="Date",
    address="Address",
    add="Read it",
    move="move",
    accept="accept",
    change="change",
    reject="reject",
    later="later",
    undo="undo",
    status="status",
    said_by="said by",
    nobody="nobody named",
    is_this="Is this",
    to_write="still to be written",
    adds_source="adds a source",
    kept="The article as it was read",
    reads="It was read on",
    nothing_open="Nothing in it is left to place.",
    by_hand="write it in a form",
    no_text="Paste its text or choose a file.",
    what_it_says_now="What the draft says so far",
    not_in_words="not in the words",
    look_twice="look twice",
    known_already="known already: a source more",
    show="show",
)

SORTS: Final[Mapping[str, str]] = {
    "known": "known",
    "differs": "differs",
    "new": "new",
    "unplaced": "names nobody",
    "folded": "not in the words",
    "proposed": "proposed by the model",
}

CHOICES: Final[Mapping[str, str]] = {
    "accepted": "accepted",
    "rejected": "rejected",
    "later": "for later",
}

FAULTS: Final[Mapping[str, str]] = {
    "choice": "This is none of the words that it can have.",
    "number": "This is no number.",
    "date": "This is no date.",
    "key": "Write it: the entry is named by it.",
    "taken": "There is such an entry already.",
    "nothing": "Nothing was changed.",
    "unit": "Write the unit too.",
}


def draft_for(day: str, title: str) -> str:
    return f"Draft for {day}: {title}"


def saved_at(moment: str, by: str) -> str:
    return f"draft saved {moment} by {by}" if by else f"draft saved {moment}"


def follow(number: int) -> str:
    return f"{counted(number, 'reader')} {'follows' if number == 1 else 'follow'} it"


def get_it(told: int, asked: int) -> str:
    return f"{told:,} of {counted(asked, 'reader')} would get a digest"


def first_of(asked: int, every: int) -> str:
    return f"The first {asked:,} of {every:,} readers were looked at."


def publish_day(day: str) -> str:
    return f"Publish {day}"


def article_of(number: int, every: int) -> str:
    return f"Article {number} of {every}"


def marks(number: int) -> str:
    return counted(number, "mark")


def left(number: int) -> str:
    return f"{number:,} left to place" if number else "nothing left to place"


def entry_fields(label: str, fields: str) -> str:
    return f"{label} → {fields}"


def joins(group: str) -> str:
    return f"a member of {group}"


def somebody_new() -> str:
    return "somebody new"


def spelling(label: str) -> str:
    return f"{label}, spelt otherwise"


def entry_in(title: str, label: str) -> str:
    return title if title == label else f"{title}: {label}"


def facts_known(number: int) -> str:
    return f"{counted(number, 'fact')} known"


def add_source(number: int) -> str:
    return "add the source" if number == 1 else f"add the source to all {number:,}"


def silent(number: int) -> str:
    return (
        f"{counted(number, 'sentence')} more {'says' if number == 1 else 'say'} nothing to place."
    )


def folded(number: int) -> str:
    return f"{counted(number, 'proposal')} of the model folded"


def copied(share: int, other: str) -> str:
    return f"{share}% of its words stand in {other} too: one voice, not two."
