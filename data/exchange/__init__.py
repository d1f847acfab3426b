"""Files people take away: the same rows in four formats, each saying inside what it is and where it comes from."""
