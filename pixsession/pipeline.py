"""From a settled file to a Snapshot: path → Export → store → verdicts → publish."""
