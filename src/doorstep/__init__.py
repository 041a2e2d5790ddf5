"""Doorstep: the open customer-service desk for commerce."""

__version__ = "0.1.0"
