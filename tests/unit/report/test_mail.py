"""The bytes of a message: headers to the letter, one encoding, recipients spliced in."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.errors import MessageUnsendable
from monitor.mail.message import Sender, address, build, encode, own_values
from monitor.model.record import replace
from monitor.model.tokens import READER, fill
from tests.digests import SENDER

TOKEN = "t" * 90
TEXT = f"Medinsky = head\n  Sent to: {READER['address']}\nUnsubscribe: {READER['unsubscribe']}\n"
HTML = f'<p>Medinsky &amp; co</p><a href="{READER["unsubscribe"]}">x</a> {READER["address"]}\n'
LATIN = ("Medinsky replaces Kostyukov – at once.\n.\nFrom here on   \n" * 20) + TEXT
CYRILLIC = ("Мединський замінив Костюкова.\n" * 40) + TEXT


def sent(
    recipient: str = "ana@example.org",
    *,
    subject: str = "Subject",
    text: str = TEXT,
    html: str | None = HTML,
    sender: Sender = SENDER,
    token: str | None = TOKEN,
) -> bytes:
    addressed = address(
        recipient,
        body_key="b12",
        message_key="s3-7",
        made_at=datetime(2026, 2, 17, 5, 0, tzinfo=UTC),
        sender=sender,
        token=token,
    )
    return build(encode(subject, text, html, sender=sender), addressed.splice)


def read(data: bytes) -> EmailMessage:
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def raw_header(data: bytes, name: str) -> list[str]:
    """The lines of one header field as they stand on the wire."""
    head = data.partition(b"\r\n\r\n")[0].decode("ascii")
    fields = re.split(r"\r\n(?![ \t])", head)
    return next((each.split("\r\n") for each in fields if each.startswith(f"{name}: ")), [])


def test_the_whole_head_of_a_message() -> None:
    head = sent().partition(b"\r\n\r\n")[0].decode("ascii")
    boundary = re.search(r'boundary="([^"]+)"', head)
    assert boundary is not None
    assert head.split("\r\n") == [
        "Date: Tue, 17 Feb 2026 05:00:00 +0000",
        "Message-ID: <d.b12.s3-7@monitor.example.org>",
        "To: ana@example.org",
        f"List-Unsubscribe: <https://monitor.example.org/u/{TOKEN}>,",
        f" <mailto:unsubscribe+{TOKEN}@monitor.example.org>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        'From: "Monitor" <digests@monitor.example.org>',
        "Subject: Subject",
        "List-Id: Digests <digests.monitor.example.org>",
        "Auto-Submitted: auto-generated",
        "X-Auto-Response-Suppress: All",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/alternative; boundary="{boundary[1]}"',
    ]


def test_the_plainest_part_comes_first_and_both_say_utf_8() -> None:
    message = read(sent())
    assert message.get_content_type() == "multipart/alternative"
    parts = list(message.iter_parts())
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]
    assert [part.get_content_charset() for part in parts] == ["utf-8", "utf-8"]


@pytest.mark.parametrize(("text", "encoding"), [(LATIN, "quoted-printable"), (CYRILLIC, "base64")])
def test_the_encoding_follows_from_the_content(text: str, encoding: str) -> None:
    message = read(sent(text=text, html=f"<p>{text}</p>"))
    for part in message.iter_parts():
        assert part["Content-Transfer-Encoding"] == encoding


def test_what_is_read_is_what_was_written() -> None:
    splice = {"address": "ana@example.org", "unsubscribe": f"https://monitor.example.org/u/{TOKEN}"}
    text, html = read(sent(text=LATIN)).iter_parts()
    assert text.get_content().replace("\r\n", "\n") == fill(LATIN, splice, "text")
    assert html.get_content().replace("\r\n", "\n") == fill(HTML, splice, "html")


def test_base64_adds_nothing_but_spaces_beside_a_recipient_value() -> None:
    splice = {"address": "ana@example.org", "unsubscribe": f"https://monitor.example.org/u/{TOKEN}"}
    written = f"<p>{CYRILLIC}</p>{HTML}"
    html = read(sent(text=CYRILLIC, html=written)).get_body(("html",))
    assert html is not None
    got = html.get_content().replace("\r\n", "\n")
    expected = fill(written, splice, "html")
    assert got.replace(" ", "") == expected.replace(" ", "")
    assert re.sub(" +", " ", got).replace('=" ', '="').replace(' "', '"') == re.sub(
        " +", " ", expected
    )


@pytest.mark.parametrize("text", [LATIN, CYRILLIC, "x" * 5000, "é" * 5000, "\n\n\n", ""])
def test_no_line_is_longer_than_mail_allows(text: str) -> None:
    body = sent(text=text + TEXT, html=text + HTML).partition(b"\r\n\r\n")[2]
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert max(map(len, body.split(b"\r\n"))) <= 76


def test_the_same_message_has_the_same_bytes_each_time() -> None:
    assert sent() == sent()


def test_readers_differ_only_in_their_own_lines() -> None:
    ana, ben = sent("ana@example.org"), sent("ben@example.org")
    pairs = zip(ana.split(b"\r\n"), ben.split(b"\r\n"), strict=True)
    changed = [(one, other) for one, other in pairs if one != other]
    assert changed
    assert all(one.replace(b"ana@", b"ben@") == other for one, other in changed)


@pytest.mark.parametrize(
    "sender",
    [
        SENDER,
        replace(SENDER, public_url=None),
        replace(SENDER, public_url="http://monitor.example.org/"),
        replace(SENDER, envelope="bounces@exämple.org"),
    ],
    ids=["plain", "by mail alone", "without TLS", "one bounce address"],
)
def test_what_is_made_when_it_is_sent_is_what_was_made_when_it_was_written(sender: Sender) -> None:
    made_at = datetime(2026, 2, 17, 5, 0, 7, 250, tzinfo=UTC)
    written = address(
        "ana@exämple.org",
        body_key="b12",
        message_key="3-7",
        made_at=made_at,
        sender=sender,
        token=TOKEN,
    )

    later = own_values(
        sender.origin,
        written.recipient,
        message_id=written.splice["message_id"],
        made_at=made_at,
        secret=sender.secret,
        token=TOKEN,
    )

    assert later == written.splice


def test_what_was_written_whole_stays_as_it_is() -> None:
    whole = {"message_id": "<d.b12.3-7@other.example>", "date": "once", "to": "ana@example.org"}
    assert (
        own_values(
            whole,
            "ana@example.org",
            message_id="<d.b12.3-7@other.example>",
            made_at=datetime(2026, 2, 17, tzinfo=UTC),
            secret=b"another",
            token=TOKEN,
        )
        == whole
    )


@pytest.mark.parametrize("name", ["", "<>", "<x.b.3-7@d>", "<d.b@d>", "<d.b.3.7@d>", "<d.b.ü@d>"])
def test_a_message_that_is_called_otherwise_has_no_values_of_its_own(name: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        own_values(
            SENDER.origin,
            "ana@example.org",
            message_id=name,
            made_at=datetime(2026, 2, 17, tzinfo=UTC),
            secret=b"s",
            token=TOKEN,
        )


def test_a_long_unsubscribe_header_is_folded_between_its_links_and_never_encoded() -> None:
    lines = raw_header(sent(token="x" * 400), "List-Unsubscribe")
    assert len(lines) == 2
    assert "=?" not in "".join(lines)
    assert lines[0].endswith(">,")


def test_without_a_public_url_one_unsubscribes_by_mail() -> None:
    data = sent(sender=replace(SENDER, public_url=None))
    mailto = f"mailto:unsubscribe+{TOKEN}@monitor.example.org"
    assert raw_header(data, "List-Unsubscribe") == [f"List-Unsubscribe: <{mailto}>"]
    assert not raw_header(data, "List-Unsubscribe-Post")
    assert mailto in read(data).get_body(("plain",)).get_content()  # type: ignore[union-attr]


def test_one_click_is_offered_only_over_https() -> None:
    data = sent(sender=replace(SENDER, public_url="http://monitor.example.org/"))
    assert "<http://monitor.example.org/u/" in "".join(raw_header(data, "List-Unsubscribe"))
    assert not raw_header(data, "List-Unsubscribe-Post")


def test_mail_to_the_operator_has_nothing_to_unsubscribe_from() -> None:
    assert not raw_header(sent(token=None), "List-Unsubscribe")


def test_the_envelope_sender_names_the_message_and_cannot_be_forged() -> None:
    def bounce(key: str, secret: bytes) -> str:
        return address(
            "ana@example.org",
            body_key="b",
            message_key=key,
            made_at=datetime(2026, 2, 17, tzinfo=UTC),
            sender=replace(SENDER, secret=secret),
            token=None,
        ).splice["envelope_sender"]

    assert re.fullmatch(r"bounces\+s3-7\.[0-9a-f]{12}@bounces\.example\.org", bounce("s3-7", b"1"))
    assert bounce("s3-7", b"1") != bounce("s3-7", b"2")
    assert bounce("s3-7", b"1").split(".")[1] != bounce("s3-8", b"1").split(".")[1]


@pytest.mark.parametrize(
    "subject",
    [
        "Medinsky replaces Kostyukov as head of Russia’s delegation (+8)",
        "Зеленський змінює вимогу щодо гарантій безпеки: 20–50 років (+8)",
        "=?utf-8?b?bm90IGVuY29kZWQ=?=",
        "two  spaces and more than one line " * 3 + "end",
        "👩‍👩‍👧 " * 12 + "x",
        " leading",
    ],
)
def test_a_subject_survives_the_wire(subject: str) -> None:
    data = sent(subject=subject)
    assert read(data)["Subject"] == subject
    assert all(len(line) <= 76 for line in raw_header(data, "Subject"))
    words = re.findall(r"=\?\S+\?=", "".join(raw_header(data, "Subject")))
    assert all(len(word) <= 75 for word in words)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=120))
def test_any_subject_survives_the_wire(subject: str) -> None:
    assert read(sent(subject=f"x{subject}x"))["Subject"] == f"x{subject}x"


@pytest.mark.parametrize(
    "subject", ["two\r\nBcc: evil@example.org", "two\nlines", "nul\x00", "a\x85b"]
)
def test_a_line_break_in_a_header_is_refused(subject: str) -> None:
    with pytest.raises(MessageUnsendable, match="line break"):
        sent(subject=subject)
    with pytest.raises(MessageUnsendable, match="line break"):
        sent(sender=replace(SENDER, name=subject))


def test_a_name_with_quotes_or_other_letters_survives() -> None:
    for name in ('The "Desk", Kyiv', "Монітор", "Müller & Söhne"):
        message = read(sent(sender=replace(SENDER, name=name)))
        assert message["From"].addresses[0].display_name == name
        assert message["From"].addresses[0].addr_spec == SENDER.address


def test_a_thread_is_offered_under_a_synthetic_root() -> None:
    data = encode("S", TEXT, HTML, sender=SENDER, thread="ukraine-talks.2026-02")
    root = "<t.ukraine-talks.2026-02@monitor.example.org>"
    assert raw_header(data, "References") == [f"References: {root}"]
    assert raw_header(data, "In-Reply-To") == [f"In-Reply-To: {root}"]


def test_text_cannot_pose_as_a_token_line() -> None:
    posing = "=[q:unsubscribe]=\n=[Q:address]=\n\r\n=[b:address]=\r\n"
    text, html = read(sent(text=posing + TEXT, html=posing + HTML)).iter_parts()
    for part in (text, html):
        assert part.get_content().count("=[q:unsubscribe]=") == 1
        assert part.get_content().count("ana@example.org") == 1


def test_a_recipient_value_is_escaped_in_html() -> None:
    assert fill(READER["address"], {"address": "<b>&"}, "html") == "&lt;b&gt;&amp;"
    assert fill(READER["address"], {"address": "<b>&"}, "text") == "<b>&"


def test_a_lone_surrogate_that_slipped_through_stops_no_mail() -> None:
    assert read(sent(text="half \ud800 pair\n" + TEXT))
