// The legend, built from what the server says of it; every word set as text, never as markup.

export const WIDE = 620; // pixels of map from which on the legend is open and stands beside what is shown, not on it
const SVG = 'http://www.w3.org/2000/svg';

function svg(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

// Nested circles of real values, each named beside its top.
function circles({ circles: nested, colour }) {
  const rtl = document.documentElement.dir === 'rtl'; // the largest stands where reading starts
  const at = (x) => (rtl ? 190 - x : x);
  const most = nested.length ? nested[0].radius : 0;
  const box = svg('svg', { viewBox: `0 0 190 ${2 * most + 12}`, width: 190, height: 2 * most + 12, class: 'circles', direction: rtl ? 'rtl' : 'ltr', role: 'img', 'aria-label': nested.map(({ label }) => label).join(' · ') });
  const base = 2 * most + 6;
  let lowest = -Infinity;
  for (const { radius, label } of nested) {
    const top = base - 2 * radius;
    const line = Math.max(top, lowest + 13);
    lowest = line;
    box.append(svg('circle', { cx: at(most + 2), cy: base - radius, r: radius, fill: colour, 'fill-opacity': 0.35, stroke: 'currentColor', 'stroke-width': 1 }));
    box.append(svg('path', { d: `M${at(most + 2)} ${top}L${at(2 * most + 12)} ${line}H${at(2 * most + 22)}`, fill: 'none', stroke: 'var(--edge)', 'stroke-width': 0.8 }));
    const words = svg('text', { x: at(2 * most + 26), y: line, 'dominant-baseline': 'central' });
    words.textContent = label;
    box.append(words);
  }
  return box;
}

const swatch = (fill) => svg('rect', { x: -10, y: -7, width: 20, height: 14, fill, stroke: 'var(--edge)' });

const isDark = (colour) => [1, 3, 5].reduce((sum, at, i) => sum + parseInt(colour.slice(at, at + 2), 16) * [0.3, 0.59, 0.11][i], 0) < 128;

// The key of a map of two measures: a square of nine colours, named along its edges.
function square({ palette, right, up, words = [], counts = [] }) {
  const rtl = document.documentElement.dir === 'rtl'; // the key is read from its start, as its words are
  const said = words.map((word, i) => (counts[i] ? `${word}, ${counts[i]}` : word)).join(' · ');
  const box = svg('svg', { viewBox: '0 0 62 62', width: 74, height: 74, class: 'square', role: 'img', 'aria-label': said });
  palette.forEach((colour, i) => {
    const [x, y] = [(rtl ? 2 - (i % 3) : i % 3) * 20 + 1, (2 - Math.floor(i / 3)) * 20 + 1];
    const cell = svg('g', {});
    cell.append(svg('rect', { x, y, width: 20, height: 20, fill: colour, stroke: 'var(--surface)', 'stroke-width': 0.8 }));
    if (counts[i]) {
      const number = svg('text', { x: x + 10, y: y + 10.5, 'text-anchor': 'middle', 'dominant-baseline': 'central', 'font-size': 8, fill: isDark(colour) ? '#fff' : '#1f2733' });
      number.textContent = counts[i];
      cell.append(number);
    }
    if (words[i]) {
      const title = svg('title', {});
      title.textContent = words[i];
      cell.append(title);
    }
    box.append(cell);
  });
  const figure = document.createElement('div');
  figure.className = 'bivariate';
  for (const [name, text] of [['up', up], ['right', right]]) {
    const words = document.createElement('span');
    words.className = name;
    words.textContent = text;
    figure.append(words);
  }
  figure.append(box);
  return figure;
}

const WHOLE = { bivariate: square, circles };

function picture({ kind, path, colour, size = 10 }) {
  const picture = svg('svg', { viewBox: '-12 -12 24 24', width: 24, height: 24, 'aria-hidden': 'true' });
  const line = { stroke: 'currentColor', 'stroke-width': 1.3 };
  const shapes = {
    mark: () => [svg('path', { d: path, fill: colour, ...line, transform: 'scale(.85)' })],
    area: () => [svg('path', { d: 'M-11-4L-3-10 8-8 11 3 3 10-9 7z', fill: 'var(--accent)', 'fill-opacity': 0.16, stroke: 'var(--accent)', 'stroke-width': 1.2 }),
      svg('rect', { x: -5, y: -5, width: 10, height: 10, rx: 2, fill: 'var(--surface)', stroke: 'var(--accent)', 'stroke-width': 1.2 })],
    hatch: () => [svg('path', { d: 'M-10 10L10-10M-10 2L2-10M-2 10L10-2', fill: 'none', stroke: 'var(--saffron)', 'stroke-width': 1.5 }),
      svg('rect', { x: -10, y: -10, width: 20, height: 20, fill: 'none', stroke: 'var(--edge)' })],
    cluster: () => [svg('circle', { r: 9, fill: 'var(--surface)', stroke: 'currentColor', 'stroke-width': 2 })],
    circle: () => [svg('circle', { r: Math.min(size, 11), fill: colour, 'fill-opacity': 0.62, ...line })],
    fill: () => [svg('rect', { x: -10, y: -7, width: 20, height: 14, fill: colour, stroke: 'var(--edge)' })],
    nodata: () => [swatch('var(--nodata)'), svg('path', { d: 'M-10 7L4-7M-4 7L10-7M-10 1L-2-7M2 7L10-1', fill: 'none', stroke: 'var(--muted)', 'stroke-width': 1.2 })],
    insufficient: () => [swatch('var(--nodata)'), svg('path', { d: 'M-10 7L4-7M-4 7L10-7M-10-7L4 7M-4-7L10 7', fill: 'none', stroke: 'var(--muted)', 'stroke-width': 0.9 })],
    withheld: () => [swatch('var(--nodata)'), ...[-6, -2, 2, 6].map((x, i) => svg('circle', { cx: x, cy: i % 2 ? 2.5 : -2.5, r: 1.2, fill: 'var(--muted)' }))],
    notapplicable: () => [swatch('var(--paper)'), svg('path', { d: 'M-10-3.5H10M-10 0H10M-10 3.5H10', stroke: 'var(--edge)', 'stroke-width': 0.8 })],
    uncertain: () => [swatch('none'), svg('path', { d: 'M-10-7L4 7M-4-7L10 7M-10-1L-2 7M2-7L10 1', fill: 'none', stroke: 'currentColor', 'stroke-width': 0.9 })],
    passing: () => [swatch(colour || 'none'), svg('path', { d: 'M-10 7L4-7M-4 7L10-7M-10 1L-2-7M2 7L10-1', fill: 'none', stroke: '#1f2733', 'stroke-width': 0.9 })],
    silent: () => [swatch(colour || 'none'), ...[-6, 0, 6].flatMap((x) => [-3.5, 3.5].map((y) => svg('circle', { cx: x, cy: y, r: 1.2, fill: '#1f2733' })))],
    dot: () => [svg('circle', { r: Math.min(size, 11), fill: colour, stroke: 'currentColor', 'stroke-width': 0.9 })],
    hollow: () => [svg('circle', { r: Math.min(size, 11), fill: 'var(--surface)', stroke: 'var(--muted)', 'stroke-width': 1.1 })],
    empty: () => [svg('path', { d: 'M-11-4L-3-10 8-8 11 3 3 10-9 7z', fill: 'none', stroke: 'var(--edge)' })],
  };
  picture.append(...shapes[kind]());
  return picture;
}

// Open where there is room beside what is shown, until somebody opens or closes it.
export function openWhereRoom(host) {
  const box = host.querySelector('details');
  if (box && !('byHand' in host.dataset)) box.open = (host.closest('.leaflet-container')?.clientWidth ?? WIDE) >= WIDE;
}

export function drawLegend(host, { title, rows, note, hint }) {
  const box = document.createElement('details');
  box.open = Boolean(host.querySelector('details')?.open);
  const heading = document.createElement('summary');
  heading.onclick = () => { host.dataset.byHand = ''; };
  heading.textContent = title;
  const list = document.createElement('ul');
  for (const { symbol, label, count } of rows) {
    const item = document.createElement('li');
    const words = document.createElement('span');
    words.textContent = label;
    item.append((WHOLE[symbol.kind] ?? picture)(symbol), words);
    if (symbol.apart) item.className = 'apart';
    if (count !== '') {
      const number = document.createElement('b');
      number.textContent = count;
      item.append(number);
    }
    list.append(item);
  }
  box.append(heading, list);
  if (note || hint) {
    const small = document.createElement('p');
    small.textContent = [note, hint].filter(Boolean).join(' ');
    box.append(small);
  }
  host.replaceChildren(box);
  openWhereRoom(host);
}
