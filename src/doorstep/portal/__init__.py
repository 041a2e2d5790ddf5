"""The customer's own pages: plain HTML that needs no script, behind a link that opens once."""

from doorstep.portal.link import address_of as address_of
from doorstep.portal.link import with_link as with_link
