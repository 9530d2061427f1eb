"""Fixed words of templates and of the terminal."""

from __future__ import annotations

from monitor.words.language import Labels

LABELS = Labels(
    in_short="In short",
    briefly="Smaller changes",
    withdrawn="Withdrawn",
    was="was",
    now="now",
    before="before",
    after="now",
    disagree="Sources disagree",
    disputed="disputed",
    all_of_them="All of them",
    unchanged="Unchanged",
    next="Next",
    source="Source",
    sources="Sources",
    muted="Muted",
    to_change="To mute a topic or change how often this comes",
    or_ask="or ask whoever runs monitor for you",
    sent_to="Sent to",
    unsubscribe="Unsubscribe",
    beside="Beside these",
    comparison="Comparison",
    document="Document",
    entry="entry {}",
    entries="entries",
    span_role=" as {}",
    span_start=" from {}",
    also="Also",
    empty="(empty)",
    history="History of this fact",
    open_comparison="Open this comparison",
    open_baseline="Open the comparison with the baseline",
    new="New",
    over="Over",
    your_subscription="Your subscription",
    day="d MMM y",
    day_of_year="d MMM",
)
