"""A cleaned mail as a page of its own."""

from doorstep.pages import clean, document


def nothing(content_id: str) -> str:
    return ""


def test_forbids_itself_everything() -> None:
    page = document("<p>Hello</p>", nothing)
    assert page.startswith("<!doctype html>")
    assert "default-src 'none'" in page
    assert "form-action 'none'" in page
    assert "<p>Hello</p></body>" in page


def test_own_pictures_get_their_address() -> None:
    html = clean('<img alt="A" src="cid:a%40b.test"><img src="cid:gone">')
    page = document(html, _address)
    assert '<img alt="A" src="/files/1?x=1&amp;y=&quot;">' in page
    assert "cid:" not in page


def _address(content_id: str) -> str:
    return '/files/1?x=1&y="' if content_id == "a@b.test" else ""


def test_remote_pictures_only_by_a_proxy() -> None:
    html = clean('<img src="https://shop.test/a.png?x=1&amp;y=2">')
    assert " src=" not in document(html, nothing).split("<body>")[1].replace("data-remote-src=", "")
    asked: list[str] = []

    def proxy(url: str) -> str:
        asked.append(url)
        return "/proxy/1"

    page = document(html, nothing, proxy)
    assert asked == ["https://shop.test/a.png?x=1&y=2"]
    assert '<img src="/proxy/1">' in page


def test_a_mail_with_colours_stays_on_light_paper() -> None:
    assert '<html class="own">' in document(clean('<p style="color:#111">x</p>'), nothing)
    assert '<html class="own">' in document(clean('<table bgcolor="#fff"><tr><td>x'), nothing)
    assert "<html>" in document(clean("<p>background: plain</p>"), nothing)
