// Elements made of names and texts: a text is always set as text.

const SVG = 'http://www.w3.org/2000/svg';

export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ''));
  return element;
}

// The sign of a sector, as on the map.
export function sign({ path, colour, label }, size = 18) {
  const svg = document.createElementNS(SVG, 'svg');
  const attributes = { viewBox: '-10 -10 20 20', width: size, height: size, class: 'sign', role: 'img', 'aria-label': label };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  const shape = document.createElementNS(SVG, 'path');
  for (const [name, value] of Object.entries({ d: path, fill: colour, stroke: 'currentColor', 'stroke-width': 1.2 })) shape.setAttribute(name, value);
  svg.append(shape);
  return svg;
}

// The same word whatever its accents, its case and the shapes of its letters.
export function folded(text) {
  return text.normalize('NFKD').replace(/[\u0300-\u036f\u064b-\u065f\u0670\u0640]/g, '').toLowerCase()
    .replace(/[أإآٱ]/g, 'ا').replace(/ى/g, 'ي').replace(/ة/g, 'ه').replace(/['’ʼ-]/g, ' ').replace(/\s+/g, ' ').trim();
}
