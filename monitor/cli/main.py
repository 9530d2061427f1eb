"""The command line: a group that imports a command only when it is asked for."""

from __future__ import annotations

import gc
import importlib
import sys
from typing import Any

import click

from monitor.cli import streams
from monitor.errors import MonitorError

# name -> (module, summary). The summary stands here so that `monitor --help` imports no command.
COMMANDS: dict[str, tuple[str, str]] = {
    "diff": ("monitor.cli.diff", "Compare two files or versions and say what the changes mean."),
    "history": (
        "monitor.cli.history",
        "Every value that one fact has had, with dates and sources.",
    ),
    "positions": ("monitor.cli.positions", "Who stands where on each issue, and what moved."),
    "rules": ("monitor.cli.rules", "The rules that turn changes into findings."),
    "baseline": (
        "monitor.cli.baseline",
        "Show, pin or advance what new versions are compared with.",
    ),
    "withdraw": ("monitor.cli.withdraw", "Take a snapshot out, or put it back."),
    "held": ("monitor.cli.held", "List, release or reject versions held for a person."),
    "add": ("monitor.cli.add", "Take snapshots in by hand."),
    "new": ("monitor.cli.new", "A dated copy of the latest version, to edit."),
    "draft": (
        "monitor.cli.draft",
        "Write the next version; nobody is told before it is published.",
    ),
    "publication": ("monitor.cli.publication", "What facts cite: add and list."),
    "watch": ("monitor.cli.watch", "From an address, a file or a repository to a digest."),
    "source": ("monitor.cli.source", "Where snapshots come from, how each does, and its keys."),
    "check": ("monitor.cli.check", "Every fault in config, kinds, snapshots, templates and mail."),
    "digest": ("monitor.cli.digest", "Preview, send or show a reader's digest."),
    "subscribe": ("monitor.cli.subscribe", "Follow situations by mail or by a channel."),
    "unsubscribe": ("monitor.cli.unsubscribe", "End a subscription."),
    "subscriptions": ("monitor.cli.subscriptions", "Who follows what, and where each stands."),
    "mute": ("monitor.cli.mute", "Hide some findings from one reader for a while."),
    "judge": ("monitor.cli.judge", "Say that two entities are the same, or are not."),
    "provision": ("monitor.cli.provision", "Bring subscriptions in line with the config."),
    "why": ("monitor.cli.why", "Why a finding was or was not told to a reader."),
    "backtest": ("monitor.cli.backtest", "What a filter would have told over the stored history."),
    "outbox": ("monitor.cli.outbox", "What is owed, retried or dead."),
    "suppress": ("monitor.cli.suppress", "Addresses that get no mail."),
    "bounce": ("monitor.cli.bounce", "Record mail that came back, for a mail server's alias."),
    "run": ("monitor.cli.run", "The service; --once does one full pass and exits."),
    "web": ("monitor.cli.web", "The pages alone; `monitor run` serves them by itself."),
    "token": ("monitor.cli.token", "Programs that ask the pages."),
    "user": ("monitor.cli.user", "People who log in to the pages."),
    "status": ("monitor.cli.status", "Sources, versions, digests and outbox on one screen."),
    "init": ("monitor.cli.init", "Lay out a working folder."),
    "schema": ("monitor.cli.schema", "Print the JSON Schemas of kinds, snapshots and output."),
    "backup": ("monitor.cli.backup", "Copy the database while the service runs."),
    "mail": ("monitor.cli.mail", "Send a test mail."),
    "channel": (
        "monitor.cli.channel",
        "Webhooks and chats: how each does, a test, taking up again.",
    ),
}


class LazyGroup(click.Group):
    """Lists every command by name and summary, and imports only the one that runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command = _import(COMMANDS[cmd_name][0]).command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])


def _import(module: str) -> Any:
    """A module with what it imports, all of which stays until the end.

    To look for garbage in it meanwhile, and again whenever the rest is looked through, would find
    nothing; it is a tenth of what a short command takes.
    """
    gc.disable()
    try:
        return importlib.import_module(module)
    finally:
        gc.freeze()
        gc.enable()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--config",
    metavar="FILE",
    help="The configuration. Default: ./config/monitor.toml, else the built-in defaults.",
)
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.version_option(package_name="monitor")
@click.pass_context
def group(ctx: click.Context, config: str | None, debug: bool) -> None:
    """Tells each reader what changed in a situation, whether it matters, and who says so.

    \b
    Examples:
      monitor diff old.yaml new.yaml
      monitor run --once
      monitor digest preview --as you@example.org
    """
    ctx.obj = {"config": config, "debug": debug}


def main(argv: list[str] | None = None) -> None:
    """Run a command. Errors go to standard error in one line each, exit 2."""
    arguments = sys.argv[1:] if argv is None else argv
    streams.take_over()
    try:
        try:
            code = _run(arguments, debug="--debug" in arguments)
        finally:
            streams.finish()
    except streams.OutputLost as error:
        code = _lost(error)
    sys.exit(code)


def _run(arguments: list[str], *, debug: bool) -> int:
    """The exit status; raises what only a debugger wants to see, OutputLost and SystemExit."""
    try:
        code: Any = group.main(args=arguments, prog_name="monitor", standalone_mode=False)
    except streams.OutputLost:
        raise
    except (MonitorError, streams.InputLost) as error:
        if debug:
            raise
        return _fail(error, *getattr(error, "others", ()))
    except click.ClickException as error:
        return _misused(error)
    except (click.Abort, KeyboardInterrupt):
        return 130
    except Exception as error:  # the last resort: a fault of ours is one line too
        if debug:
            raise
        said = " ".join(f"{type(error).__name__}: {error}".split())
        return _fail(f"a fault in monitor itself: {said} (monitor --debug shows where)")
    return code if isinstance(code, int) else 0


def _misused(error: click.ClickException) -> int:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return 2
    return _fail(_usage(error))


def _fail(*lines: object) -> int:
    for line in lines:
        click.echo(f"monitor: {line}", err=True)
    return 2


def _lost(error: streams.OutputLost) -> int:
    """A reader that went away (`monitor diff | head`) is no error of ours, a full disk is."""
    return streams.BROKEN_PIPE if error.quietly else _fail(error)


def _usage(error: click.ClickException) -> str:
    """What is wrong with the command line, and where to read on."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    command = context.command_path if context else "monitor"
    text = " ".join(error.format_message().split()).rstrip(".")
    return f"{text[:1].lower()}{text[1:]}; see `{command} --help`"
