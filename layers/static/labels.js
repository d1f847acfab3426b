// Names on the map: placed by importance, none over another nor over a point, in the language of the page.
import { colours } from './colours.js';
import { toUnit } from './mercator.js';
import { MARGIN } from './surface.js';

// kind: [least zoom, size, weight, letter spacing, muted]
const STYLES = {
  country: [5, 14, 500, 4, true],
  sea: [4, 13, 450, 2, true],
  coast: [6.8, 13, 450, 2, true],
  region: [5.2, 12.5, 600, 1, true],
  town1: [4.5, 13.5, 650, 0, false],
  town2: [5, 12.5, 600, 0, false],
  town3: [6.6, 12, 550, 0, false],
  town4: [8.2, 11.5, 500, 0, false],
  province: [7, 11.5, 550, 0.8, true],
  commune: [9.3, 11.5, 450, 0, false],
};
const LEAVE = { region: 7.2, province: 9.6, country: 8, sea: 6.8, coast: 9 };
const DOTS = { town1: 3.2, town2: 2.8, town3: 2.3, town4: 1.8 };
const SEAS = new Set(['atlantic', 'mediterranean']);
const OFF_SHORE = { atlantic: [-10.9, 30.75] }; // where a sea is named again from near
const ALWAYS = new Set(['town1', 'town2']); // named even where a point lies in the way
const BESIDE = [[0, -1], [0, 1], [1, 0], [-1, 0]]; // of its dot: above, below, to the right, to the left

export class Labels {
  constructor() {
    Object.assign(this, { list: [], around: [], rtl: false, placed: [], widths: new Map(), covered: () => [] });
  }

  set(rows) {
    this.list = rows.map(([text, lon, lat, kind]) => ({ text, kind, at: toUnit(lon, lat) }));
  }

  // Seas and neighbours: features with the name of a word, and the words.
  surround(features, words) {
    const row = (name, kind, place) => ({ text: words[name], kind, at: toUnit(...place) });
    this.around = features.flatMap(({ properties: { name }, geometry: { coordinates } }) => [
      row(name, SEAS.has(name) ? 'sea' : 'country', coordinates),
      ...(OFF_SHORE[name] ? [row(name, 'coast', OFF_SHORE[name])] : []),
    ]);
  }

  // Fonts came: names are measured again.
  forget() { this.widths.clear(); }

  font({ kind }) {
    const [, size, weight] = STYLES[kind];
    return `${kind === 'sea' || kind === 'coast' ? 'italic ' : ''}${weight} ${this.rtl ? size + 1.5 : size}px "Atlas Sans", "Noto Sans", sans-serif`;
  }

  // Arabic letters are joined: never spaced.
  spacing({ kind }) { return this.rtl ? 0 : STYLES[kind][3]; }

  halfWidth(ctx, label) {
    const key = `${label.kind} ${label.text}`;
    if (!this.widths.has(key)) {
      ctx.font = this.font(label);
      ctx.letterSpacing = `${this.spacing(label)}px`;
      this.widths.set(key, ctx.measureText(label.text).width / 2 + 3);
      ctx.letterSpacing = '0px';
    }
    return this.widths.get(key);
  }

  place(ctx, view, taken) {
    this.placed = [];
    this.edges = [view.width, view.height].map((full) => [full * MARGIN, full * (1 + MARGIN)].map((at) => at / (1 + 2 * MARGIN)));
    const corner = this.edges.map(([first]) => first);
    this.hidden = this.covered().map((box) => box.map((at, side) => at / view.mark + corner[side % 2]));
    for (const label of [...this.around, ...this.list]) {
      if (view.zoom < STYLES[label.kind][0] || view.zoom >= (LEAVE[label.kind] ?? 99)) continue;
      const [x, y] = view.pixel(label.at);
      if (view.holds(x, y, 80)) this.one(ctx, label, x, y, taken);
    }
  }

  one(ctx, label, x, y, taken) {
    const half = this.halfWidth(ctx, label);
    const size = STYLES[label.kind][1] + (this.rtl ? 1.5 : 0);
    const tall = size * 0.62;
    const box = (cx, cy) => [cx - half, cy - tall, cx + half, cy + tall];
    const dot = DOTS[label.kind];
    const centres = dot
      ? BESIDE.map(([right, down]) => [x + right * (half + dot + 2), y + down * size * 0.95])
      : [[x, label.kind === 'commune' ? y + 17 : y]];
    const whole = centres.filter((centre) => !this.cut(box(...centre)));
    const free = whole.find((centre) => taken.free(box(...centre)));
    const centre = free ?? (ALWAYS.has(label.kind) && whole.find((one) => taken.names.free(box(...one))));
    if (!centre) return;
    taken.add(box(...centre));
    taken.names.add(box(...centre));
    if (dot) taken.add([x - dot, y - dot, x + dot, y + dot]);
    this.placed.push({ label, x, y, centre });
  }

  // Neither the edge of what is seen nor a button cuts a name; beyond the edge names wait for the map to be dragged.
  cut([west, north, east, south]) {
    const [across, down] = this.edges;
    if (this.hidden.some(([left, top, right, bottom]) => west < right && east > left && north < bottom && south > top)) return true;
    return across.some((x) => west < x && east > x) || down.some((y) => north < y && south > y);
  }

  paint(ctx, view) {
    const look = colours();
    view.inPixels(ctx);
    ctx.textBaseline = 'middle';
    ctx.textAlign = 'center';
    ctx.direction = this.rtl ? 'rtl' : 'ltr';
    ctx.lineJoin = 'round';
    for (const { label, x, y, centre } of this.placed) {
      if (DOTS[label.kind]) this.dot(ctx, x, y, DOTS[label.kind], look);
      ctx.font = this.font(label);
      ctx.letterSpacing = `${this.spacing(label)}px`;
      ctx.lineWidth = 3.4;
      ctx.strokeStyle = look.dark ? 'rgba(18,23,31,.9)' : 'rgba(250,247,242,.92)';
      ctx.strokeText(label.text, ...centre);
      ctx.fillStyle = STYLES[label.kind][4] ? look.muted : look.ink;
      ctx.fillText(label.text, ...centre);
    }
    ctx.letterSpacing = '0px';
    ctx.direction = 'ltr';
  }

  dot(ctx, x, y, radius, look) {
    ctx.beginPath();
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
    ctx.fillStyle = look.surface;
    ctx.fill();
    ctx.lineWidth = 1.3;
    ctx.strokeStyle = look.ink;
    ctx.stroke();
  }
}
