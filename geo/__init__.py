"""Questions about places and projects: pure functions, table in, table out."""
