// Names on the map: drawn by importance, none over another, in the language of the page, under the marks.
import { colours } from './colours.js';
import { toUnit } from './mercator.js';

// kind: [least zoom, size, weight, letter spacing, muted]
const STYLES = {
  country: [4, 15, 600, 2, true],
  sea: [4, 13, 400, 2, true],
  region: [5.2, 12.5, 600, 1, true],
  town1: [4.5, 13, 650, 0, false],
  town2: [5, 12.5, 600, 0, false],
  town3: [6.6, 12, 550, 0, false],
  town4: [8.2, 11.5, 500, 0, false],
  province: [7, 12, 600, 0.6, true],
  commune: [9.3, 11, 450, 0, false],
};
const LEAVE = { region: 7.2, province: 9.6, country: 8 };

export class Labels {
  constructor() { this.list = []; this.rtl = false; }

  set(rows) {
    this.list = rows.map(([text, lon, lat, kind]) => ({ text, kind, at: toUnit(lon, lat) }));
  }

  paint(ctx, view) {
    const look = colours();
    view.inPixels(ctx);
    ctx.textBaseline = 'middle';
    ctx.textAlign = 'center';
    ctx.direction = this.rtl ? 'rtl' : 'ltr';
    ctx.lineJoin = 'round';
    const taken = [];
    for (const label of this.list) {
      const [least, size, weight, spacing, muted] = STYLES[label.kind];
      if (view.zoom < least || view.zoom >= (LEAVE[label.kind] ?? 99)) continue;
      const [x, y] = view.pixel(label.at);
      if (x < -80 || y < -20 || x > view.width + 80 || y > view.height + 20) continue;
      this.one(ctx, label, { x, y, size: this.rtl ? size + 1.5 : size, weight, spacing, muted }, taken, look);
    }
    ctx.letterSpacing = '0px';
  }

  one(ctx, { text, kind }, { x, y, size, weight, spacing, muted }, taken, look) {
    ctx.font = `${weight} ${size}px "Atlas Sans", "Noto Sans Arabic", sans-serif`;
    ctx.letterSpacing = this.rtl ? '0px' : `${spacing}px`; // Arabic letters are joined: never spaced
    const half = ctx.measureText(text).width / 2 + 3;
    const town = kind.startsWith('town');
    const middle = town ? y - size * 0.95 : kind === 'commune' ? y + 17 : y;
    const box = [x - half, middle - size * 0.65, x + half, (town ? y + 4 : middle + size * 0.65)];
    if (taken.some(([a, b, c, d]) => box[0] < c && box[2] > a && box[1] < d && box[3] > b)) return;
    taken.push(box);
    if (town) this.dot(ctx, x, y, kind, look);
    ctx.lineWidth = 3.2;
    ctx.strokeStyle = look.dark ? 'rgba(18,23,31,.88)' : 'rgba(250,247,242,.9)';
    ctx.strokeText(text, x, middle);
    ctx.fillStyle = muted ? look.muted : look.ink;
    ctx.fillText(text, x, middle);
  }

  dot(ctx, x, y, kind, look) {
    const radius = { town1: 3.2, town2: 2.8, town3: 2.3, town4: 1.8 }[kind];
    ctx.beginPath();
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
    ctx.fillStyle = look.surface;
    ctx.fill();
    ctx.lineWidth = 1.3;
    ctx.strokeStyle = look.ink;
    ctx.stroke();
  }
}
