"""The shapes of sectors, once: SVG paths in a box of 20 x 20 centred on 0, drawn alike by map, filters and sheets."""

PATHS = {
    "circle": "M-7,0A7,7 0 1 1 7,0A7,7 0 1 1 -7,0Z",
    "square": "M-6,-6H6V6H-6Z",
    "triangle": "M0,-7.5L7.5,5.5H-7.5Z",
    "diamond": "M0,-8L8,0L0,8L-8,0Z",
    "cross": "M-2.6,-7.5H2.6V-2.6H7.5V2.6H2.6V7.5H-2.6V2.6H-7.5V-2.6H-2.6Z",
}
