"""Inboxes that are watched elsewhere: each by one poller on one node."""

from doorstep.spine.pollers.consent import consent_of as consent_of
from doorstep.spine.pollers.consent import secrets as secrets
from doorstep.spine.pollers.contact import Contact as Contact
from doorstep.spine.pollers.contact import contacts as contacts
from doorstep.spine.pollers.contact import count_contacts as count_contacts
from doorstep.spine.pollers.run import run_pollers as run_pollers
