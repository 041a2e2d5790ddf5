"""What a customer chose: by which channels, when and whether to be reached. Everyone here keeps to it."""

from doorstep.choices.change import change_choices as change_choices
from doorstep.choices.check import AgainstChoice as AgainstChoice
from doorstep.choices.check import Reach as Reach
from doorstep.choices.check import check_choices as check_choices
from doorstep.choices.check import refusal_for as refusal_for
from doorstep.choices.check import refusal_of as refusal_of
from doorstep.choices.count import count_refused as count_refused
from doorstep.choices.count import tell_refusal as tell_refusal
from doorstep.choices.look import choices_of as choices_of
from doorstep.choices.look import standing_choice as standing_choice
from doorstep.choices.model import Choices as Choices
from doorstep.choices.model import Hours as Hours
from doorstep.choices.model import NewChoices as NewChoices
from doorstep.choices.model import StandingChoice as StandingChoice
from doorstep.choices.stricter import stricter as stricter
