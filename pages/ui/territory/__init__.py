"""The sheet of a region, province, commune or village, part by part."""
