"""What a file from outside may cost: beyond it, it is refused before it hurts anybody."""

MOST_BYTES = 20_000_000
MOST_ROWS = 50_000
MOST_COLUMNS = 200
LONGEST_CELL = 32_767  # of a spreadsheet's cell
MOST_ENTRIES = 500
MOST_UNPACKED_BYTES = 200_000_000
MOST_MEMORY_BYTES = 2_000_000_000
MOST_CPU_S = 20
MOST_WALL_S = 30.0
MOST_ANSWER_BYTES = 200_000_000
MOST_OPEN_FILES = 64
DEEPEST = 40
"""Levels of nesting in JSON, XML and geometry; ours have less than ten."""
EMPTY_ROWS_IN_A_ROW = 200
"""After so many a sheet is taken to be over: a lone cell at its far end is no table."""
