"""People: who works here, what each may do, and their sessions."""

from doorstep.people.add_agent import add_agent as add_agent
from doorstep.people.gate import Gate as Gate
from doorstep.people.lock_out import check_guesses as check_guesses
from doorstep.people.lock_out import count_guess as count_guess
from doorstep.people.model import Agent as Agent
from doorstep.people.model import Me as Me
from doorstep.people.model import Session as Session
from doorstep.people.note_look import note_look as note_look
from doorstep.people.roles import ADMINISTRATORS as ADMINISTRATORS
from doorstep.people.roles import AGENTS as AGENTS
from doorstep.people.roles import ANYONE as ANYONE
from doorstep.people.roles import ONESELF as ONESELF
from doorstep.people.roles import READERS as READERS
from doorstep.people.roles import READING as READING
from doorstep.people.roles import SUPERVISORS as SUPERVISORS
from doorstep.people.roles import SUPERVISORS_READ as SUPERVISORS_READ
from doorstep.people.roles import Role as Role
from doorstep.people.roles import Roles as Roles
from doorstep.people.roles import is_allowed as is_allowed
from doorstep.people.session import COOKIE as COOKIE
from doorstep.people.session import digest as digest
from doorstep.people.session import session_holds as session_holds
from doorstep.people.session import session_of as session_of
from doorstep.people.session import start_session as start_session
