"""One readable body out of many parts."""

from doorstep.channels.email.bodies import MOST_HTML, MOST_TEXT
from tests.channels.email.mails import mail, multipart, read, read_all

TEXT = "Content-Type: text/plain\r\n\r\n"
HTML = "Content-Type: text/html\r\n\r\n"
PICTURE = "Content-Type: image/png; name=p.png\r\nContent-Disposition: inline\r\n\r\nPNG"


def both(text: str, html: str) -> str:
    """A multipart/alternative as a part."""
    head = "Content-Type: multipart/alternative; boundary=in\r\n\r\n"
    return f"{head}--in\r\n{TEXT}{text}\r\n--in\r\n{HTML}{html}\r\n--in--"


def test_said_twice_is_shown_once() -> None:
    signal = read(multipart(f"{TEXT}Hello", f"{HTML}<p>Hello</p>", kind="alternative"))
    assert (signal.text, signal.html) == ("Hello", "<p>Hello</p>")


def test_text_picture_text_is_one_text() -> None:
    signal = read(multipart(f"{TEXT}before", PICTURE, f"{TEXT}after"))
    assert (signal.text, signal.html) == ("before\n\n[p.png]\n\nafter", "")
    assert [file.inline for file in signal.attachments] == [True]


def test_html_picture_html_is_one_html_with_the_picture_between() -> None:
    signal = read(multipart(f"{HTML}<p>before</p>", PICTURE, f"{HTML}<p>after</p>"))
    picture = signal.attachments[0].content_id
    assert picture
    assert signal.html == f'<p>before</p>\n<p><img src="cid:{picture}" alt="p.png"></p>\n<p>after</p>'
    assert signal.text == "before\n\n[p.png]\n\nafter"


def test_text_beside_html_is_in_both() -> None:
    signal = read(multipart(f"{TEXT}1 < 2", f"{HTML}<p>mine</p>", f"{TEXT}a list's footer"))
    assert signal.text == "1 < 2\n\nmine\n\na list's footer"
    assert "1 &lt; 2" in signal.html
    assert "a list's footer" in signal.html


def test_a_footer_behind_both_forms_is_in_both() -> None:
    signal = read(multipart(both("Hello", "<p>Hello</p>"), f"{TEXT}footer"))
    assert signal.text == "Hello\n\nfooter"
    assert signal.html.startswith("<p>Hello</p>")
    assert "footer" in signal.html


def test_an_empty_text_gives_way_to_the_html() -> None:
    signal = read(multipart(f"{TEXT} ", f"{HTML}<p>Hello</p>", kind="alternative"))
    assert signal.text == "Hello"


def test_a_calendar_entry_in_an_alternative_is_a_file() -> None:
    entry = "Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR"
    signal = read(multipart(f"{TEXT}Come", f"{HTML}<p>Come</p>", entry, kind="alternative"))
    assert (signal.text, signal.html) == ("Come", "<p>Come</p>")
    assert [file.media_type for file in signal.attachments] == ["text/calendar"]


def test_a_text_file_is_a_file() -> None:
    file = 'Content-Type: text/plain\r\nContent-Disposition: attachment; filename="log.txt"\r\n\r\nlines'
    signal = read(multipart(f"{TEXT}See the log", file))
    assert signal.text == "See the log"
    assert [attached.name for attached in signal.attachments] == ["log.txt"]


def test_a_forwarded_mail_is_a_file_named_by_its_subject() -> None:
    inner = "Content-Type: message/rfc822\r\n\r\nSubject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?= a/b\r\n\r\nbody"
    signal = read(multipart(f"{TEXT}FYI", inner))
    assert (signal.text, [file.name for file in signal.attachments]) == ("FYI", ["Grüße a-b.eml"])


def test_a_file_alone_is_no_text() -> None:
    raw = mail("JVBERi0=", Content_Type="application/pdf; name=a.pdf", Content_Transfer_Encoding="base64")
    parsed = read_all(raw)
    assert parsed.arrival.signal.text == ""
    assert list(parsed.files.values()) == [b"%PDF-"]


def test_soft_breaks_are_undone_and_signatures_kept() -> None:
    body = "One long \r\nline.\r\n> quoted \r\n> too\r\n-- \r\nAda"
    signal = read(mail(body, Content_Type="text/plain; format=flowed"))
    assert signal.text == "One long line.\n> quoted too\n-- \nAda"
    japanese = read(mail("長い \r\n行", Content_Type="text/plain; charset=utf-8; format=flowed; delsp=yes"))
    assert japanese.text == "長い行"


def test_html_says_its_charset_itself() -> None:
    body = '<meta charset="koi8-r"><p>Привет'.encode("koi8-r")
    assert read(mail(body, Content_Type="text/html")).text == "Привет"


def test_what_is_too_long_goes_along_whole() -> None:
    parsed = read_all(mail("x" * (MOST_TEXT + 1)))
    assert len(parsed.arrival.signal.text) == MOST_TEXT
    assert [len(content) for content in parsed.files.values()] == [MOST_TEXT + 1]
    long = read_all(mail("<p>" + "y" * 1_000 * 1_001 + "</p><b>end</b>", Content_Type="text/html"))
    assert len(long.arrival.signal.html) <= MOST_HTML
    assert [file.name for file in long.arrival.signal.attachments] == [
        "whole message.txt",
        "whole message.html",
    ]
    assert any(content.endswith(b"<b>end</b>") for content in long.files.values())
