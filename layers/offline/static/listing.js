// The list under the map says the same as the map: each row opens its sheet.
import { cell, el, sign } from './element.js';

const FIRST = 30;

export class Listing {
  constructor(host, words, open) { Object.assign(this, { host, words, open, shown: FIRST }); }

  draw({ caption, columns, rows }, selected) {
    const all = el('tbody', {}, ...rows.slice(0, this.shown).map((row) => this.row(row, columns, row.code === selected)));
    const more = rows.length > this.shown
      ? el('button', { type: 'button', class: 'button', onclick: () => { this.shown = rows.length; this.draw({ caption, columns, rows }, selected); } }, this.words.t('facets.more', { n: rows.length }))
      : '';
    this.host.replaceChildren(...[el('table', {},
      el('caption', {}, caption),
      el('thead', {}, el('tr', {}, ...columns.map((name) => el('th', { scope: 'col' }, name)))),
      all), more].filter(Boolean));
  }

  row({ code, cells, note, signs = [] }, columns, on) {
    const [first, ...rest] = cells;
    const name = code ? el('button', { type: 'button', class: 'plain', onclick: () => this.open(code) }, first) : el('span', {}, first);
    return el('tr', on ? { class: 'selected' } : {},
      el('th', { scope: 'row' }, el('div', {}, signs.length ? el('span', { class: 'signs' }, ...signs.map((one) => sign(one))) : '', name), note ? el('span', { class: 'note' }, note) : ''),
      ...rest.map((text, number) => cell(text, { 'data-label': columns[number + 1] })));
  }

  // Another question: the list is short again.
  fold() { this.shown = FIRST; }
}
