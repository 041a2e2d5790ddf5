"""Foreign HTML made harmless: cleaned once, then put into a document of its own for a sandboxed frame."""

from doorstep.pages.clean import clean as clean
from doorstep.pages.document import document as document
