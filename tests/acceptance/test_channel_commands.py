"""Channels by the commands: checked, tried, followed, looked at, taken up again. One folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from standardwebhooks.webhooks import Webhook

from monitor.deliver.webhook.endpoint import check_secret
from tests.acceptance.site import Site
from tests.receiver import SECRET, Receiver, Says

CONFIG = """
[mail]
operator = "operator@example.org"
public_url = "https://monitor.example.org"
[sources.snapshots]
folder = "snapshots"
[web]
enabled = false
[channels.desk]
kind = "webhook"
url = "env:DESK_HOOK"
secret = "file:desk.secret"
private = ["127.0.0.1"]
[channels.team]
kind = "apprise"
urls = ["env:TEAM_CHAT"]
schemes = ["json"]
"""

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr':DeprecationWarning")


@pytest.fixture
def hook() -> Iterator[Receiver]:
    with Receiver() as receiver:
        yield receiver


@pytest.fixture
def desk(tmp_path: Path, hook: Receiver, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setenv("DESK_HOOK", hook.address)
    monkeypatch.setenv("TEAM_CHAT", hook.address.replace("http://", "json://"))
    (tmp_path / "desk.secret").write_text(f"{SECRET}\n")
    site = Site(tmp_path)
    site.configures(CONFIG)
    return site


def test_a_channel_is_followed_told_looked_at_and_never_shown_whole(
    desk: Site, hook: Receiver
) -> None:
    desk.has_talks_until("2026-02-17")
    desk.monitor("run", "--once")
    desk.monitor(
        *("subscribe", "--channel", "desk", "ukraine-talks"),
        *("--cadence", "at-once", "--language", "uk", "--name", "program"),
    )
    desk.monitor("subscribe", "--channel", "team", "ukraine-talks", "--cadence", "at-once")
    desk.monitor("run", "--once")
    desk.gets("2026-02-20")
    desk.monitor("run", "--once")

    signed = [post for post in hook.posts if "webhook-id" in post.headers]
    assert [post.event["type"] for post in signed] == ["welcome", "digest"]
    told = Webhook(SECRET).verify(signed[1].body, dict(signed[1].headers))["data"]
    assert (told["subscription"], told["seq"], told["language"]) == ("program", 2, "uk")
    (situation,) = told["situations"]
    link = "https://monitor.example.org/situations/ukraine-talks/compare?old="
    assert situation["link"].startswith(link)
    chats = [post.event for post in hook.posts if "webhook-id" not in post.headers]
    lines = max((one["message"].splitlines() for one in chats), key=len)
    assert [line[:2] for line in lines] == ["• ", "• ", "• ", "ht"]
    assert lines[3].startswith(link)

    shown = desk.monitor("outbox", "--state", "sent")
    assert "channel:desk" in shown
    stored, _ = desk.monitor_bytes("digest", "show", "--as", "channel:desk/program")
    assert stored == signed[1].body
    finding = situation["comparison"]["findings"][0]["id"]
    assert "told: digest of" in desk.monitor("why", "channel:desk/program", finding)
    everything = "".join(
        (
            desk.monitor("status"),
            desk.monitor("check"),
            desk.monitor("channel"),
            desk.monitor("subscriptions"),
            desk.monitor("digest", "preview", "--as", "channel:desk/program", code=0),
            shown,
        )
    )
    assert "T0KEN" not in everything
    assert SECRET not in everything


def test_a_test_says_what_came_back(desk: Site, hook: Receiver) -> None:
    assert desk.monitor("channel", "test", "desk").startswith("handed over to 127.0.0.1:")
    assert Webhook(SECRET).verify(hook.posts[0].body, dict(hook.posts[0].headers)) == {
        "type": "test",
        "timestamp": hook.posts[0].event["timestamp"],
        "data": {"channel": "desk"},
    }
    assert "handed over to json" in desk.monitor("channel", "test", "team")
    hook.says(Says(status=401, body=b"who are you? /hooks/T0KEN-of-ours"))
    refused = desk.monitor("channel", "test", "desk", code=1)
    assert refused == "monitor: desk: not taken at answer: 401 who are you? ...\n"


def test_a_test_that_is_taken_wakes_what_waited(desk: Site, hook: Receiver) -> None:
    desk.has_talks_until("2026-02-17")
    desk.monitor("run", "--once")
    desk.monitor("subscribe", "--channel", "desk", "ukraine-talks", "--cadence", "at-once")
    hook.says(Says(status=503, headers={"Retry-After": "3600"}))
    desk.monitor("run", "--once")
    assert "takes nothing since" in desk.monitor("channel")
    before = len(hook.posts)
    hook.says(Says(status=204))

    assert desk.monitor("channel", "test", "desk").endswith("; what waited for it goes now\n")
    assert "takes nothing since" not in desk.monitor("channel")
    assert "goes now" not in desk.monitor("channel", "test", "desk")
    desk.monitor("run", "--once")
    assert "welcome" in {post.event["type"] for post in hook.posts[before:]}


def test_a_suspended_one_is_taken_up_again(desk: Site, hook: Receiver) -> None:
    desk.has_talks_until("2026-02-17")
    desk.monitor("run", "--once")
    desk.monitor("subscribe", "--channel", "desk", "ukraine-talks", "--cadence", "at-once")
    hook.says(Says(status=410))
    desk.monitor("run", "--once")
    shown = desk.monitor("status", code=1)
    assert "channel:desk/digest is suspended: answer: 410" in shown
    assert "digest (suspended)" in desk.monitor("channel")

    assert desk.monitor("channel", "resume", "desk") == "channel:desk/digest goes on\n"
    desk.gets("2026-02-20")
    desk.monitor("run", "--once")
    assert hook.posts[-1].event["type"] == "digest"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            '"env:DESK_HOOK"',
            '"env:NOT_THERE"',
            "channels.desk: NOT_THERE is not in the environment",
        ),
        ('"file:desk.secret"', '"hunter2-in-here"', 'channels.desk.secret, want "env:NAME"'),
        ('"file:desk.secret"', '"file:gone"', "channels.desk: cannot read"),
        ('kind = "webhook"', 'kind = "webhock"', "channels.desk.kind is 'webhock', want one of"),
        ("[channels.desk]", '[channels."Desk 1"]', "want a name of small letters"),
        ('schemes = ["json"]', "schemes = []", "one of its urls begins with json://"),
        ('private = ["127.0.0.1"]', "private = []", "127.0.0.1: want https"),
    ],
)
def test_what_is_wrong_with_a_channel_is_one_line_of_check_without_its_secrets(
    desk: Site, before: str, after: str, said: str
) -> None:
    desk.configures(CONFIG.replace(before, after))
    lines = desk.monitor("check", code=2).splitlines()

    assert said in lines[0]
    assert lines[0].startswith("config/monitor.toml:")
    assert "hunter2" not in lines[0]
    assert "T0KEN" not in lines[0]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ('channel = "dessk"', "is 'dessk', want one of [channels.NAME]; did you mean desk?"),
        ('channel = "desk"\naddress = "a@example.org"', "want an address or a channel"),
        ("", "want an address or a channel"),
    ],
)
def test_a_subscription_names_one_way(desk: Site, entry: str, said: str) -> None:
    desk.configures(f'{CONFIG}\n[[subscriptions]]\n{entry}\nsituations = ["ukraine-talks"]\n')

    assert said in desk.monitor("check", code=2)


def test_nobody_subscribes_to_a_channel_that_is_not_there_nor_by_an_address(desk: Site) -> None:
    desk.has_talks_until("2026-01-24")
    desk.monitor("run", "--once")

    refused = desk.monitor("subscribe", "--channel", "dessk", "ukraine-talks", code=2)
    assert refused.startswith("monitor: there is no [channels.dessk] in the configuration")
    for address in ("channel:desk", "channel:desk@example.org"):
        assert "is not one mail address" in desk.monitor(
            "subscribe", address, "ukraine-talks", code=2
        )


def test_a_new_secret_is_one(desk: Site) -> None:
    made = desk.monitor("channel", "secret").strip()

    check_secret(made)
    assert desk.monitor("channel", "secret").strip() != made
