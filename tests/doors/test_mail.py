"""`doorstep mail`: one line a file, whatever lies there, without a house."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from doorstep.cli import main
from tests.channels.email.mails import mail, multipart

KEYS = (
    *("file", "kind", "from", "to", "subject", "message_id", "in_reply_to", "references"),
    *("text", "reply", "html", "attachments", "warnings"),
)


def told(capsysbinary: pytest.CaptureFixture[bytes], *words: object) -> tuple[int, list[dict[str, Any]]]:
    status = main(["mail", *map(str, words)])
    out = capsysbinary.readouterr().out
    assert out.endswith(b"\n") or not out
    return status, [msgspec.json.decode(row) for row in out.splitlines()]


def test_a_mail_is_one_line_with_all_that_is_known(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = (
        'Content-Type: application/pdf\r\nContent-Disposition: attachment; filename="../a.pdf"\r\n\r\n%PDF-'
    )
    words = "Content-Type: text/html; charset=x-none\r\n\r\n<p onclick=x>Hello</p><script>1</script>"
    raw = multipart(
        words, file, To="Shop <SUPPORT@shop.test>, b@x.test", In_Reply_To="<c@x>", References="<a@x> <b@x>"
    )
    path = tmp_path / "one.eml"
    path.write_bytes(raw)
    status, (line,) = told(capsysbinary, path)
    assert (status, tuple(line)) == (0, KEYS)
    assert line == {
        "file": str(path),
        "kind": "message",
        "from": {"name": "Ada", "address": "ada@example.test"},
        "to": [{"name": "Shop", "address": "support@shop.test"}, {"name": "", "address": "b@x.test"}],
        "subject": "",
        "message_id": "<one@example.test>",
        "in_reply_to": "<c@x>",
        "references": ["<a@x>", "<b@x>"],
        "text": "Hello",
        "reply": "Hello",
        "html": "<p>Hello</p>",
        "attachments": [{"name": "a.pdf", "type": "application/pdf", "bytes": 5}],
        "warnings": ["charset x-none is not known; read as utf-8"],
    }


def test_files_come_in_the_order_given_and_folders_whole(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    for name in ("z.eml", "in/b.eml", "in/deep/c.eml", "in/a.eml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(mail(name))
    status, lines = told(capsysbinary, tmp_path / "z.eml", tmp_path / "in")
    assert (status, [line["text"] for line in lines]) == (
        0,
        ["z.eml", "in/a.eml", "in/b.eml", "in/deep/c.eml"],
    )


def test_what_cannot_be_read_says_so_and_the_others_are_done(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "empty.eml").write_bytes(b"\r\n")
    (tmp_path / "good.eml").write_bytes(b"Subject: \xff\xed\xa0\x80\r\n\r\n\x00words")
    paths = [tmp_path / name for name in ("none.eml", "empty.eml", "good.eml")]
    status, lines = told(capsysbinary, *paths)
    assert status == 1
    assert lines[:2] == [
        {"file": str(paths[0]), "error": "No such file or directory"},
        {"file": str(paths[1]), "error": "The mail is empty."},
    ]
    assert (lines[2]["text"], lines[2]["from"]) == ("words", {"name": "", "address": ""})
    assert (lines[2]["message_id"], lines[2]["in_reply_to"], lines[2]["references"]) == ("", "", [])


def test_a_list_of_ours_is_people(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    path = tmp_path / "group.eml"
    path.write_bytes(mail(List_Id="<support.shop.test>", List_Post="<mailto:support@shop.test>"))
    assert told(capsysbinary, path)[1][0]["kind"] == "list"
    assert told(capsysbinary, "--inbox", "support@shop.test", path)[1][0]["kind"] == "message"


def test_it_reads_stdin_and_loads_neither_database_nor_web_server() -> None:
    code = (
        "import sys; from doorstep.cli import main; status = main(['mail', '-'])\n"
        "heavy = {'asyncpg', 'litestar', 'aiosmtpd', 'aiosmtplib', 'jinja2'} & set(sys.modules)\n"
        "sys.exit(f'loaded {heavy}' if heavy else status)"
    )
    done = subprocess.run([sys.executable, "-c", code], input=mail("Hello"), capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert msgspec.json.decode(done.stdout)["text"] == "Hello"


def test_it_ends_quietly_when_nobody_reads_on(tmp_path: Path) -> None:
    for number in range(200):
        (tmp_path / f"{number}.eml").write_bytes(mail("words " * 200))
    code = "import sys; from doorstep.cli import main; sys.exit(main(['mail', sys.argv[1]]))"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline().startswith(b'{"file":')
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1
