"""What a person types: `doorstep serve` and the other verbs."""

from doorstep.cli.run import main as main
