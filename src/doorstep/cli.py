"""What a person types: `doorstep serve` and the other verbs. Each brings in only what it needs."""

import argparse
import asyncio
import getpass
import signal
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec

from doorstep import __version__
from doorstep.kernel import DoorstepError, Misconfigured
from doorstep.settings import Settings, read_settings

if TYPE_CHECKING:
    from doorstep.store import Database

Verb = Callable[[argparse.Namespace], Coroutine[Any, Any, int | None]]
INTERRUPTED = 130


def main(arguments: list[str] | None = None) -> int:
    """Do what was typed; returns the exit status: 0, 1 with the reason on the error stream, 130 cut short."""
    asked = _parser().parse_args(arguments)
    try:
        return _run(asked.verb(asked)) or 0
    except DoorstepError as error:
        print(f"doorstep: {error}", file=sys.stderr)
        return 1
    except (KeyboardInterrupt, asyncio.CancelledError):
        return 0 if asked.stays else INTERRUPTED


def _run(work: Coroutine[Any, Any, int | None]) -> int | None:
    """Run to the end. SIGTERM ends it as Ctrl-C does: in order, with everything it started."""

    async def ended_by_sigterm() -> int | None:
        task = asyncio.current_task()
        if task and sys.platform != "win32":
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
        return await work

    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        return runner.run(ended_by_sigterm())


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


async def serve(asked: argparse.Namespace) -> None:
    """Open the house, until told to stop."""
    from doorstep import app

    await app.serve(_settings(asked))


async def demo(asked: argparse.Namespace) -> None:
    """Open a house full of a sample company."""
    from doorstep import app

    await app.demo(asked.port, asked.data)


async def migrate(asked: argparse.Namespace) -> None:
    """Bring the database up to date."""
    from doorstep.store.migrate import migrate as bring_up_to_date

    async with _url(_settings(asked)) as url:
        ran = await bring_up_to_date(url)
    print("\n".join(f"Ran {name}." for name in ran) or "The database is up to date.")


async def backup(asked: argparse.Namespace) -> int:
    """Save everything into one file."""
    from doorstep.store.backup import backup as save

    settings = _settings(asked)
    async with _url(settings) as url:
        saved = await save(url, settings.data, asked.file, _say)
    print(f"Saved {len(saved.members)} files into {asked.file}.")
    for sha256 in saved.missing:
        print(f"doorstep: the file {sha256} was lost before this backup, and is not in it.", file=sys.stderr)
    return 1 if saved.missing else 0


async def restore(asked: argparse.Namespace) -> None:
    """Bring a backup back, into an empty folder and an empty database."""
    from doorstep.store.backup import restore as bring_back

    saved = await bring_back(asked.file, asked.into, asked.database_url, _say)
    print(f"Restored {len(saved.members)} files of {saved.made_at:%Y-%m-%d %H:%M} UTC into {asked.into}.")


async def import_rows(asked: argparse.Namespace) -> int:
    """Take a shop's rows in, and report those that were refused."""
    from doorstep.commerce import import_file

    async with _database(asked) as db:
        report = await import_file(db, asked.file, asked.kind, asked.source)
    for refused in report.refused:
        print(f"line {refused.row}: {refused.reason}", file=sys.stderr)
    print(f"{report.accepted} taken, {report.unchanged} unchanged, {len(report.refused)} refused.")
    return 1 if report.refused else 0


async def add_agent(asked: argparse.Namespace) -> None:
    """Let somebody in who works here."""
    from doorstep.kernel import SystemClock
    from doorstep.people import Role
    from doorstep.people.add_agent import add_agent as add

    password = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    async with _database(asked) as db, db.transaction() as tx:
        await add(tx, asked.sign_in, asked.name, Role(asked.role), password, SystemClock().now())
    print(f"{asked.name} may sign in as {asked.sign_in}.")


async def replay(asked: argparse.Namespace) -> None:
    """Send undelivered signals through the spine again: one by its id, or all."""
    from doorstep.spine.undelivered import replay as replay_one
    from doorstep.spine.undelivered import replay_all

    async with _database(asked) as db, db.transaction() as tx:
        if asked.id is None:
            print(f"{await replay_all(tx)} signals go through again.")
        else:
            print(f"Signal {await replay_one(tx, asked.id)} goes through again.")


async def add_inbox(asked: argparse.Namespace) -> None:
    """Add an address of ours."""
    from doorstep.channels import found
    from doorstep.spine.inboxes import NewInbox
    from doorstep.spine.inboxes import add_inbox as add

    given = dict(part.partition("=")[::2] for part in asked.set)
    channels = found()
    kinds = channels[asked.channel].settings if asked.channel in channels else msgspec.Struct
    try:
        settings = msgspec.to_builtins(msgspec.convert(given, kinds, strict=False))
    except msgspec.ValidationError as error:
        raise Misconfigured(f"--set: {error}.") from error
    new = NewInbox(asked.channel, asked.name, asked.address, asked.queue, asked.reply_within, settings)
    async with _database(asked) as db, db.transaction() as tx:
        await add(tx, channels, new, None)
    print(f"{asked.address} is an inbox now.")


async def bench(asked: argparse.Namespace) -> None:
    """Measure, beside a floor in the same run."""
    from doorstep.bench.ingest import bench_ingest

    await bench_ingest(asked.signals, asked.rounds, asked.seconds, print)


async def schema(asked: argparse.Namespace) -> None:
    """Print our OpenAPI."""
    from doorstep import app

    print(msgspec.json.format(msgspec.json.encode(app.openapi())).decode())


async def version(asked: argparse.Namespace) -> None:
    """Print which Doorstep this is."""
    print(__version__)


def _settings(asked: argparse.Namespace) -> Settings:
    settings = read_settings(asked.config)
    return settings if asked.data is None else msgspec.structs.replace(settings, data=asked.data)


@asynccontextmanager
async def _url(settings: Settings) -> AsyncIterator[str]:
    """The database's address; an embedded one is started if no Doorstep runs on it."""
    from doorstep.store.embedded import reached

    if settings.database_url:
        await _knock(settings.database_url)
        yield settings.database_url
        return
    async with reached(settings.data, _say) as server:
        yield server.url


async def _knock(url: str) -> None:
    import asyncpg

    try:
        await (await asyncpg.connect(url, timeout=30)).close()
    except (OSError, TimeoutError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise Misconfigured(f"The database cannot be reached: {error or type(error).__name__}.") from error


@asynccontextmanager
async def _database(asked: argparse.Namespace) -> "AsyncIterator[Database]":
    from doorstep.store import opened
    from doorstep.store.migrate import migrate as bring_up_to_date

    async with _url(_settings(asked)) as url:
        await bring_up_to_date(url)
        async with opened(url) as db:
            yield db


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="doorstep", description="The open customer-service desk for commerce."
    )
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)

    def verb(name: str, does: Verb, stays: bool = False, configured: bool = True) -> argparse.ArgumentParser:
        added = verbs.add_parser(name, help=does.__doc__, description=does.__doc__)
        added.set_defaults(verb=does, stays=stays)
        if configured:
            added.add_argument(
                "--config", type=Path, metavar="FILE", help="the settings, instead of doorstep.toml"
            )
            added.add_argument(
                "--data", type=Path, metavar="FOLDER", help="the data folder, instead of the settings'"
            )
        return added

    verb("serve", serve, stays=True)
    tried = verb("demo", demo, stays=True, configured=False)
    tried.add_argument("--port", type=int, default=8000, help="where to answer (8000)")
    tried.add_argument(
        "--data", type=Path, default=Path("doorstep-demo"), help="where to keep it (doorstep-demo)"
    )
    verb("migrate", migrate)
    verb("backup", backup).add_argument("file", type=Path, metavar="FILE")
    back = verb("restore", restore, configured=False)
    back.add_argument("file", type=Path, metavar="FILE")
    back.add_argument("--into", type=Path, required=True, metavar="FOLDER", help="an empty data folder")
    back.add_argument(
        "--database-url", default="", metavar="URL", help="an empty database, instead of an embedded one"
    )
    rows = verb("import", import_rows)
    rows.add_argument("file", type=Path, metavar="FILE", help="CSV or JSON lines")
    rows.add_argument("--kind", required=True, help="orders, products, customers, …")
    rows.add_argument("--source", required=True, help="the shop they come from")
    agent = verb("add-agent", add_agent)
    agent.add_argument("sign_in", metavar="SIGN-IN")
    agent.add_argument("--name", required=True)
    agent.add_argument("--role", default="agent", choices=["agent", "supervisor", "administrator", "auditor"])
    verb("replay", replay).add_argument(
        "id", type=UUID, nargs="?", metavar="ID", help="none: all, 1,000 at most"
    )
    measured = verb("bench", bench, configured=False)
    measured.add_argument("what", choices=["ingest"])
    measured.add_argument("--signals", type=int, default=5000, help="sent through in each round (5000)")
    measured.add_argument("--rounds", type=int, default=3, help="of which the medians are taken (3)")
    measured.add_argument("--seconds", type=int, default=3, help="each run of pgbench takes (3)")
    address = verb("add-inbox", add_inbox)
    address.add_argument("address", metavar="ADDRESS")
    address.add_argument("--channel", required=True, help="the channel's name, such as its folder has")
    address.add_argument("--name", required=True, help="what the desk calls it")
    address.add_argument("--queue", default="Customer care", help="the queue it feeds (Customer care)")
    address.add_argument("--reply-within", type=int, default=14400, metavar="SECONDS", help="(14400)")
    address.add_argument(
        "--set", action="append", default=[], metavar="KEY=VALUE", help="a channel's setting"
    )
    verb("schema", schema, configured=False)
    verb("version", version, configured=False)
    return parser
