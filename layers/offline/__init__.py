"""The atlas of one territory in one HTML file: folium's map, our scripts and the data, opened from a USB stick."""
