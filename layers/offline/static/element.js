// Elements made of names and texts: a text is always set as text.

const SHORT = 14; // letters: longer ones are words, which may turn the line
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

// A cell of a table: a figure is never cut in two.
export const cell = (text, attributes = {}) => el('td', { ...attributes, ...(text.length < SHORT ? { class: 'short' } : {}) }, text);

export const isWeb = (address) => /^https?:\/\//.test(address ?? '');

// A picture with what is said of it: what it shows, whose it is, under which licence.
export function figure({ src, alt, caption, credit, licence, licence_url: url }) {
  const terms = licence && isWeb(url) ? el('a', { href: url, rel: 'noopener noreferrer nofollow license', target: '_blank', dir: 'ltr' }, licence) : licence;
  const about = [caption, credit, terms].filter(Boolean).flatMap((part, number) => (number ? [' · ', part] : [part]));
  return el('figure', {}, el('img', { src, alt, decoding: 'async' }), about.length ? el('figcaption', {}, ...about) : '');
}

// The sign of a sector, as on the map; without a label where the word stands beside it.
export function sign({ path, colour, label }, size = 18) {
  const svg = document.createElementNS(SVG, 'svg');
  const attributes = { viewBox: '-10 -10 20 20', width: size, height: size, class: 'sign', ...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': 'true' }) };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  const shape = document.createElementNS(SVG, 'path');
  for (const [name, value] of Object.entries({ d: path, fill: colour, stroke: 'currentColor', 'stroke-width': 1.2 })) shape.setAttribute(name, value);
  svg.append(shape);
  return svg;
}

// How alike two folded words are, 0 to 1: the pairs of letters they share (Dice).
export function alike(one, other) {
  const pairs = (word) => Array.from({ length: Math.max(0, word.length - 1) }, (_, i) => word.slice(i, i + 2));
  const [left, right] = [pairs(one), pairs(other)];
  const rest = [...right];
  const shared = left.filter((pair) => rest.includes(pair) && rest.splice(rest.indexOf(pair), 1)).length;
  return left.length + right.length ? (2 * shared) / (left.length + right.length) : 0;
}

// A drawing of a button, in lines; the button itself says its name.
export function icon(d) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', d);
  svg.append(path);
  return svg;
}

// The same word whatever its accents, its case and the shapes of its letters.
export function folded(text) {
  return text.normalize('NFKD').replace(/[\u0300-\u036f\u064b-\u065f\u0670\u0640]/g, '').toLowerCase()
    .replace(/[أإآٱ]/g, 'ا').replace(/ى/g, 'ي').replace(/ة/g, 'ه').replace(/['’ʼ-]/g, ' ').replace(/\s+/g, ' ').trim();
}
