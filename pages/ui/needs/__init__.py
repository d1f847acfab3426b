"""The page of needs: choices, ranking, charts, the sheet of a place."""
