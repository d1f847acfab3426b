"""The page of matches: a place, an association or a funder, and who fits."""
