"""What people enter: forms, entries, review, corrections, contacts, pictures."""
