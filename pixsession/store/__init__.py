"""The only door to DuckDB: exports in, rows for the board out, truth kept in the dossier."""
