"""The atlas on paper: pages in millimetres, maps from the state of the living map; PDF, SVG and PNG, no browser."""
