"""Readers of each format. They run in the disposable child only: what they meet may be hostile."""
