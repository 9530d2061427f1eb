"""What holds for any text at all."""

from __future__ import annotations

import re
import unicodedata
from email import message_from_bytes, policy
from email.message import EmailMessage

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.mail.message import build, encode
from monitor.model.text import shortened, visible
from monitor.model.tokens import READER, fill
from tests.digests import SENDER

OWN = {"date": "Tue, 17 Feb 2026 05:00:00 +0000", "message_id": "<a@b>", "to": "ana@example.org"}

anything = st.text(max_size=200)
calm = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x1e\r"), max_size=200)
awkward = st.lists(
    st.sampled_from(
        [*READER.values(), "=[q:address]=", "=", "\n", ".", " ", "а", "é", "x" * 80, "--=_", "\t"]
    ),
    max_size=12,
).map("".join)
values = st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=120)


@settings(max_examples=400, deadline=None)
@given(st.one_of(anything, st.text("Aоb⟨U+E043⟩ ж\u202e", max_size=12)))
def test_visible_text_is_one_line_without_anything_that_hides(text: str) -> None:
    shown = visible(text)
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", shown)
    assert not [c for c in shown if unicodedata.category(c) in ("Cs", "Co", "Cc")]
    assert visible(shown) == shown
    shown.encode()


@settings(max_examples=200, deadline=None)
@given(anything, st.integers(2, 60))
def test_a_shortened_line_is_never_longer_and_starts_like_the_whole(text: str, limit: int) -> None:
    short = shortened(visible(text), limit)
    assert sum(not unicodedata.combining(c) for c in short) <= limit
    assert visible(text).startswith(short.rstrip("…"))


@settings(max_examples=200, deadline=None)
@given(st.one_of(calm, awkward), st.one_of(calm, awkward), values, values)
def test_what_is_encoded_once_and_spliced_reads_as_if_it_had_been_written_at_once(
    text: str, html: str, address: str, unsubscribe: str
) -> None:
    splice = {**OWN, "address": address, "unsubscribe": unsubscribe}
    data = build(encode("S", text, html, sender=SENDER), splice)
    assert max(map(len, data.partition(b"\r\n\r\n")[2].split(b"\r\n"))) <= 76
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    parts = [part.get_content().replace("\r\n", "\n") for part in message.iter_parts()]
    # base64 pads with spaces beside a token, so spaces are not compared.
    for got, written, part in zip(parts, (text, html), ("text", "html"), strict=True):
        expected = fill(written, splice, "html" if part == "html" else "text")
        assert got.replace(" ", "").rstrip("\n") == expected.replace(" ", "").rstrip("\n")
