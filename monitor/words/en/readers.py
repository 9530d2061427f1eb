"""What pages say to readers who subscribe and look after themselves."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.words.readers import ReaderLabels

LABELS = ReaderLabels(
    subscribe="Follow by mail",
    subscribe_text="Choose what you want to hear of. One mail asks you to confirm; nothing else "
    "comes before you have.",
    by_mail="Follow by mail instead, without a login",
    address="Your mail address",
    situations="What you want to follow",
    how_often="How often",
    at="At (daily and weekly)",
    on="On (weekly)",
    zone="Time zone",
    choose="choose one",
    language="Language",
    send="Ask me to confirm",
    asked="Look into your mailbox",
    asked_text="If mail may be sent to the address that you wrote, a mail with a link is on its "
    "way. It is good for 7 days.",
    asked_nothing="Nothing came after some minutes? Look where unwanted mail is kept, and whether "
    "the address is right. The same address is asked three times a week at most.",
    confirm="Confirm",
    confirm_button="Yes, send me this",
    confirm_not="If you did not ask for this, close this page: nothing will be sent.",
    used="This link was used",
    used_text="It confirms once. Each mail that you get has a link to your own page, where you "
    "change what you follow.",
    over="This link is over",
    over_text="It was good for 7 days. What it would have confirmed is forgotten.",
    ask_again="Ask for a new one",
    gone="What this link would confirm is not offered any more.",
    no_mail="This address gets no mail from here. Ask whoever runs monitor.",
    own="Your subscriptions",
    what="What you follow",
    least="Findings that are at least",
    alert="Told at once from",
    never="never",
    narrower="Only some of it",
    narrower_text="Nothing chosen means everything.",
    lists="Only these lists",
    parties="Only these parties",
    issues="Only these issues",
    entities="Only these entries",
    entities_text="One on each line, such as people[medinsky].",
    save="Save",
    begin_again="Follow this again",
    mutes="Muted",
    mutes_text="A rule, a list, a party, an issue or an entry that you do not want to hear of. "
    "Each digest says how much was hidden.",
    no_mutes="Nothing is muted.",
    mute_what="What",
    until="Until (the last day)",
    reason="Why (for yourself)",
    mute="Mute",
    unmute="Hear of it again",
    no_end="without an end",
    pause="Pause",
    pause_text="Nothing comes until then. On that day one digest tells what has changed.",
    pause_until="Until",
    resume="Go on now",
    leave="Unsubscribe",
    leave_all="Unsubscribe from all",
    all_of_it="All that is yours",
    export="Your data as JSON",
    new_link="End all links to this page",
    new_link_text="If somebody else has one of your mails. The page moves to a new address; "
    "the next mail has it.",
    erase="Erase all about me",
    erase_title="Erase all about you?",
    erase_text="Your subscriptions end. Your address, filters and mutes, what waits to be sent to "
    "you, and all links to this page go now. It cannot be taken back.",
    erase_keeps="What stays: digests, which name nobody, the number of mails that were sent, and "
    "copies that whoever runs this made before. You may subscribe again at any time.",
    erase_button="Erase all",
    back="Back",
    erased="You are erased",
    erased_text="Nothing here says any more who you were. No more mail is sent.",
    wrong="Something is missing or wrong; nothing was saved yet.",
    no_address="This is not one mail address, such as ana@example.org.",
    no_situation="Choose at least one.",
    no_zone="Choose one of the list.",
    no_time="Write a time such as 07:00.",
    no_choice="Choose one of the list.",
    no_day="Write a day from today on, such as 2026-03-01.",
    too_long="This is too long.",
    too_many_asked="Too many have asked just now. Nothing was sent; try again in an hour.",
    too_many="You have as many subscriptions as one address may have.",
)

EVERY: Mapping[str, str] = {
    "at-once": "at once",
    "hourly": "hourly",
    "daily": "daily",
    "weekly": "weekly",
    "cron": "as it is now",
}

DAYS: Mapping[str, str] = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}

DONE: Mapping[str, str] = {
    "confirmed": "You are subscribed. A mail says what you follow and how things stand.",
    "saved": "Saved. It holds from the next mail on.",
    "muted": "Muted from the next mail on.",
    "unmuted": "You hear of it again from the next mail on.",
    "paused": "Paused.",
    "resumed": "It goes on.",
    "left": "Unsubscribed. No more mail is sent for it.",
    "moved": "All earlier links to this page have ended. This is its new address.",
}

LANGUAGES: Mapping[str, str] = {"en": "English", "uk": "Українська"}


def asked_for(names: str) -> str:
    return f"You would follow {names}"


def rests(day: str) -> str:
    return f"Paused until {day}"


def ended(moment: str) -> str:
    return f"Ended on {moment}"


def told(day: str) -> str:
    return f"told up to {day}"


def want_a_day(last: str) -> str:
    return f"Write a day from tomorrow to {last}."


def nothing_such(said: str) -> str:
    return f"There is {said}." if said.startswith("no ") else said


def confirm_subject(names: str) -> str:
    return f"Confirm: follow {names}?"


def confirm_opening() -> str:
    return "Somebody, probably you, asked for this mail to your address."


def confirm_here() -> str:
    return "Confirm here"


def confirm_closing() -> str:
    return (
        "The link is good once and for 7 days. If it was not you, do nothing: you get no more mail."
    )
