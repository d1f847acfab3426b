// The ground and the communes: neighbours, borders, what is out of focus, classes, hatches, what is selected.
import { alpha, colours } from './colours.js';
import { Choropleth } from './choropleth.js';
import { pattern } from './patterns.js';

const range = (first, last) => Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i);

export class Ground {
  constructor(communes) { Object.assign(this, { communes, neighbours: null, frame: null }); }

  paint(ctx, view) {
    const look = colours();
    const scale = view.inPaths(ctx);
    if (this.neighbours) {
      ctx.fillStyle = look.dark ? '#171d25' : '#ebe7e0';
      ctx.fill(this.neighbours);
    }
    const land = this.communes.merged(this.communes.within(view.window()));
    ctx.fillStyle = look.dark ? '#1d242d' : look.paper;
    if (!this.communes.whole) for (const outline of this.communes.lines.country) ctx.fill(outline);
    ctx.fill(land);
    ctx.lineJoin = 'bevel';
    ctx.lineWidth = 1 / scale; // closes the seams between communes; any wider is fifty times slower
    ctx.strokeStyle = ctx.fillStyle;
    ctx.stroke(land);
    if (this.frame) { // nothing is known beyond: the map ends with a line, as a printed one does
      ctx.fillStyle = look.paper;
      ctx.fill(this.frame, 'evenodd');
      ctx.lineWidth = 1 / scale;
      ctx.strokeStyle = look.edge;
      ctx.stroke(this.frame);
    }
  }
}

const WORLD = 2 ** 24; // wider than all paths, in their units

export class Territory {
  constructor(communes) {
    this.communes = communes;
    this.focus = null;
    this.choropleth = new Choropleth(communes);
    this.areas = [];
    this.selection = { communes: [], hatched: [] };
    this.merged = new Map();
  }

  // Outlines came: what was joined is joined again when it is next drawn.
  forget() {
    this.merged.clear();
    this.choropleth.forget();
  }

  // What a run brings; what does not depend on it stays joined.
  set({ focus, selection, choropleth }, areas) {
    if (this.focus?.key !== focus.key) for (const name of ['outside', 'inside']) this.merged.delete(name);
    for (const name of ['areas', 'hatched', 'selected']) this.merged.delete(name);
    Object.assign(this, { focus, selection, areas });
    this.choropleth.set(choropleth);
  }

  group(name, indexes) {
    if (!this.merged.has(name)) this.merged.set(name, this.communes.merged(indexes()));
    return this.merged.get(name);
  }

  // Three canvases, bottom to top: what changes with each run, what changes with the territory only, what is chosen.
  paintFills(ctx, view) {
    const scale = view.inPaths(ctx);
    ctx.lineJoin = 'round';
    this.choropleth.paint(ctx, scale);
    this.paintAreas(ctx, view, scale, colours());
  }

  paintLines(ctx, view) {
    const [look, scale] = [colours(), view.inPaths(ctx)];
    ctx.lineJoin = 'round';
    this.paintRivers(ctx, view, scale, look);
    this.paintBorders(ctx, view, scale, look);
    this.paintVeil(ctx, look);
  }

  paintChosen(ctx, view) {
    const scale = view.inPaths(ctx);
    ctx.lineJoin = 'round';
    this.choropleth.paintTowns(ctx, view, scale);
    view.inPaths(ctx);
    this.paintSelection(ctx, scale, colours());
  }

  paintRivers(ctx, view, scale, look) {
    if (!this.rivers) return;
    ctx.lineWidth = (view.zoom < 7 ? 0.6 : 1) / scale;
    ctx.strokeStyle = look.dark ? '#31506a' : '#9dbccb';
    ctx.stroke(this.rivers);
  }

  paintAreas(ctx, view, scale, look) {
    if (!this.areas.length) return;
    const near = view.zoom >= 8.4;
    ctx.fillStyle = look.dark ? 'rgba(120,160,245,.17)' : 'rgba(70,120,215,.13)';
    ctx.lineWidth = (near ? 1.1 : 0.8) / scale;
    ctx.strokeStyle = alpha(look.accent, near ? 0.8 : 0.5);
    const path = this.group('areas', () => this.areas);
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
      stroke([this.group('all', () => range(0, this.communes.paths.length))], 0.5, alpha(ink, view.zoom < 8.5 ? 0.2 : 0.32));
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
    const [country] = this.communes.lines.country;
    if (this.communes.whole || !country) {
      ctx.fill(this.group('outside', () => [...range(0, first), ...range(last, this.communes.paths.length)]));
      return;
    }
    const around = new Path2D(country); // as long as nobody looked beyond the region its outline stands for the rest
    around.addPath(this.group('inside', () => range(first, last)));
    ctx.fill(around, 'evenodd');
  }

  paintSelection(ctx, scale, look) {
    const { communes, hatched } = this.selection;
    if (hatched.length) {
      const path = this.group('hatched', () => hatched.flatMap(([from, to]) => range(from, to)));
      ctx.fillStyle = pattern(ctx, 'hatch', look.dark ? '#f2b25c' : '#a65208', scale);
      ctx.fill(path);
    }
    if (!communes.length) return;
    const path = this.group('selected', () => communes);
    const many = communes.length > 1;
    ctx.save();
    if (many) { // a province is outlined as one: the borders inside it stay as they are
      const outside = new Path2D();
      outside.rect(-WORLD, -WORLD, 2 * WORLD, 2 * WORLD);
      outside.addPath(path);
      ctx.clip(outside, 'evenodd');
    }
    for (const [width, colour] of [[5, alpha(look.paper, 0.9)], [2.6, look.ink]]) {
      ctx.lineWidth = (many ? 1.6 * width : width) / scale;
      ctx.strokeStyle = colour;
      ctx.stroke(path);
    }
    ctx.restore();
  }
}
