"""Words that are ready: macros, signatures, and the variables in them."""

from doorstep.ready.filled_in import Unfilled as Unfilled
from doorstep.ready.filled_in import check_filled_in as check_filled_in
from doorstep.ready.signatures import signature_for as signature_for
from doorstep.ready.variables import check as check
from doorstep.ready.variables import filled as filled
