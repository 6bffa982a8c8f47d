"""Tests of what the screen shows."""
