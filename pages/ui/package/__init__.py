"""The workshop package: its page, its job, its parts."""
