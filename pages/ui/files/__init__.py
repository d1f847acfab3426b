"""Files out: which formats, which rows, the buttons that give them."""
