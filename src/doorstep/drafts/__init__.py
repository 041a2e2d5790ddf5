"""What an agent has begun to write, and the files that go with it."""

from doorstep.drafts.attach import LARGEST_TOGETHER as LARGEST_TOGETHER
from doorstep.drafts.hand_over import REFERRED as REFERRED
from doorstep.drafts.hand_over import give_back as give_back
from doorstep.drafts.hand_over import hand_over as hand_over
from doorstep.drafts.hand_over import sweep_note as sweep_note
from doorstep.drafts.model import Draft as Draft
from doorstep.drafts.model import DraftFile as DraftFile
from doorstep.drafts.model import Mode as Mode
from doorstep.drafts.model import NewDraft as NewDraft
