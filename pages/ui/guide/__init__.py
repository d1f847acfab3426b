"""The practical guide."""
