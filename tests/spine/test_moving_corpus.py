"""Real mails of years ago move in as one folder: each is taken or refused with a reason, none is lost."""

import time
from pathlib import Path

import pytest

from tests.channels.email.test_corpora import MAIL
from tests.parts import Spine
from tests.servers.programs import absent
from tests.spine.test_moving import balanced, moved, nobody_is_woken

FOLDER = MAIL / "spamassassin"


@pytest.mark.soak
async def test_the_mails_of_spamassassin_move_in(spine: Spine, tmp_path: Path) -> None:
    if not FOLDER.is_dir():
        absent(f"the real mails are not at {FOLDER}; DOORSTEP_SHARED says where they are")
    await spine.run("update inbox set channel = 'email'")
    began = time.perf_counter()
    came = await moved(spine, tmp_path, FOLDER)
    print(f"{came.total} mails, {came.total / (time.perf_counter() - began):.0f} a second: {came}")
    assert came.state == "done"
    assert came.place == came.total == came.taken + came.known + came.refused
    assert came.taken > 500
    assert await balanced(spine) == came.taken
    await nobody_is_woken(spine)
    out_of_time = (
        "select count(*) from interaction where happened_at > received_at or happened_at < '1970-01-01'"
    )
    assert await spine.value(out_of_time) == 0
