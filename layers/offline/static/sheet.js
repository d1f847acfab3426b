// The sheet of what was opened: sections of facts, entries and text, all of it set as text.
import { cell, el, figure, icon, isWeb, sign } from './element.js';


export class Sheet {
  constructor(host, words, open) { Object.assign(this, { host, words, open }); }

  // `back` leads to the sheet before, where one led to this.
  draw(content, back) {
    this.host.hidden = !content;
    if (!content) { this.host.replaceChildren(); return; }
    const { title, original, status, marks = [], sections } = content;
    const heading = el('h2', { id: 'sheet-title', tabindex: -1 }, title);
    this.host.replaceChildren(el('article', { 'aria-labelledby': 'sheet-title' },
      el('header', {},
        el('button', { type: 'button', class: 'close', 'aria-label': this.words.t('sheet.close'), onclick: () => this.open('') }, '×'),
        back ? el('button', { type: 'button', class: 'back', title: this.words.t('offline.back'), 'aria-label': this.words.t('offline.back'), onclick: back }, icon('M15 5l-7 7l7 7')) : '',
        el('p', { class: 'kind' }, ...marks.flatMap((mark) => [sign(mark), el('span', {}, mark.label)])),
        heading,
        original ? el('p', { class: 'note', lang: 'fr', dir: 'ltr' }, original) : '',
        el('p', {}, el('span', { class: `badge ${status.code}` }, status.label), status.note ? el('span', { class: 'note' }, status.note) : '')),
      ...sections.map((section) => this.section(section))));
    this.host.scrollTop = 0;
  }

  section({ title, facts = [], entries = [], pictures = [], table, text, french }) {
    const foreign = french ? { lang: 'fr', dir: 'ltr' } : {};
    return el('section', {},
      el('h3', {}, title),
      facts.length ? el('dl', {}, ...facts.flatMap((fact) => [el('dt', {}, fact.label), el('dd', {}, ...this.said(fact))])) : '',
      entries.length ? el('ul', {}, ...entries.map((item) => el('li', {}, ...this.said(item)))) : '',
      ...pictures.map(figure),
      table ? this.table(table) : '',
      text ? el('p', foreign, text) : '');
  }

  table({ heads, rows }) {
    return el('table', {},
      el('thead', {}, el('tr', {}, ...heads.map((head) => el('th', { scope: 'col' }, head)))),
      el('tbody', {}, ...rows.map(([name, ...cells]) => el('tr', {}, el('th', { scope: 'row' }, name), ...cells.map((text) => cell(text))))));
  }

  said({ value, note, open, url, marks = [], french }) {
    const signs = marks.map((mark) => sign(mark));
    const shown = open ? el('button', { type: 'button', class: 'plain', onclick: () => this.open(open) }, ...signs, value)
      : isWeb(url) ? el('a', { href: url, rel: 'noopener noreferrer nofollow', target: '_blank', dir: 'ltr' }, value)
        : el('span', french ? { lang: 'fr', dir: 'ltr' } : {}, ...signs, value);
    return [shown, note ? el('span', { class: 'note' }, note) : ''];
  }
}
