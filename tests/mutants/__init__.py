"""Whether the tests notice a change: `python -m tests.mutants --count 500 --seed 1 [FILE …]`."""
