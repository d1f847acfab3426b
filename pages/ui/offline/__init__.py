"""The one HTML file of a package: the atlas without a server."""
