"""What the exports mean: plain Python, with no files, no clock, no database and no screen."""
