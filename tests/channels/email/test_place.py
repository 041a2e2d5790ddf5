"""Where a folder is begun with, and gone on with."""

from datetime import date

from doorstep.channels.email.place import Place, encoded, go_on


def test_goes_on_where_it_was() -> None:
    place = Place(7, 40, first=20, only="UNSEEN", unmarked=(39, 40), on=date(2026, 3, 1))
    assert go_on(encoded(place), "unread", 7, 50) == place


def test_new_uids_mean_looking_again_at_all_that_may_be_new() -> None:
    known = encoded(Place(7, 40, on=date(2026, 3, 1)))
    assert go_on(known, "all", 8, 50) == Place(8, first=50)
    assert go_on(known, "unread", 8, 50) == Place(8, first=50, only="SINCE 28-Feb-2026")
    assert go_on(known, "new", 8, 50).only == "SINCE 28-Feb-2026"


def test_begins_as_is_wanted() -> None:
    assert go_on("", "all", 7, 50) == Place(7, first=50)
    assert go_on("", "unread", 7, 50) == Place(7, first=50, only="UNSEEN")
    assert go_on("", "new", 7, 50) == Place(7, uid=49)
