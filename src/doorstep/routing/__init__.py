"""Where the work goes, and by when."""

from doorstep.routing.counts import count_waiting as count_waiting
from doorstep.routing.counts import fold_counts as fold_counts
from doorstep.routing.counts import waiting as waiting
from doorstep.routing.model import Route as Route
from doorstep.routing.route import ROUTES as ROUTES
from doorstep.routing.route import route as route
from doorstep.routing.route import routes as routes
