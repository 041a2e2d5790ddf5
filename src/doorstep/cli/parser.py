"""What can be typed."""

import argparse
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from doorstep.cli import verbs

Verb = Callable[[argparse.Namespace], Coroutine[Any, Any, int | None] | int]
ROLES = ["agent", "supervisor", "administrator", "auditor"]


class Words:
    """The parser, as it gets its verbs."""

    def __init__(self) -> None:
        about = "The open customer-service desk for commerce."
        self.parser = argparse.ArgumentParser(prog="doorstep", description=about)
        self._verbs = self.parser.add_subparsers(title="verbs", metavar="VERB", required=True)

    def verb(self, name: str, does: Verb, stays: bool = False) -> argparse.ArgumentParser:
        """One verb; one that `stays` ends well when it is told to stop."""
        added = self._verbs.add_parser(name, help=does.__doc__, description=does.__doc__)
        added.set_defaults(verb=does, stays=stays)
        return added

    def on_a_house(self, name: str, does: Verb, stays: bool = False) -> argparse.ArgumentParser:
        """One that works on the house of the settings."""
        added = self.verb(name, does, stays)
        added.add_argument("--config", type=Path, metavar="FILE", help="the settings, not doorstep.toml")
        added.add_argument("--data", type=Path, metavar="FOLDER", help="the data folder, not the settings'")
        return added


def parser() -> argparse.ArgumentParser:
    """All of it."""
    words = Words()
    _running(words)
    _keeping(words)
    _filling(words)
    _asking(words)
    return words.parser


def _running(words: Words) -> None:
    words.on_a_house("serve", verbs.serve, stays=True)
    demo = words.verb("demo", verbs.demo, stays=True)
    demo.add_argument("--port", type=int, default=8000, help="where to answer (8000)")
    demo.add_argument(
        "--data", type=Path, default=Path("doorstep-demo"), help="where to keep it (doorstep-demo)"
    )


def _keeping(words: Words) -> None:
    words.on_a_house("migrate", verbs.migrate)
    words.on_a_house("backup", verbs.backup).add_argument("file", type=Path, metavar="FILE")
    restore = words.verb("restore", verbs.restore)
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument("--into", type=Path, required=True, metavar="FOLDER", help="an empty data folder")
    restore.add_argument(
        "--database-url", default="", metavar="URL", help="an empty database, not an embedded one"
    )
    restore.add_argument(
        "--erased",
        type=Path,
        nargs="+",
        default=[],
        metavar="LIST",
        help="files/erased.jsonl of a later data folder: whoever is in it is erased again",
    )
    replay = words.on_a_house("replay", verbs.replay)
    replay.add_argument("what", nargs="*", metavar="ID|PATH", help="none: all that is undelivered")
    replay.add_argument("--inbox", default="", metavar="ADDRESS", help="the inbox that files are moved into")
    replay.add_argument(
        "--ours", nargs="+", action="extend", default=[], metavar="ADDRESS", help="we wrote from it too"
    )
    replay.add_argument("--dry-run", action="store_true", help="say what would be taken, and take nothing")
    replay.add_argument("--report", type=Path, metavar="FILE", help="what was not taken: .csv or .jsonl")


def _filling(words: Words) -> None:
    rows = words.on_a_house("import", verbs.import_rows)
    rows.add_argument("file", type=Path, metavar="FILE", help="CSV or JSON lines")
    rows.add_argument("--kind", required=True, help="orders, products, customers, …")
    rows.add_argument("--source", required=True, help="the shop they come from")
    agent = words.on_a_house("add-agent", verbs.add_agent)
    agent.add_argument("sign_in", metavar="SIGN-IN")
    agent.add_argument("--name", required=True)
    agent.add_argument("--role", default="agent", choices=ROLES)
    words.on_a_house("set-password", verbs.set_password).add_argument("sign_in", metavar="SIGN-IN")
    inbox = words.on_a_house("add-inbox", verbs.add_inbox)
    inbox.add_argument("address", metavar="ADDRESS")
    inbox.add_argument("--channel", required=True, help="the channel's name, such as its folder has")
    inbox.add_argument("--name", required=True, help="what the desk calls it")
    inbox.add_argument("--queue", default="Customer care", help="the queue it feeds (Customer care)")
    inbox.add_argument("--reply-within", type=int, default=14400, metavar="SECONDS", help="(14400)")
    inbox.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="a channel's setting")


def _asking(words: Words) -> None:
    stream = words.on_a_house("stream", verbs.stream)
    stream.add_argument(
        "--database", default="", metavar="URL", help="a store that is kept, not one of our own"
    )
    stream.add_argument(
        "--country", default="", help="whose numbers are meant where none is named, such as DE"
    )
    mail = words.verb("mail", verbs.mail)
    mail.add_argument("files", nargs="+", metavar="FILE", help="a mail, a folder of mails, or - for stdin")
    mail.add_argument("--inbox", default="", metavar="ADDRESS", help="the address of ours that they came to")
    bench = words.verb("bench", verbs.bench)
    bench.add_argument("what", choices=["ingest", "mail", "story", "identity"])
    bench.add_argument(
        "--folder", type=Path, action="append", help="mail: mails of yours, not made-up ones; may be repeated"
    )
    bench.add_argument("--signals", type=int, default=10000, help="sent through in each round (10000)")
    bench.add_argument(
        "--interactions", type=int, default=2_000_000, help="story: in the larger shop (2000000)"
    )
    bench.add_argument("--customers", type=int, default=50000, help="identity: there are so many (50000)")
    bench.add_argument("--rounds", type=int, default=3, help="of which the medians are taken (3)")
    bench.add_argument("--seconds", type=int, default=3, help="each run of pgbench takes (3)")
    words.verb("schema", verbs.schema)
    words.verb("version", verbs.version)
