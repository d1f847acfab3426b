// The ground and the communes: neighbours, borders, what is out of focus, classes, hatches, what is selected.
import { alpha, colours, hatch } from './colours.js';

const HIDDEN = 255;
const NO_DATA = 254;
const NOT_APPLICABLE = 253;

export class Ground {
  constructor() { this.neighbours = null; this.land = null; this.rivers = null; }

  paint(ctx, view) {
    const look = colours();
    const scale = view.inPaths(ctx);
    if (this.neighbours) {
      ctx.fillStyle = look.dark ? '#171d25' : '#ebe7e0';
      ctx.fill(this.neighbours);
    }
    if (this.land) {
      ctx.fillStyle = look.dark ? '#1d242d' : look.paper;
      ctx.fill(this.land);
      ctx.lineJoin = 'round';
      ctx.lineWidth = 2 / scale;
      ctx.strokeStyle = look.dark ? '#1d242d' : look.paper;
      ctx.stroke(this.land); // closes hairlines between simplified communes
    }
  }
}

export class Territory {
  constructor(communes) {
    this.communes = communes;
    this.focus = null;
    this.choropleth = null;
    this.areas = [];
    this.selection = { communes: [], hatched: [] };
    this.merged = new Map();
  }

  forget() { this.merged.clear(); }

  group(name, chosen) {
    if (!this.merged.has(name)) this.merged.set(name, this.communes.merged(chosen));
    return this.merged.get(name);
  }

  paint(ctx, view) {
    const look = colours();
    const scale = view.inPaths(ctx);
    ctx.lineJoin = 'round';
    if (this.choropleth) this.paintClasses(ctx, scale, look);
    this.paintRivers(ctx, view, scale, look);
    this.paintAreas(ctx, scale, look);
    this.paintBorders(ctx, view, scale, look);
    this.paintVeil(ctx, look);
    this.paintSelection(ctx, scale, look);
    view.inPixels(ctx);
  }

  paintRivers(ctx, view, scale, look) {
    if (!this.rivers) return;
    ctx.lineWidth = (view.zoom < 7 ? 0.6 : 1) / scale;
    ctx.strokeStyle = look.dark ? '#31506a' : '#9dbccb';
    ctx.stroke(this.rivers);
  }

  paintClasses(ctx, scale, look) {
    const { first, classes, palette } = this.choropleth;
    const of = (wanted) => this.group(`class${wanted}`, (i) => classes[i - first] === wanted);
    palette.forEach((colour, i) => { ctx.fillStyle = alpha(colour, 0.82); ctx.fill(of(i)); });
    ctx.fillStyle = look.dark ? '#39424d' : '#d9d9d9';
    ctx.fill(of(NO_DATA));
    ctx.fillStyle = hatch(ctx, look.muted, scale);
    ctx.fill(of(NO_DATA));
    ctx.fillStyle = alpha(look.paper, 0.6);
    ctx.fill(of(NOT_APPLICABLE));
    ctx.fillStyle = 'rgba(0,0,0,0)';
    ctx.fill(of(HIDDEN));
  }

  paintAreas(ctx, scale, look) {
    if (!this.areas.length) return;
    ctx.fillStyle = alpha(look.accent, look.dark ? 0.2 : 0.13);
    ctx.lineWidth = 1.1 / scale;
    ctx.strokeStyle = alpha(look.accent, 0.85);
    const held = this.areas;
    const path = this.group('areas', (i) => held.includes(i));
    ctx.fill(path);
    ctx.stroke(path);
  }

  paintBorders(ctx, view, scale, look) {
    const { lines } = this.communes;
    const stroke = (paths, width, colour, dash = []) => {
      ctx.lineWidth = width / scale;
      ctx.strokeStyle = colour;
      ctx.setLineDash(dash.map((part) => part / scale));
      for (const path of paths) ctx.stroke(path);
      ctx.setLineDash([]);
    };
    const ink = look.dark ? '#c9d2dc' : '#4a4438';
    if (view.zoom >= 6.8) {
      stroke([this.group('all', () => true)], 0.5, alpha(ink, view.zoom < 8.5 ? 0.2 : 0.32));
    }
    if (view.zoom >= 5.6) stroke(lines.province, view.zoom < 7 ? 0.7 : 1.1, alpha(ink, 0.5));
    stroke(lines.region, view.zoom < 7 ? 1.1 : 1.6, alpha(ink, 0.72));
    stroke(lines.country, 1.3, alpha(ink, 0.85));
  }

  paintVeil(ctx, look) {
    if (!this.focus) return;
    const { first, last } = this.focus;
    if (last - first >= this.communes.paths.length) return;
    ctx.fillStyle = alpha(look.dark ? '#12171f' : look.paper, 0.62);
    ctx.fill(this.group('outside', (i) => i < first || i >= last));
  }

  paintSelection(ctx, scale, look) {
    const { communes, hatched } = this.selection;
    if (hatched.length) {
      const path = this.group('hatched', (i) => hatched.some(([from, to]) => i >= from && i < to));
      ctx.fillStyle = hatch(ctx, look.dark ? '#f2b25c' : '#a65208', scale);
      ctx.fill(path);
    }
    if (!communes.length) return;
    const path = this.group('selected', (i) => communes.includes(i));
    ctx.lineWidth = 5 / scale;
    ctx.strokeStyle = alpha(look.paper, 0.9);
    ctx.stroke(path);
    ctx.lineWidth = 2.6 / scale;
    ctx.strokeStyle = look.ink;
    ctx.stroke(path);
  }
}
