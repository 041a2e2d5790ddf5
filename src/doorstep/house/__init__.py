"""The house's edge to HTTP: what every request passes on its way in and out, whichever room it is for."""

from doorstep.house.application import HouseSettings as HouseSettings
from doorstep.house.application import application as application
from doorstep.house.guard import check_every_route_is_guarded as check_every_route_is_guarded
from doorstep.house.health import Check as Check
from doorstep.house.logs import set_up_logs as set_up_logs
from doorstep.house.metrics import Gauge as Gauge
