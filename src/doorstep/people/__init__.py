"""People: who works here, what each may do, and their sessions."""

from doorstep.people.model import Me as Me
from doorstep.people.roles import ADMINISTRATORS as ADMINISTRATORS
from doorstep.people.roles import AGENTS as AGENTS
from doorstep.people.roles import ANYONE as ANYONE
from doorstep.people.roles import READERS as READERS
from doorstep.people.roles import SUPERVISORS as SUPERVISORS
from doorstep.people.roles import SUPERVISORS_READ as SUPERVISORS_READ
from doorstep.people.roles import Role as Role
from doorstep.people.roles import Roles as Roles
