"""The page of actors: directory, who does what where, partners, ties abroad."""
