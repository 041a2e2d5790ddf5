"""What other projects' mails are stripped to; their expected outcomes, taken as facts, are the floor."""

import time
from pathlib import Path

import pytest

from doorstep.channels.email.html_text import text_of
from doorstep.channels.email.strip import said, unquoted
from tests.channels.email.test_corpora import MAIL, corpora, files, read, say

__all__ = ["corpora"]
"""The fixture that says where the mails are."""

TALON = MAIL / "talon" / "tests" / "fixtures"
CRISP = MAIL / "crisp-email-reply-parser" / "test" / "fixtures"
GITHUB = MAIL / "email_reply_parser" / "test" / "emails"

COMMON = "Fusce bibendum, quam hendrerit"
"""Most of the second project's mails begin with one paragraph, and that is what was said."""
LONGER = {"email_15", "email_german_3"}
"""Here a telephone's line stands over bare words. They may be an answer, and so they stay."""
SHORT = {
    "email_1": "Hi folks What is the best way to clear a Riak bucket of all key, "
    "values after running a test? "
    "I am currently using the Java HTTP API. -Abhishek Kona",
    "email_1_1": "Hi folks What is the best way to clear a Riak bucket of all key, "
    "values after running a test? "
    "I am currently using the Java HTTP API. -Abhishek Kona",
    "email_1_3": "Oh thanks. Having the function would be great. -Abhishek Kona",
    "email_1_4": "Awesome! I haven't had another problem with it.",
    "email_2_1": "Outlook with a reply",
    "email_2_2": "Outlook with a reply directly above line",
    "email_2_3": "Outlook with a reply directly above line",
    "email_3": "Oh thanks. Having the function would be great. -Abhishek Kona",
    "email_4": "Awesome! I haven't had another problem with it.",
    "email_20": "On Thursday.",
    "email_BlackBerry": "Here is another email",
    "email_blackberry": "Here is another email",
    "email_iPhone": "Here is another email",
    "email_iphone": "Here is another email",
    "email_multi_word_sent_from_my_mobile_device": "Here is another email",
    "email_sent_from_my_not_signature": "Here is another email "
    "Sent from my desk, is much easier then my mobile phone.",
    "email_custom_quote_header": "Thank you!",
    "email_customer_quote_header_2": "Thank you very much.",
    "email_sent_from": "Hi it can happen to any texts you type, "
    "as long as you type in between words or paragraphs.",
    "email_thread": "This is new email reply in thread from bellow.",
    "email_unquoted_reply": "This is my reply.",
    "email_zoho": "What is the best way to clear a Riak bucket of all key, values after running a test?",
    "correct_sig": "this is an email with a correct -- signature.",
    "sig_no_empty_line": "this is an email with a signature with no empty line above.",
    "email_tricky_9_nested_quotes": "I agree with the points below.",
    "email_tricky_11_double_signature": "Thanks for your help! Best regards, John",
    "email_tricky_16_unicode_signatures": "Thanks for the update! Cheers 🎉 Sarah",
    "email_tricky_17_forward_header": "See the forwarded message below.",
}
WHOLE = {
    "email_5",
    "email_1_5",
    "email_21",
    "email_not_a_signature",
    "email_not_a_signature_2",
    "email_sig_delimiter_in_middle_of_line",
    "email_tricky_1_on_false_positive",
    "email_tricky_2_url_with_wrote",
    "email_tricky_3_code_block",
    "email_tricky_4_from_in_body",
    "email_tricky_6_regards_in_sentence",
    "email_tricky_7_multiple_dashes",
    "email_tricky_8_sent_from_in_content",
    "email_tricky_13_timestamp_variations",
    "email_tricky_19_quote_without_header",
}
"""Nothing in them is anybody else's."""


def spaced(text: str) -> str:
    return " ".join(text.split())


def test_the_replies_of_twelve_programs(capsys: pytest.CaptureFixture[str]) -> None:
    """That project leaves signatures on; we fold them too."""
    paths = sorted((TALON / "standard_replies").glob("*.eml"))
    right = 0
    for path in paths:
        signal = read(path)
        assert signal is not None
        beside = path.with_name(f"{path.stem}_reply_text")
        wanted = beside.read_text() if beside.exists() else "Hello"
        right += spaced(unquoted(signal.text)) == spaced(wanted) and (signal.said or signal.text) == "Hello"
    say(capsys, f"replies of programs: {right} of {len(paths)}")
    assert right == len(paths) == 12


def test_the_html_of_nine_programs(capsys: pytest.CaptureFixture[str]) -> None:
    pages = [path.read_text() for path in sorted((TALON / "html_replies").glob("*.html"))]
    right = sum(spaced(said(text_of(page), page)) == "Hi. I am fine. Thanks, Alex" for page in pages)
    say(capsys, f"HTML of programs: {right} of {len(pages)}")
    assert right == len(pages) == 9


def test_the_plain_replies_of_two_projects(capsys: pytest.CaptureFixture[str]) -> None:
    checked = [path for path in [*CRISP.glob("*.txt"), *GITHUB.glob("*.txt")] if expected(path) is not None]
    wrong = {path.stem for path in checked if spaced(said(plain(path), "")) != expected(path)}
    say(capsys, f"plain replies: {len(checked) - len(wrong)} of {len(checked)}, not {sorted(wrong)}")
    assert len(checked) >= 90
    assert wrong <= LONGER


def plain(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def expected(path: Path) -> str | None:
    if path.stem in WHOLE:
        return spaced(plain(path))
    text = plain(path)
    return (
        spaced("".join(text.splitlines(keepends=True)[:5]))
        if text.startswith(COMMON)
        else SHORT.get(path.stem)
    )


def test_no_mail_is_emptied(capsys: pytest.CaptureFixture[str]) -> None:
    signals = [
        signal for path in files("spamassassin", "talon", "mikel-mail", "stalwart") if (signal := read(path))
    ]
    started = time.process_time()
    words = [said(signal.text, signal.html) for signal in signals]
    took = time.process_time() - started
    shorter = sum(len(after) < len(signal.text) - 2 for after, signal in zip(words, signals, strict=True))
    say(capsys, f"{len(signals)} mails stripped, {shorter} shorter, {len(signals) / took:.0f}/s, 0 emptied")
    assert all(after.strip() or not signal.text.strip() for after, signal in zip(words, signals, strict=True))
