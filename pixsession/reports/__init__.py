"""A Snapshot put into words for people without a screen, and into JSON for programs."""
