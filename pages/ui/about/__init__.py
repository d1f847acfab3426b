"""Sources, quality and method, said in words."""
