"""A customer's mail program: swaks, at our door."""

import asyncio
from pathlib import Path

from tests.servers.programs import program


async def swaks(door: tuple[str, int], sender: str, to: str, content: str, folder: Path) -> None:
    """Hand one mail in, as it stands in `content`; it must be answered 250."""
    file = folder / "mail.eml"
    file.write_text(content, "utf-8")
    process = await asyncio.create_subprocess_exec(
        program("swaks"),
        "--server", f"{door[0]}:{door[1]}", "--from", sender, "--to", to, "--data", f"@{file}",
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    said, _ = await process.communicate()
    assert process.returncode == 0, said.decode(errors="replace")
    assert b"250 2.0.0 Accepted as" in said, said.decode(errors="replace")


def written(sender: str, to: str, subject: str, text: str, **headers: str) -> str:
    """A mail's source; `Message_ID="…"` becomes a header."""
    rows = {"From": sender, "To": to, "Subject": subject, "Content-Type": "text/plain; charset=utf-8"}
    rows |= {name.replace("_", "-"): value for name, value in headers.items()}
    return "".join(f"{name}: {value}\n" for name, value in rows.items()) + f"\n{text}\n"
