"""To understand a signal is to say what it is about."""

from doorstep.understanding import understand
from tests.parts import Spine


async def test_a_signal_has_its_matter(spine: Spine) -> None:
    assert understand(spine.signal(subject="AW: Parcel 17", text="Late.")).matter == "Parcel 17"
    assert understand(spine.signal(text="Where is it?\nYours")).matter == "Where is it?"
