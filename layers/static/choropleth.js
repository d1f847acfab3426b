// Communes coloured by class. Paths are grouped by class in one pass per state, then filled class by class.
import { alpha, colours } from './colours.js';
import { marked, unpacked } from './packing.js';
import { pattern } from './patterns.js';

const INSUFFICIENT = 251;
const WITHHELD = 252;
const NOT_APPLICABLE = 253;
const NO_DATA = 254;
const HIDDEN = 255;
const OVER = 'rgba(31,39,51,.6)'; // patterns over a colour: dark in both themes, as the colours are light
const OPACITY = 0.86; // the relief stays felt
const TOWN_UNITS = 250; // about 8 km of path: a commune smaller than this gets a disc while its outline is too small to see
const TOWN_PX = 9;
const DISC_PX = 4.5;
const DISC_ZOOM = 6.8; // below, all communes are small: discs would only hide them

export class Choropleth {
  constructor(communes) {
    Object.assign(this, { communes, classes: null, groups: null, spots: [] });
  }

  set(state) {
    this.groups = null;
    this.spots = [];
    if (!state) { Object.assign(this, { classes: null, figures: null }); return; }
    this.first = state.first;
    this.classes = unpacked(state.classes);
    this.palette = state.palette;
    this.figures = state.figures;
    this.over = Object.entries(state.over || {}).map(([name, text]) => [name, new Set(marked(text))]);
  }

  forget() { this.groups = null; }

  classOf(commune) {
    return this.classes?.[commune - this.first] ?? HIDDEN;
  }

  figureOf(commune) {
    return this.figures?.[commune - this.first] ?? '';
  }

  grouped() {
    if (this.groups) return this.groups;
    const paths = new Map();
    const into = (key, path) => {
      if (!paths.has(key)) paths.set(key, new Path2D());
      paths.get(key).addPath(path);
    };
    const towns = [];
    this.classes.forEach((of, i) => {
      const shape = this.communes.paths[this.first + i];
      if (!shape || of === HIDDEN) return;
      into(of, shape.path);
      for (const [name, marks] of this.over) if (marks.has(i)) into(name, shape.path);
      const [west, north, east, south] = shape.box;
      const extent = Math.max(east - west, south - north);
      if (extent < TOWN_UNITS) towns.push({ commune: this.first + i, of, extent });
    });
    this.groups = { paths, towns };
    return this.groups;
  }

  // What a class is filled with, bottom to top.
  fills(ctx, of, scale, look) {
    const grey = look.dark ? '#39424d' : '#d9d9d9';
    if (of === NO_DATA) return [grey, pattern(ctx, 'hatch', look.muted, scale)];
    if (of === INSUFFICIENT) return [grey, pattern(ctx, 'crossed', look.muted, scale)];
    if (of === WITHHELD) return [grey, pattern(ctx, 'stipple', look.muted, scale)];
    if (of === NOT_APPLICABLE) return [alpha(look.paper, 0.7), pattern(ctx, 'rules', look.edge, scale)];
    return [alpha(this.palette[of], OPACITY)];
  }

  paint(ctx, scale) {
    if (!this.classes) return;
    const look = colours();
    for (const [of, path] of this.grouped().paths) {
      if (typeof of === 'string') continue; // a pattern over colours: painted last
      for (const fill of this.fills(ctx, of, scale, look)) { ctx.fillStyle = fill; ctx.fill(path); }
    }
    for (const [name] of this.over) {
      const path = this.groups.paths.get(name);
      if (!path) continue;
      ctx.fillStyle = pattern(ctx, name, OVER, scale);
      ctx.fill(path);
    }
  }

  // Towns too small to be seen as areas: a disc of their class at their centre, until their outline outgrows it.
  paintTowns(ctx, view, scale) {
    this.spots = [];
    if (!this.classes || view.zoom < DISC_ZOOM) return;
    const look = colours();
    view.inPixels(ctx);
    for (const { commune, of, extent } of this.grouped().towns) {
      const place = this.communes.places[commune];
      if (!place || extent * scale >= TOWN_PX) continue;
      const [x, y] = view.pixel(place);
      if (!view.holds(x, y, DISC_PX)) continue;
      ctx.beginPath();
      ctx.arc(x, y, DISC_PX, 0, 2 * Math.PI);
      for (const fill of this.fills(ctx, of, 1, look)) { ctx.fillStyle = fill; ctx.fill(); }
      ctx.lineWidth = 1;
      ctx.strokeStyle = look.dark ? '#0d1218' : '#1f2733';
      ctx.stroke();
      this.spots.push({ x, y, reach: DISC_PX + 2, hit: { kind: 'commune', index: commune } });
    }
  }
}
