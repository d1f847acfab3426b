"""The living map of a page: what it is told, and the component that holds it."""
