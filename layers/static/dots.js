// A cloud of places, villages or facilities: small circles of true area, coloured by class; large ones first.
import { colours } from './colours.js';
import { toUnit } from './mercator.js';
import { unpacked } from './packing.js';

const WITHHELD = 252; // from here on: known but withheld, not applicable, unknown: hollow
const HIDDEN = 255;
const RADIUS_STEPS = 4; // radii travel as quarters of a pixel
const REFERENCE_ZOOM = 8; // at which radii are as said
const GROWTH = 2.2; // levels of zoom over which radii double

export class Dots {
  constructor() {
    Object.assign(this, { state: null, url: '', n: 0, classes: null, spots: [], order: [], shape: null });
  }

  // Returns a promise when the places must be fetched first.
  set(state, changed) {
    this.state = state;
    if (!state) { this.classes = null; this.spots = []; return null; }
    this.shape = state.shape ? new Path2D(state.shape) : null;
    this.classes = unpacked(state.classes);
    if (this.url === state.url) return null;
    this.url = state.url;
    this.n = 0;
    return fetch(state.url).then((answer) => {
      if (!answer.ok) throw new Error(`${state.url}: ${answer.status}`);
      return answer.arrayBuffer();
    }).then((buffer) => { if (this.url === state.url) { this.read(buffer); changed(); } });
  }

  read(buffer) {
    const n = new Uint32Array(buffer, 0, 1)[0];
    const lon = new Float32Array(buffer, 4, n);
    const lat = new Float32Array(buffer, 4 + 4 * n, n);
    this.radii = Float32Array.from(new Uint8Array(buffer, 4 + 8 * n, n), (quarters) => quarters / RADIUS_STEPS);
    this.units = new Float64Array(2 * n);
    for (let i = 0; i < n; i += 1) this.units.set(toUnit(lon[i], lat[i]), 2 * i);
    this.order = Uint32Array.from({ length: n }, (_, i) => i).sort((a, b) => this.radii[b] - this.radii[a]);
    this.n = n;
  }

  classOf(i) {
    return this.classes[i] ?? HIDDEN;
  }

  paint(ctx, view) {
    this.spots = [];
    if (!this.state || !this.n) return;
    const look = colours();
    view.inPixels(ctx);
    const growth = Math.min(3, Math.max(0.7, 2 ** ((view.zoom - REFERENCE_ZOOM) / GROWTH)));
    ctx.lineWidth = growth > 1.2 ? 0.9 : 0.6;
    const outline = look.dark ? '#0d1218' : '#1f2733';
    for (const i of this.inOrder()) {
      const of = this.classOf(i);
      const [x, y] = view.pixel([this.units[2 * i], this.units[2 * i + 1]]);
      const hollow = of >= WITHHELD;
      const radius = Math.max(1.2, this.radii[i] * growth * (hollow ? 0.7 : 1));
      if (!view.holds(x, y, radius)) continue;
      ctx.fillStyle = hollow ? look.surface : this.state.palette[of];
      ctx.strokeStyle = hollow ? look.muted : outline;
      this.mark(ctx, x, y, radius);
      this.spots.push({ x, y, reach: Math.max(radius + 1.5, 4), hit: { kind: 'dot', dot: i } });
    }
    this.paintSelected(ctx, view, growth, look);
  }

  // What is not known lies below, then the classes as they rise; within one, large places below small ones.
  inOrder() {
    const layers = Array.from({ length: HIDDEN }, () => []);
    for (const i of this.order) this.layerOf(layers, this.classOf(i))?.push(i);
    return layers.flat();
  }

  layerOf(layers, of) {
    if (of === HIDDEN) return null;
    return layers[of >= WITHHELD ? of - WITHHELD : of + HIDDEN - WITHHELD];
  }

  mark(ctx, x, y, radius) {
    if (this.shape) {
      const scale = Math.max(radius, 4) / 8;
      ctx.save();
      ctx.translate(x, y);
      ctx.scale(scale, scale);
      ctx.lineWidth /= scale;
      ctx.fill(this.shape);
      ctx.stroke(this.shape);
      ctx.restore();
      return;
    }
    ctx.beginPath();
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
    ctx.fill();
    ctx.stroke();
  }

  paintSelected(ctx, view, growth, look) {
    const i = this.state.selected;
    if (i === null || i >= this.n) return;
    const [x, y] = view.pixel([this.units[2 * i], this.units[2 * i + 1]]);
    const radius = this.radii[i] * growth + 5;
    for (const [width, colour] of [[6, look.paper], [3, look.ink]]) {
      ctx.beginPath();
      ctx.arc(x, y, radius, 0, 2 * Math.PI);
      ctx.lineWidth = width;
      ctx.strokeStyle = colour;
      ctx.stroke();
    }
  }

  // The name of a place and its figure, fetched when somebody first points at one.
  async tip(i) {
    const { tips } = this.state ?? {};
    if (!tips) return '';
    if (this.tipsUrl !== tips) {
      this.tipsUrl = tips;
      this.tips = fetch(tips).then((answer) => answer.json()).catch(() => []);
    }
    return (await this.tips)[i] ?? '';
  }
}
