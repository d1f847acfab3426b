// The legend, built from what the server says of it; every word set as text, never as markup.

const SVG = 'http://www.w3.org/2000/svg';

function svg(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

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
    empty: () => [svg('path', { d: 'M-11-4L-3-10 8-8 11 3 3 10-9 7z', fill: 'none', stroke: 'var(--edge)' })],
  };
  picture.append(...shapes[kind]());
  return picture;
}

export function drawLegend(host, { title, rows, note }) {
  const box = document.createElement('details');
  box.open = host.querySelector('details')?.open ?? window.innerWidth > 820;
  const heading = document.createElement('summary');
  heading.textContent = title;
  const list = document.createElement('ul');
  for (const { symbol, label, count } of rows) {
    const item = document.createElement('li');
    const words = document.createElement('span');
    words.textContent = label;
    item.append(picture(symbol), words);
    if (count !== '') {
      const number = document.createElement('b');
      number.textContent = count;
      item.append(number);
    }
    list.append(item);
  }
  box.append(heading, list);
  if (note) {
    const small = document.createElement('p');
    small.textContent = note;
    box.append(small);
  }
  host.replaceChildren(box);
}
