// Geometry, fetched once by address and kept as paths; a finer level replaces a coarser one in place.
import { toPath } from './mercator.js';

export async function fetchShape(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}

function trace(path, ring, box) {
  ring.forEach(([lon, lat], i) => {
    const [x, y] = toPath(lon, lat);
    if (i) path.lineTo(x, y);
    else path.moveTo(x, y);
    if (!box) return;
    box[0] = Math.min(box[0], x); box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x); box[3] = Math.max(box[3], y);
  });
}

function pathOf({ type, coordinates }) {
  const path = new Path2D();
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  const polygons = { Polygon: [coordinates], MultiPolygon: coordinates }[type];
  if (polygons) for (const rings of polygons) rings.forEach((ring) => { trace(path, ring, box); path.closePath(); });
  const lines = { LineString: [coordinates], MultiLineString: coordinates }[type];
  if (lines) for (const line of lines) trace(path, line, box);
  return { path, box };
}

export function joined(features) {
  const all = new Path2D();
  for (const { geometry } of features) all.addPath(pathOf(geometry).path);
  return all;
}

// The communes in all their levels: paths by commune index, the finest that the zoom asks for where it is known.
export class Communes {
  constructor({ levels, count, changed, failed }) {
    Object.assign(this, { levels, changed, failed, paths: new Array(count), fineness: new Uint8Array(count), places: [], asked: new Map() });
    this.lines = { country: [], region: [], province: [] };
    this.beyond = false; // whether somebody looks beyond the region in focus
  }

  load(name, fineness, entry) {
    if (this.asked.has(name)) return;
    this.asked.set(name, fetchShape(entry.url).then((collection) => {
      for (const { properties: { i }, geometry } of collection.features) {
        if (this.fineness[i] <= fineness && geometry) {
          this.paths[i] = pathOf(geometry);
          this.fineness[i] = fineness + 1;
        }
      }
      this.changed();
    }).catch((error) => { this.asked.delete(name); this.failed(error); }));
  }

  // Ask for what is missing in the window seen. The region in focus always; the whole country when the focus is it, or
  // when somebody looks beyond; regions that are not in focus, and veiled, when seen from near.
  want(zoom, seen, focus) {
    if (this.beyond || !this.levels.region[focus.slice(0, 2)]) this.load('country', 0, this.levels.country);
    for (const [fineness, level, least] of [[1, 'region', 0], [2, 'full', 10]]) {
      for (const [code, entry] of Object.entries(this.levels[level])) {
        if (zoom < (focus.startsWith(code) ? least : Math.max(least, 8))) continue;
        const [west, south, east, north] = entry.extent;
        if (west < seen[2] && east > seen[0] && south < seen[3] && north > seen[1]) this.load(`${level}.${code}`, fineness, entry);
      }
    }
  }

  // Whether every commune has some outline.
  get whole() { return this.fineness.every(Boolean); }

  // One path of many communes, given by their indexes.
  merged(indexes) {
    const all = new Path2D();
    for (const i of indexes) if (this.paths[i]) all.addPath(this.paths[i].path);
    return all;
  }

  // Indexes of the communes that may show in a window [left, top, right, bottom], in the units of paths.
  within([left, top, right, bottom]) {
    const shows = ({ box }) => box[0] < right && box[2] > left && box[1] < bottom && box[3] > top;
    return [...this.paths.keys()].filter((i) => this.paths[i] && shows(this.paths[i]));
  }

  at(ctx, x, y) {
    return this.paths.findIndex((shape) => shape && x >= shape.box[0] && x <= shape.box[2] && y >= shape.box[1]
      && y <= shape.box[3] && ctx.isPointInPath(shape.path, x, y));
  }
}
