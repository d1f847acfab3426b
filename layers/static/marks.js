// What stands for projects: framed signs on communes, circles of money, symbols at points, clusters. And where a click falls.
/* global Supercluster */
import { alpha, colours } from './colours.js';
import { toUnit } from './mercator.js';

const MIXED = 255;
const MOST_ZOOM = 14;

export function bytes(base64) {
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}

// A sector's mark: the same path and colour as in the filters and on the sheets.
export function drawMark(ctx, { path, colour }, x, y, radius, look) {
  const scale = radius / 8;
  ctx.save();
  ctx.translate(x, y);
  ctx.scale(scale, scale);
  ctx.fillStyle = colour;
  ctx.fill(path);
  ctx.lineWidth = 1.3 / scale;
  ctx.strokeStyle = look.dark ? '#0d1218' : '#1f2733';
  ctx.stroke(path);
  ctx.restore();
}

function number(ctx, text, x, y, size, colour) {
  ctx.font = `600 ${size}px var(--sans), "Atlas Sans", sans-serif`.replace('var(--sans), ', '');
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.fillStyle = colour;
  ctx.fillText(text, x, y + 0.5);
}

// Communes: number of projects known by the commune, their common sector, the radius of their money.
export class Areas {
  constructor(symbols) {
    this.symbols = symbols;
    this.places = [];
    this.list = [];
    this.show = 'projects';
    this.spots = [];
  }

  set(state, show) {
    this.list = [];
    if (!state) return;
    const { first, counts, sectors, radii } = state;
    const n = new Uint16Array(bytes(counts).buffer);
    const s = bytes(sectors);
    const r = radii ? bytes(radii) : null;
    this.show = show;
    for (let i = 0; i < n.length; i += 1) {
      const radius = r ? r[i] / 4 : 0;
      if (n[i] || radius) this.list.push({ commune: first + i, count: n[i], sector: s[i], radius });
    }
    if (r) this.list.sort((a, b) => b.radius - a.radius); // large first, so that small ones stay on top
  }

  paint(ctx, view) {
    const look = colours();
    view.inPixels(ctx);
    this.spots = [];
    const size = view.zoom < 7.6 ? 7 : view.zoom < 8.7 ? 8.5 : 10.5;
    for (const area of this.list) {
      const place = this.places[area.commune];
      if (!place) continue;
      const [x, y] = view.pixel(place);
      if (x < -60 || y < -60 || x > view.width + 60 || y > view.height + 60) continue;
      if (this.show === 'amount') this.circle(ctx, area, x, y, look);
      else if (area.count) this.sign(ctx, area, x, y, size, look);
    }
  }

  sign(ctx, { commune, count, sector }, x, y, half, look) {
    ctx.beginPath();
    ctx.roundRect(x - half, y - half, 2 * half, 2 * half, 3);
    ctx.fillStyle = alpha(look.surface, 0.95);
    ctx.fill();
    ctx.lineWidth = 1.2;
    ctx.strokeStyle = look.accent;
    ctx.stroke();
    if (count > 1 || sector === MIXED) number(ctx, String(count), x, y, half * 1.25, look.ink);
    else drawMark(ctx, this.symbols[sector], x, y, half * 0.62, look);
    this.spots.push({ x, y, reach: half + 2, hit: { kind: 'commune', index: commune } });
  }

  circle(ctx, { commune, radius }, x, y, look) {
    if (!radius) return;
    ctx.beginPath();
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
    ctx.fillStyle = alpha(look.dark ? '#41b6c4' : '#225ea8', 0.62);
    ctx.fill();
    ctx.lineWidth = 1.2;
    ctx.strokeStyle = look.surface;
    ctx.stroke();
    this.spots.push({ x, y, reach: Math.max(radius, 5), hit: { kind: 'commune', index: commune } });
  }
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

  shown(bits) {
    if (!this.lon.length) return;
    const features = [];
    for (let i = 0; i < this.lon.length; i += 1) {
      if (!((bits[i >> 3] >> (i & 7)) & 1)) continue;
      features.push({ type: 'Feature', properties: { i, s: this.sector[i] }, geometry: { type: 'Point', coordinates: [this.lon[i], this.lat[i]] } });
    }
    if (window.Supercluster) {
      this.index = new Supercluster({
        radius: 34, maxZoom: MOST_ZOOM, map: ({ s }) => ({ s }), reduce: (sum, { s }) => { if (sum.s !== s) sum.s = MIXED; },
      }).load(features);
    } else {
      this.index = { getClusters: () => features };
    }
  }

  paint(ctx, view) {
    this.spots = [];
    if (!this.index || !this.drawn) return;
    const look = colours();
    view.inPixels(ctx);
    for (const feature of this.index.getClusters([-30, 15, 10, 45], Math.round(view.zoom))) {
      const [x, y] = view.pixel(toUnit(...feature.geometry.coordinates));
      if (x < -30 || y < -30 || x > view.width + 30 || y > view.height + 30) continue;
      if (feature.properties.cluster) this.cluster(ctx, feature, x, y, look);
      else this.point(ctx, feature.properties.i, x, y, view, look);
    }
  }

  cluster(ctx, { properties }, x, y, look) {
    const count = properties.point_count;
    const radius = 9 + Math.min(9, Math.log2(count) * 1.6);
    ctx.beginPath();
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
    ctx.fillStyle = properties.s === MIXED ? look.surface : this.symbols[properties.s].colour;
    ctx.fill();
    ctx.lineWidth = 2.4;
    ctx.strokeStyle = look.ink;
    ctx.stroke();
    ctx.beginPath();
    ctx.arc(x, y, radius - 4, 0, 2 * Math.PI);
    ctx.fillStyle = look.surface;
    ctx.fill();
    number(ctx, String(count), x, y, 10.5, look.ink);
    this.spots.push({ x, y, reach: radius + 2, hit: { kind: 'cluster', id: properties.cluster_id, count } });
  }

  point(ctx, i, x, y, view, look) {
    const radius = view.zoom < 8 ? 6 : 7.5;
    if (this.selected.has(this.project[i])) {
      ctx.beginPath();
      ctx.arc(x, y, radius + 5, 0, 2 * Math.PI);
      ctx.lineWidth = 2.5;
      ctx.strokeStyle = look.ink;
      ctx.stroke();
    }
    drawMark(ctx, this.symbols[this.sector[i]], x, y, radius, look);
    this.spots.push({ x, y, reach: radius + 3, hit: { kind: 'point', point: i, project: this.project[i] } });
  }

  // A cluster opens by zooming in; when its points share one place, it opens as a list.
  open(id) {
    const zoom = this.index.getClusterExpansionZoom(id);
    const projects = this.index.getLeaves(id, 200).map(({ properties }) => this.project[properties.i]);
    return { zoom: zoom > MOST_ZOOM ? null : zoom, projects: [...new Set(projects)] };
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
