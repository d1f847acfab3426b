"""The page of villages and the sheet of one."""
