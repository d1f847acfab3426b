// Room on the map: boxes already taken, so that signs and names give way to what is more important.

export class Room {
  constructor() { this.boxes = []; }

  add(box) { this.boxes.push(box); }

  free([west, north, east, south]) {
    return !this.boxes.some(([a, b, c, d]) => west < c && east > a && north < d && south > b);
  }
}

const LEAST_ZOOM = 4; // of the map

// From which zoom on each sign of a list may be drawn whole, the most important first: a sign waits until those before
// it leave it room, and once whole it stays whole. Zooming in reveals, it never reshuffles.
// `reach` is the side of a sign in pixels, `at` its place in the unit square.
export function wholeFrom(signs, reach) {
  const from = new Float64Array(signs.length);
  const far = reach / (256 * 2 ** LEAST_ZOOM);
  for (let i = 0; i < signs.length; i += 1) {
    const a = signs[i].at;
    if (!a) { from[i] = Infinity; continue; }
    for (let j = 0; j < i; j += 1) {
      const b = signs[j].at;
      if (!b) continue;
      const distance = Math.max(Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1]));
      if (distance >= far) continue;
      const apart = Math.log2(reach / (256 * Math.max(distance, 1e-9))); // below this zoom the two would touch
      if (from[j] < apart && from[i] < apart) from[i] = apart;
    }
  }
  return from;
}
