// Projects known by their commune: a framed sign where there is room, a small frame where there is not; circles of money.
import { alpha, colours } from './colours.js';
import { drawMark, MIXED, number } from './marks.js';
import { unpacked } from './packing.js';
import { wholeFrom } from './room.js';

const HALF_PX = 8; // of a whole sign
const SMALL_PX = 3; // of a small one
const BESIDE_ZOOM = 9;
const around = (x, y) => [x - HALF_PX, y - HALF_PX, x + HALF_PX, y + HALF_PX];

export class Areas {
  constructor(symbols, communes) {
    Object.assign(this, { symbols, communes, list: [], show: 'projects', spots: [], selected: new Set(), from: null });
  }

  set(state, show, selected) {
    this.list = [];
    this.from = null;
    this.show = show;
    this.selected = new Set(selected);
    if (!state) return;
    const n = unpacked(state.counts);
    const s = unpacked(state.sectors);
    const r = state.radii ? unpacked(state.radii) : null;
    for (let i = 0; i < n.length; i += 1) {
      const radius = r ? r[i] / 4 : 0;
      if (n[i] || radius) this.list.push({ commune: state.first + i, count: n[i], sector: s[i], radius });
    }
    if (r) this.list.sort((a, b) => b.radius - a.radius); // large first, so that small ones stay on top
    else this.list.sort((a, b) => b.count - a.count || a.commune - b.commune);
  }

  // Places came: where signs have room is found again.
  forget() { this.from = null; }

  placed() {
    return this.list.map((area) => ({ at: this.communes.places[area.commune] }));
  }

  place(_, view, taken) {
    this.spots = [];
    if (this.show !== 'amount') this.from ??= wholeFrom(this.placed(), 2 * HALF_PX + 2);
    this.list.forEach((area, i) => {
      const at = this.communes.places[area.commune];
      const reach = this.show === 'amount' ? area.radius : HALF_PX;
      if (!at || !reach || (this.show !== 'amount' && !area.count)) return;
      const [x, y] = view.pixel(at);
      if (!view.holds(x, y, reach)) return;
      const hit = { kind: 'commune', index: area.commune };
      if (this.show === 'amount') { this.spots.push({ x, y, area, reach: Math.max(reach, 5), hit }); return; }
      const [dx, dy] = view.zoom >= this.from[i] ? this.standing(x, y, view, taken) : [];
      const whole = dx !== undefined || this.selected.has(area.commune);
      if (whole) taken.add(around(x + (dx ?? 0), y + (dy ?? 0)));
      this.spots.push({ x: x + (dx ?? 0), y: y + (dy ?? 0), area, whole, reach: whole ? HALF_PX + 2 : SMALL_PX + 3, hit });
    });
  }

  // Where a sign may stand: at the middle of its commune or, from near, beside it: it says "somewhere in here".
  standing(x, y, view, taken) {
    const offers = view.zoom < BESIDE_ZOOM ? [[0, 0]] : [[0, 0], [0, 2 * HALF_PX], [2 * HALF_PX, 0], [-2 * HALF_PX, 0]];
    return offers.find(([dx, dy]) => taken.free(around(x + dx, y + dy))) ?? [];
  }

  paint(ctx, view) {
    const look = colours();
    view.inPixels(ctx);
    for (const spot of this.spots) {
      if (this.show === 'amount') this.circle(ctx, spot, look);
      else if (!spot.whole) this.frame(ctx, spot, SMALL_PX, look);
    }
    for (const spot of this.spots) if (spot.whole) this.sign(ctx, spot, look);
  }

  frame(ctx, { x, y }, half, look) {
    ctx.beginPath();
    ctx.roundRect(x - half, y - half, 2 * half, 2 * half, half > 5 ? 3 : 1);
    ctx.fillStyle = look.surface;
    ctx.fill();
    ctx.lineWidth = 1.2;
    ctx.strokeStyle = look.accent;
    ctx.stroke();
  }

  sign(ctx, spot, look) {
    const { x, y, area: { count, sector } } = spot;
    this.frame(ctx, spot, HALF_PX, look);
    if (count > 1 || sector === MIXED) number(ctx, String(count), x, y, count > 99 ? 8.5 : 11, look.ink);
    else drawMark(ctx, this.symbols[sector], x, y, HALF_PX * 0.66, look);
  }

  circle(ctx, { x, y, area: { radius } }, look) {
    ctx.beginPath();
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
    ctx.fillStyle = alpha(look.dark ? '#41b6c4' : '#225ea8', 0.62);
    ctx.fill();
    ctx.lineWidth = 1.1;
    ctx.strokeStyle = look.surface;
    ctx.stroke();
  }
}
