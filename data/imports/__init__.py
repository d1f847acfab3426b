"""Foreign files: read in a process of their own, understood cell by cell, previewed, and only then written."""
