"""The verbs. Each brings in only what it needs, so that `doorstep version` does not wait for a web server."""

import argparse
import asyncio
import getpass
import sys
from pathlib import Path

import msgspec

from doorstep import __version__
from doorstep.cli.reach import database_of, knock, say, settings_of, url_of
from doorstep.kernel import Misconfigured


async def serve(asked: argparse.Namespace) -> None:
    """Open the house, until told to stop."""
    from doorstep import app

    settings = settings_of(asked)
    if settings.database_url:
        await knock(settings.database_url)
    await app.serve(settings)


async def demo(asked: argparse.Namespace) -> None:
    """Open a house full of a sample company."""
    from doorstep import app

    await app.demo(asked.port, asked.data)


async def migrate(asked: argparse.Namespace) -> None:
    """Bring the database up to date."""
    from doorstep.store.migrate import migrate as bring_up_to_date

    async with url_of(settings_of(asked)) as url:
        ran = await bring_up_to_date(url)
    print("\n".join(f"Ran {name}." for name in ran) or "The database is up to date.")


async def backup(asked: argparse.Namespace) -> int:
    """Save everything into one file."""
    from doorstep.store.backup import backup as save

    settings = settings_of(asked)
    async with url_of(settings) as url:
        saved = await save(url, settings.data, asked.file, say)
    print(f"Saved {len(saved.members)} files into {asked.file}.")
    for sha256 in saved.missing:
        print(f"doorstep: the file {sha256} was lost before this backup, and is not in it.", file=sys.stderr)
    return 1 if saved.missing else 0


async def restore(asked: argparse.Namespace) -> None:
    """Bring a backup back, into an empty folder and an empty database."""
    from doorstep.privacy import add_lists, reapply
    from doorstep.store import opened
    from doorstep.store.backup import restore as bring_back
    from doorstep.store.migrate import migrate as bring_up_to_date

    async def erase_again(url: str, files: Path) -> None:
        await bring_up_to_date(url)
        await asyncio.to_thread(add_lists, files, asked.erased)
        async with opened(url) as db:
            if again := await reapply(db, files):
                say(f"Erased {again} again that the backup still knew.")

    saved = await bring_back(asked.file, asked.into, asked.database_url, say, erase_again)
    print(f"Restored {len(saved.members)} files of {saved.made_at:%Y-%m-%d %H:%M} UTC into {asked.into}.")


async def import_rows(asked: argparse.Namespace) -> int:
    """Take a shop's rows in, and report those that were refused."""
    from doorstep.commerce import import_file

    async with database_of(asked) as db:
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

    password = _password()
    async with database_of(asked) as db, db.transaction() as tx:
        await add(tx, asked.sign_in, asked.name, Role(asked.role), password, SystemClock().now())
    print(f"{asked.name} may sign in as {asked.sign_in}.")


async def set_password(asked: argparse.Namespace) -> None:
    """Give an agent a new password, which must be changed at the next sign-in."""
    from doorstep.people.set_password import set_password_of

    password = _password()
    async with database_of(asked) as db, db.transaction() as tx:
        await set_password_of(tx, asked.sign_in, password)
    print(f"{asked.sign_in} may sign in with it, once, and then chooses another.")


def _password() -> str:
    return getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


async def replay(asked: argparse.Namespace) -> int:
    """Send undelivered signals through again, by ID or 1,000 at most; or move in what lies in files."""
    from doorstep.cli.moving import ids_of, move_in, send_again

    ids = ids_of(asked)
    return await move_in(asked) if ids is None else await send_again(asked, ids)


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
    async with database_of(asked) as db, db.transaction() as tx:
        await add(tx, channels, new, None)
    print(f"{asked.address} is an inbox now.")


async def stream(asked: argparse.Namespace) -> int:
    """Read customers, orders and signals as JSON lines, and say of each whose it is."""
    from doorstep.cli.stream import stream as answer

    return await answer(asked)


def mail(asked: argparse.Namespace) -> int:
    """Read mails, and print what each says as one line of JSON."""
    from doorstep.cli.sheets import sheets

    return sheets("mail", asked.files, asked.inbox, sys.stdout.buffer)


async def bench(asked: argparse.Namespace) -> None:
    """Measure, beside a floor in the same run."""
    if asked.what == "mail":
        from doorstep.bench.mail import bench_mail

        bench_mail(asked.folder or (), asked.rounds, print)
        return
    if asked.what == "story":
        from doorstep.bench.story import bench_story

        await bench_story(asked.interactions, asked.rounds, print)
        return
    if asked.what == "identity":
        from doorstep.bench.identity import bench_identity

        await bench_identity(asked.customers, print)
        return
    from doorstep.bench.ingest import bench_ingest

    await bench_ingest(asked.signals, asked.rounds, asked.seconds, print)


async def schema(asked: argparse.Namespace) -> None:
    """Print our OpenAPI."""
    from doorstep import app

    print(msgspec.json.format(msgspec.json.encode(app.openapi())).decode())


async def version(asked: argparse.Namespace) -> None:
    """Print which Doorstep this is."""
    print(__version__)
