// Web Mercator, in the square [0, 1] x [0, 1]; paths are kept around an origin near Morocco so that no precision is lost.

export const ORIGIN = toUnit(-7, 31);
const FINE = 2 ** 20; // units of a path per unit of the square

export function toUnit(lon, lat) {
  const sin = Math.sin((lat * Math.PI) / 180);
  return [(lon + 180) / 360, 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)];
}

export function fromUnit([x, y]) {
  return [x * 360 - 180, (Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) * 180) / Math.PI];
}

export function toPath(lon, lat) {
  const [x, y] = toUnit(lon, lat);
  return [(x - ORIGIN[0]) * FINE, (y - ORIGIN[1]) * FINE];
}

// What is seen: pixels = unit * size - offset, in the canvas of the surface.
export class View {
  constructor(zoom, { offset, width, height, ratio, mark }) {
    Object.assign(this, { zoom, width, height, ratio, mark, size: (256 * 2 ** zoom) / mark, offset });
  }

  pixel([x, y]) {
    return [x * this.size - this.offset[0], y * this.size - this.offset[1]];
  }

  // Whether a sign of this reach can be seen.
  holds(x, y, reach) {
    return x > -reach && y > -reach && x < this.width + reach && y < this.height + reach;
  }

  // What can be seen, in path units: left, top, right, bottom.
  window() {
    const scale = this.size / FINE;
    const [x, y] = this.pixel(ORIGIN);
    return [-x / scale, -y / scale, (this.width - x) / scale, (this.height - y) / scale];
  }

  // Draw in path units; widths in pixels are divided by what this returns.
  inPaths(ctx) {
    const scale = this.size / FINE;
    const [x, y] = this.pixel(ORIGIN);
    ctx.setTransform(scale * this.ratio, 0, 0, scale * this.ratio, x * this.ratio, y * this.ratio);
    return scale;
  }

  inPixels(ctx) {
    ctx.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
  }
}
