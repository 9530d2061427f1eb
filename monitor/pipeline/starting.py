"""The first step of every service and every single pass: who serves, and what was left behind."""

from __future__ import annotations

from datetime import datetime

from monitor.deliver.files import tighten_mail
from monitor.model.record import replace
from monitor.pipeline.naming import refuse_impossible
from monitor.pipeline.program import KEPT_SECRET, Program
from monitor.pipeline.provision import provision
from monitor.pipeline.say import say, warn
from monitor.pipeline.specs import check_login
from monitor.private import tighten


def start(program: Program, now: datetime) -> Program:
    """Begin to serve. Raises Conflict when another service runs on this SQLite file, and
    SettingsError for what the configuration names and nothing can be, before anything is done.

    The program that is returned knows when its database is a copy of another one.
    """
    program.store.check()
    check_login(program.settings)
    refuse_impossible(program)
    started = program.store.nodes.start(now=now)
    _tighten(program)
    if started.restored:
        warn("restored", f"this database is a copy; of its mail {started.held} wait for a person")
    if started.recovered:
        say("recovered", f"{started.recovered} messages that were in flight at the end go on")
    # The rules of a time zone may have changed since, and a crash may have left work undone.
    program.store.subscriptions.reschedule_all()
    if program.store.is_sqlite:
        provision(program, now)
    elif program.settings.subscriptions and not program.store.subscriptions.all():
        warn("not-provisioned", "nobody is subscribed: monitor provision brings in the config")
    return replace(program, node=started.node, copied_at=started.copied_at)


def _tighten(program: Program) -> None:
    """Files of an earlier version become private; of folders only those that are ours alone."""
    settings = program.settings
    secret, mail = settings.base / KEPT_SECRET, settings.path(settings.mail.folder)
    ours = secret.parent
    if settings.channel.folder(settings) is not None:
        tighten_mail(mail)
    tighten([*program.store.files(), secret, ours])
    if mail.is_relative_to(ours):
        tighten([mail])
