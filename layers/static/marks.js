// Symbols at points, clustered while they would hide one another; and what lies under a pointer.
/* global Supercluster */
import { colours } from './colours.js';
import { toUnit } from './mercator.js';

export const MIXED = 255;
const MOST_ZOOM = 14;

// A sector's mark: the same path and colour as in the filters and on the sheets.
export function drawMark(ctx, { path, colour }, x, y, radius, look) {
  const scale = radius / 8;
  ctx.save();
  ctx.translate(x, y);
  ctx.scale(scale, scale);
  ctx.fillStyle = colour;
  ctx.fill(path);
  ctx.lineWidth = 1.3 / scale;
  ctx.strokeStyle = look.ink;
  ctx.stroke(path);
  ctx.restore();
}

// Numbers already written, as small pictures: writing text is the dearest act of a canvas, and the same few come back.
const written = new Map();

export function forgetNumbers() { written.clear(); }

function writeNumber(text, size, colour, ratio) {
  const picture = document.createElement('canvas');
  picture.width = Math.ceil(size * (text.length + 1) * ratio);
  picture.height = Math.ceil(size * 2 * ratio);
  const ctx = picture.getContext('2d');
  ctx.scale(ratio, ratio);
  ctx.font = `650 ${size}px "Atlas Sans", "Noto Sans", sans-serif`;
  Object.assign(ctx, { textAlign: 'center', textBaseline: 'middle', fillStyle: colour });
  ctx.fillText(text, picture.width / ratio / 2, picture.height / ratio / 2 + 0.5);
  return picture;
}

export function number(ctx, text, x, y, size, colour) {
  const { a: ratio, e, f } = ctx.getTransform();
  const key = `${text} ${size} ${colour} ${ratio}`;
  if (!written.has(key)) written.set(key, writeNumber(text, size, colour, ratio));
  const picture = written.get(key);
  // Dot on dot, or the number would blur.
  const onDots = (at, length, shift) => (Math.round(at * ratio + shift - length / 2) - shift) / ratio;
  ctx.drawImage(picture, onDots(x, picture.width, e), onDots(y, picture.height, f), picture.width / ratio, picture.height / ratio);
}

// Points: villages and exact places, clustered while they would hide one another.
export class Points {
  constructor(symbols) {
    Object.assign(this, { symbols, lon: [], lat: [], sector: [], project: [], spots: [], index: null, drawn: true, selected: new Set() });
  }

  read(buffer) {
    const n = new Uint32Array(buffer, 0, 1)[0];
    this.lon = new Float32Array(buffer, 4, n);
    this.lat = new Float32Array(buffer, 4 + 4 * n, n);
    this.project = new Uint32Array(buffer, 4 + 8 * n, n);
    this.sector = new Uint8Array(buffer, 4 + 12 * n, n);
    this.units = Array.from(this.lon, (lon, i) => toUnit(lon, this.lat[i]));
  }

  show(numbers) {
    if (!this.lon.length) return;
    const features = numbers.map((i) => (
      { type: 'Feature', properties: { i, s: this.sector[i] }, geometry: { type: 'Point', coordinates: [this.lon[i], this.lat[i]] } }
    ));
    if (window.Supercluster) {
      this.index = new Supercluster({
        radius: 34, maxZoom: MOST_ZOOM, map: ({ s }) => ({ s }), reduce: (sum, { s }) => { if (sum.s !== s) sum.s = MIXED; },
      }).load(features);
    } else {
      this.index = { getClusters: () => features };
    }
  }

  place(_, view, taken) {
    this.spots = [];
    if (!this.index || !this.drawn) return;
    for (const { properties, geometry } of this.index.getClusters([-30, 15, 10, 45], Math.round(view.zoom))) {
      const [x, y] = view.pixel(toUnit(...geometry.coordinates));
      if (!view.holds(x, y, 30)) continue;
      const spot = properties.cluster ? this.cluster(properties) : this.point(properties.i, view);
      this.spots.push({ x, y, ...spot, reach: spot.radius + 2 });
      taken.add([x - spot.radius, y - spot.radius, x + spot.radius, y + spot.radius]);
    }
  }

  cluster({ cluster_id: id, point_count: count, s }) {
    return { radius: 8 + Math.min(8, Math.log2(count) * 1.4), sector: s, hit: { kind: 'cluster', id, count } };
  }

  point(i, view) {
    return { radius: view.zoom < 8 ? 6 : 7.5, sector: this.sector[i], hit: { kind: 'point', point: i, project: this.project[i] } };
  }

  paint(ctx, view) {
    const look = colours();
    view.inPixels(ctx);
    for (const spot of this.spots) {
      if (spot.hit.kind === 'cluster') this.paintCluster(ctx, spot, look);
      else this.paintPoint(ctx, spot, look);
    }
  }

  paintCluster(ctx, { x, y, radius, sector, hit }, look) {
    const ring = (r, colour) => { ctx.beginPath(); ctx.arc(x, y, r, 0, 2 * Math.PI); ctx.fillStyle = colour; ctx.fill(); };
    ring(radius, look.dark ? '#0d1218' : '#1f2733');
    ring(radius - 1, sector === MIXED ? look.edge : this.symbols[sector].colour);
    ring(radius - 3, look.surface);
    number(ctx, String(hit.count), x, y, 11, look.ink);
  }

  paintPoint(ctx, { x, y, radius, sector, hit }, look) {
    if (this.selected.has(hit.project)) {
      for (const [width, colour] of [[6, look.paper], [2.6, look.ink]]) {
        ctx.beginPath();
        ctx.arc(x, y, radius + 5, 0, 2 * Math.PI);
        ctx.lineWidth = width;
        ctx.strokeStyle = colour;
        ctx.stroke();
      }
    }
    drawMark(ctx, this.symbols[sector], x, y, radius, look);
  }

  // What is in a cluster, where it lies, and the zoom at which it comes apart; null when its points share one place.
  open(id) {
    const zoom = this.index.getClusterExpansionZoom(id);
    const leaves = this.index.getLeaves(id, 200);
    const projects = leaves.map(({ properties }) => this.project[properties.i]);
    return { zoom: zoom > MOST_ZOOM ? null : zoom, projects: [...new Set(projects)], at: leaves[0].geometry.coordinates };
  }
}

export function spotAt(spots, [x, y]) {
  let best = null;
  let least = Infinity;
  for (const spot of spots) {
    const distance = Math.hypot(spot.x - x, spot.y - y);
    if (distance <= spot.reach && distance < least) { best = spot; least = distance; }
  }
  return best?.hit ?? null;
}
