"""Foreign HTML made harmless: cleaned once, then put into a document of its own for a sandboxed frame."""

from doorstep.pages.clean import clean as clean
from doorstep.pages.document import document as document
from doorstep.pages.ours import ours as ours
from doorstep.pages.ours import text_of as text_of
from doorstep.pages.ours import without_pictures as without_pictures
from doorstep.pages.pictures import remote_pictures as remote_pictures
from doorstep.pages.pictures import with_pictures as with_pictures
