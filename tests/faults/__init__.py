"""Faults put in from outside, as long as one asks: `python -m tests.faults --minutes 30 --seed 1`."""
