"""The page of gaps: need beside money."""
