"""The spine stands in `tests/parts.py`, where other rooms' tests find it too."""

from tests.parts import Spine as Spine
