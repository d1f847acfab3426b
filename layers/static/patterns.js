// Hatches and stipples for what has no class, at the same size on screen whatever the zoom.

const SIZE = 7;
const DRAWN = {
  // one falling line every seven pixels
  hatch(pen) {
    pen.lineWidth = 1.3;
    pen.beginPath();
    for (const shift of [-SIZE, 0, SIZE]) { pen.moveTo(shift, SIZE); pen.lineTo(shift + SIZE, 0); }
    pen.stroke();
  },
  // the other way, thinner: over a colour
  uncertain(pen) {
    pen.lineWidth = 0.9;
    pen.beginPath();
    for (const shift of [-SIZE, 0, SIZE]) { pen.moveTo(shift, 0); pen.lineTo(shift + SIZE, SIZE); }
    pen.stroke();
  },
  // both ways: something is known, too little for an index
  crossed(pen) {
    pen.lineWidth = 0.9;
    pen.beginPath();
    for (const shift of [-SIZE, 0, SIZE]) {
      pen.moveTo(shift, SIZE); pen.lineTo(shift + SIZE, 0);
      pen.moveTo(shift, 0); pen.lineTo(shift + SIZE, SIZE);
    }
    pen.stroke();
  },
  // over a colour: a wider project passes by; nobody speaks of the place
  passing(pen) {
    pen.lineWidth = 0.9;
    pen.beginPath();
    for (const shift of [-SIZE, 0, SIZE]) { pen.moveTo(shift, SIZE); pen.lineTo(shift + SIZE, 0); }
    pen.stroke();
  },
  silent(pen) {
    pen.beginPath();
    pen.arc(3.5, 3.5, 1.15, 0, 2 * Math.PI);
    pen.fill();
  },
  stipple(pen) {
    pen.beginPath();
    pen.arc(2, 2, 1.1, 0, 2 * Math.PI);
    pen.arc(5.5, 5.5, 1.1, 0, 2 * Math.PI);
    pen.fill();
  },
  rules(pen) {
    pen.lineWidth = 0.8;
    pen.beginPath();
    pen.moveTo(0, 3.5);
    pen.lineTo(SIZE, 3.5);
    pen.stroke();
  },
};
const tiles = new Map();

function tile(kind, colour) {
  const key = kind + colour;
  if (!tiles.has(key)) {
    const fine = 2; // drawn at twice the size, so that it stays sharp on fine screens
    const canvas = Object.assign(document.createElement('canvas'), { width: SIZE * fine, height: SIZE * fine });
    const pen = canvas.getContext('2d');
    pen.scale(fine, fine);
    pen.strokeStyle = colour;
    pen.fillStyle = colour;
    DRAWN[kind](pen);
    tiles.set(key, { canvas, fine });
  }
  return tiles.get(key);
}

// A fill style for a context in path units, whose scale is `scale` pixels a unit.
export function pattern(ctx, kind, colour, scale) {
  const { canvas, fine } = tile(kind, colour);
  const made = ctx.createPattern(canvas, 'repeat');
  made.setTransform(new DOMMatrix().scale(1 / (scale * fine)));
  return made;
}
