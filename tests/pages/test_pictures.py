"""Pictures of the network wait until somebody asks for them."""

from doorstep.pages import clean, document, remote_pictures, with_pictures
from doorstep.pages.document import policy

PICTURE = '<img src="https://a.test/1?x=1&amp;y">'
HTML = f'{PICTURE}<img alt="2" src="http://b.test/2">{PICTURE}'


def test_they_are_counted_and_none_is_loaded() -> None:
    cleaned = clean(f'{HTML}<img src="cid:own"><p title=\'data-remote-src="x"\'>data-remote-src="x"</p>')
    assert remote_pictures(cleaned) == ["https://a.test/1?x=1&y", "http://b.test/2"]
    assert ' src="http' not in cleaned


def test_they_come_back_as_they_were_sent() -> None:
    assert with_pictures(clean(HTML)) == (
        '<img src="https://a.test/1?x=1&amp;y"><img alt="2" src="http://b.test/2">'
        '<img src="https://a.test/1?x=1&amp;y">'
    )
    assert remote_pictures(with_pictures(clean(HTML))) == []


def test_nobody_can_bring_one_that_waits() -> None:
    assert remote_pictures(clean('<img data-remote-src="https://a.test/1" alt="a">')) == []
    assert remote_pictures(clean("<img alt='\" data-remote-src=\"https://a.test/1' src='cid:x'>")) == []


def test_the_page_allows_them_only_when_asked() -> None:
    page = document(with_pictures(clean(HTML)), str)
    assert policy() in page
    assert "https:" not in policy()
    assert "img-src 'self' data: blob: https: http:;" in document(clean(HTML), str, from_afar=True)
