"""The tests of pixsession."""
