"""The page of what could be done again, and where."""
