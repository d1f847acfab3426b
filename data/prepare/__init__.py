"""Raw sources become the atlas's own tables: run by `make tables`, never by the app."""
