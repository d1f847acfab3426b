"""What is printed: the choices of a page, a map, a sheet, the atlas."""
