"""Kills: real processes, ended at any moment, and everything counted afterwards."""
