// Lines from countries to communes. A country beyond the map stands at the edge, on the side where it lies.
import { alpha, colours } from './colours.js';
import { MARGIN } from './surface.js';
import { toUnit } from './mercator.js';

const INSET_PX = 22; // of the labels from the edge of what is seen
const BUTTONS_PX = 62; // where the buttons of the map stand
const ROW_PX = 22; // between two rows of labels
const [GAP_PX, PADDING_PX, HEIGHT_PX] = [6, 7, 18];
const THICKEST_PX = 4;

// Move signs of one row so that none hides another, from the near end to the far one and back.
function spread(row, axis, length, near, far, gap) {
  let from = near;
  for (const one of row) { one[axis] = Math.max(one[axis], from + length(one) / 2); from = one[axis] + length(one) / 2 + gap; }
  let to = far;
  for (const one of [...row].reverse()) { one[axis] = Math.min(one[axis], to - length(one) / 2); to = one[axis] - length(one) / 2 - gap; }
}

export class Flows {
  constructor(communes, legend) { Object.assign(this, { communes, legend, state: null, rtl: false }); }

  set(state) { this.state = state ?? null; }

  // What is seen of the canvas, which is drawn beyond the map on every side.
  seen({ width, height }) {
    const [x, y] = [width, height].map((length) => (length * MARGIN) / (1 + 2 * MARGIN));
    const [left, right] = this.rtl ? [BUTTONS_PX, INSET_PX] : [INSET_PX, BUTTONS_PX];
    return { left: x + left, top: y + INSET_PX, right: width - x - right, bottom: height - y - INSET_PX };
  }

  // Where the way from the middle of the map to a country leaves what is seen, and by which side.
  port(view, [label, lon, lat], edge) {
    const [x, y] = view.pixel(toUnit(lon, lat));
    if (x > edge.left && x < edge.right && y > edge.top && y < edge.bottom) return { label, x, y, side: 'inside' };
    const [midX, midY] = [(edge.left + edge.right) / 2, (edge.top + edge.bottom) / 2];
    const [dx, dy] = [x - midX, y - midY];
    const across = (dx > 0 ? edge.right - midX : midX - edge.left) / Math.abs(dx || 1e-9);
    const along = (dy > 0 ? edge.bottom - midY : midY - edge.top) / Math.abs(dy || 1e-9);
    const t = Math.min(across, along);
    return { label, x: midX + dx * t, y: midY + dy * t, side: across < along ? 'upright' : 'flat' };
  }

  // Labels on one side keep their order and stand apart, in a second row where one is too short.
  apart(ports, edge) {
    for (const top of [true, false]) {
      let [rows, filled] = [[[]], 0];
      const own = ports.filter(({ side, y }) => side === 'flat' && (y < (edge.top + edge.bottom) / 2) === top);
      for (const port of own.sort((a, b) => a.x - b.x)) {
        if (filled && filled + port.width > edge.right - edge.left) { rows.push([]); filled = 0; }
        rows.at(-1).push(port);
        filled += port.width + GAP_PX;
      }
      rows.forEach((row, i) => {
        for (const port of row) port.y += (top ? 1 : -1) * i * ROW_PX;
        spread(row, 'x', (port) => port.width, edge.left, edge.right, GAP_PX);
      });
    }
    for (const left of [true, false]) {
      const own = ports.filter(({ side, x }) => side === 'upright' && (x < (edge.left + edge.right) / 2) === left);
      for (const port of own) port.x = left ? edge.left + port.width / 2 : edge.right - port.width / 2;
      const legend = left === !this.rtl ? this.legend?.offsetHeight ?? 0 : 0;
      spread(own.sort((a, b) => a.y - b.y), 'y', () => HEIGHT_PX, edge.top + ROW_PX, edge.bottom - legend, 2);
    }
  }

  paint(ctx, view) {
    if (!this.state) return;
    const look = colours();
    view.inPixels(ctx);
    ctx.font = '600 11.5px "Atlas Sans", "Noto Sans", sans-serif';
    const edge = this.seen(view);
    const ports = this.state.countries.map((country) => this.port(view, country, edge));
    for (const port of ports) port.width = ctx.measureText(port.label).width + 2 * PADDING_PX;
    this.apart(ports, edge);
    const most = Math.max(...this.state.lines.map(([, , count]) => count), 2);
    ctx.lineCap = 'round';
    for (const [country, commune, count, strong] of this.state.lines) {
      const place = this.communes.places[commune];
      if (place) this.line(ctx, ports[country], view.pixel(place), 1 + ((THICKEST_PX - 1) * (count - 1)) / (most - 1), strong, look);
    }
    for (const port of ports) this.label(ctx, port, look);
  }

  line(ctx, { x, y }, [toX, toY], width, strong, look) {
    const [dx, dy] = [toX - x, toY - y];
    const bend = 0.12;
    const path = new Path2D();
    path.moveTo(x, y);
    path.quadraticCurveTo(x + dx / 2 - dy * bend, y + dy / 2 + dx * bend, toX, toY);
    const colour = this.state.colours[strong];
    for (const [more, said] of [[2, alpha(look.paper, 0.7)], [0, alpha(colour, strong ? 0.95 : 0.5)]]) {
      ctx.lineWidth = width + more + (strong ? 0.8 : 0);
      ctx.strokeStyle = said;
      ctx.stroke(path);
    }
  }

  label(ctx, { x, y, width, label }, look) {
    ctx.beginPath();
    ctx.roundRect(x - width / 2, y - HEIGHT_PX / 2, width, HEIGHT_PX, HEIGHT_PX / 2);
    ctx.fillStyle = look.surface;
    ctx.fill();
    ctx.lineWidth = 1;
    ctx.strokeStyle = look.edge;
    ctx.stroke();
    Object.assign(ctx, { fillStyle: look.ink, textAlign: 'center', textBaseline: 'middle' });
    ctx.fillText(label, x, y + 0.5);
  }
}
