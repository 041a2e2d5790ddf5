"""The agent's screen."""

from doorstep.desk.show import show as show
