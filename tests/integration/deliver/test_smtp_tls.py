"""Mail and passwords travel encrypted to a server that can prove its name, or not at all."""

from __future__ import annotations

import pytest

from monitor.deliver.smtp_settings import SmtpSettings
from monitor.errors import SettingsError
from monitor.model.message import Result, Scope
from tests.integration.deliver.conftest import Certificates, Relay
from tests.misbehaviour import reply

SECURE = {"host": "localhost", "tls": "starttls"}


def _refused(relay: Relay) -> None:
    async def scene(relay: Relay) -> None:
        outcome = await relay.send()
        assert (outcome.result, outcome.scope) == (Result.TEMPORARY, Scope.CONNECTION)
        assert outcome.phase == "tls"
        assert not any(c.startswith(("MAIL", "AUTH")) for c in relay.server.commands)

    relay.run(scene)
    assert relay.arrived == []


@pytest.mark.parametrize("implicit", [False, True])
def test_it_sends_to_a_server_with_the_right_certificate(
    relay: Relay, certificates: Certificates, implicit: bool
) -> None:
    async def scene(relay: Relay) -> None:
        assert (await relay.send()).result is Result.SENT

    relay.server_options |= {"tls": certificates.right, "implicit_tls": implicit}
    relay.settings |= SECURE | {"ca_file": certificates.ca_file}
    relay.settings["tls"] = "implicit" if implicit else "starttls"
    relay.run(scene)
    assert len(relay.arrived) == 1


@pytest.mark.parametrize("implicit", [False, True])
@pytest.mark.parametrize("which", ["wrong_name", "expired", "stranger"])
def test_it_refuses_a_certificate_it_cannot_trust(
    relay: Relay, certificates: Certificates, which: str, implicit: bool
) -> None:
    relay.server_options |= {"tls": getattr(certificates, which), "implicit_tls": implicit}
    relay.settings |= SECURE | {"ca_file": certificates.ca_file}
    relay.settings["tls"] = "implicit" if implicit else "starttls"
    _refused(relay)


def test_it_refuses_a_server_from_which_starttls_was_stripped(relay: Relay) -> None:
    relay.settings |= SECURE
    _refused(relay)


def test_it_refuses_a_server_that_cannot_start_tls_now(
    relay: Relay, certificates: Certificates
) -> None:
    async def scene(relay: Relay) -> None:
        relay.server.misbehave("starttls", reply("454 4.7.0 not now"))
        outcome = await relay.send()
        assert (outcome.result, outcome.phase, outcome.code) == (Result.TEMPORARY, "tls", 454)

    relay.server_options["tls"] = certificates.right
    relay.settings |= SECURE | {"ca_file": certificates.ca_file}
    relay.run(scene)
    assert relay.arrived == []


@pytest.mark.parametrize(
    ("password", "result"), [("open sesame", Result.SENT), ("sesame", Result.TEMPORARY)]
)
def test_it_logs_in_over_tls(
    relay: Relay, certificates: Certificates, password: str, result: Result
) -> None:
    async def scene(relay: Relay) -> None:
        outcome = await relay.send()
        assert outcome.result is result
        assert password not in outcome.text
        if result is Result.TEMPORARY:
            assert (outcome.phase, outcome.code, outcome.scope) == ("auth", 535, Scope.CONNECTION)

    relay.server_options |= {"tls": certificates.right, "password": "open sesame"}
    relay.settings |= SECURE | {"ca_file": certificates.ca_file}
    relay.settings |= {"username": "monitor", "password": password}
    relay.run(scene)


def test_mail_in_the_clear_stays_on_this_machine() -> None:
    with pytest.raises(SettingsError, match="needs TLS"):
        SmtpSettings(host="mail.example.org", port=25, tls="none")
    SmtpSettings(host="127.0.0.1", port=25, tls="none")
    SmtpSettings(host="::1", port=25, tls="none")


def test_a_password_never_goes_in_the_clear_even_here() -> None:
    with pytest.raises(SettingsError, match="password needs TLS"):
        SmtpSettings(host="localhost", port=25, tls="none", username="monitor", password="x")


def test_a_password_is_not_shown() -> None:
    settings = SmtpSettings(host="localhost", port=25, username="monitor", password="hush")
    assert "hush" not in repr(settings)
