"""Real files dropped into real folders, watched by the real watchdog."""
