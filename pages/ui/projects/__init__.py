"""The page of projects: filters with counts, table, sheet of one project."""
