"""The page of the region at a glance."""
