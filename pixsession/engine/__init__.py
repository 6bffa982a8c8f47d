"""Where files become a board: each file is read, kept and stored, and the board is told what changed."""
