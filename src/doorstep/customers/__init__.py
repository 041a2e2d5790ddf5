"""Who it is."""

from doorstep.customers.describe import Telling as Telling
from doorstep.customers.describe import describe as describe
from doorstep.customers.handles import handle_of as handle_of
from doorstep.customers.hold import hold as hold
from doorstep.customers.identify import Raced as Raced
from doorstep.customers.identify import identify as identify
from doorstep.customers.keys import tail_of as tail_of
from doorstep.customers.look_for_matches import look_for_matches as look_for_matches
from doorstep.customers.mailboxes import is_role as is_role
from doorstep.customers.mailboxes import mailbox_of as mailbox_of
from doorstep.customers.model import Known as Known
from doorstep.customers.model import Sender as Sender
from doorstep.customers.names import Kin as Kin
from doorstep.customers.names import is_another_person as is_another_person
from doorstep.customers.names import kin as kin
from doorstep.customers.numbers import is_personal as is_personal
from doorstep.customers.numbers import live_in as live_in
from doorstep.customers.numbers import number_of as number_of
from doorstep.customers.numbers import region_of as region_of
from doorstep.customers.numbers import region_of_number as region_of_number
from doorstep.customers.suggest import suggest as suggest
from doorstep.customers.unreachable import mark_unreachable as mark_unreachable
from doorstep.customers.vouched import believed as believed
from doorstep.customers.weigh import Described as Described
from doorstep.customers.weigh import weigh as weigh
