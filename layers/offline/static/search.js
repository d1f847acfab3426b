// One box finds communes, villages and projects by name, in either script, accents aside.
import { alike, el, folded } from './element.js';

const MOST = 12;
const NEAR = 0.55; // of likeness: below, another name is another name

export class Search {
  // `things`: code, names, kind and weight of all that can be opened; read when the box is first used.
  constructor(words, things, open) {
    Object.assign(this, { words, things, open, known: null });
    this.input = el('input', {
      type: 'search', id: 'search', autocomplete: 'off', role: 'combobox', 'aria-expanded': 'false', 'aria-controls': 'found',
      placeholder: words.t('offline.search'), 'aria-label': words.t('offline.search'), oninput: () => this.draw(), onkeydown: (event) => this.key(event),
    });
    this.list = el('ul', { id: 'found', role: 'listbox', hidden: true });
    this.box = el('div', { class: 'search' }, this.input, this.list);
    addEventListener('pointerdown', ({ target }) => { if (!this.box.contains(target)) this.close(); });
  }

  find(text) {
    const wanted = folded(text);
    if (wanted.length < 2) return [];
    this.known ??= this.things().map((thing) => ({ ...thing, keys: thing.names.filter(Boolean).map(folded) }));
    const score = ({ keys }) => Math.max(...keys.map((key) => (key === wanted ? 4 : key.startsWith(wanted) ? 3 : key.includes(` ${wanted}`) ? 2 : key.includes(wanted) ? 1 : 0)));
    const scored = (how) => this.known.map((thing) => ({ thing, score: how(thing) })).filter(({ score: found }) => found);
    const near = ({ keys }) => Math.max(...keys.map((key) => { const found = alike(key, wanted); return found < NEAR ? 0 : found; }));
    const sure = scored(score);
    return (sure.length ? sure : scored(near))
      .sort((a, b) => b.score - a.score || b.thing.rank - a.thing.rank || b.thing.weight - a.thing.weight).slice(0, MOST).map(({ thing }) => thing);
  }

  draw() {
    const found = this.find(this.input.value);
    const asked = folded(this.input.value).length > 1;
    this.list.replaceChildren(...found.map(({ code, names, kind }, i) => el('li', { role: 'option', id: `found-${i}`, onclick: () => this.take(code) },
      el('span', {}, names[0]), el('span', { class: 'note' }, kind))), ...(asked && !found.length ? [el('li', { class: 'note' }, this.words.t('offline.not_found'))] : []));
    this.list.hidden = !asked;
    this.input.setAttribute('aria-expanded', String(asked));
    this.at = -1;
    this.codes = found.map(({ code }) => code);
  }

  key(event) {
    if (event.key === 'Escape') { this.close(); event.stopPropagation(); }
    if (event.key === 'Enter' && this.codes?.length) this.take(this.codes[Math.max(0, this.at)]);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !this.codes?.length) return;
    event.preventDefault();
    this.at = (this.at + step + this.codes.length) % this.codes.length;
    [...this.list.children].forEach((item, i) => item.setAttribute('aria-selected', String(i === this.at)));
    this.input.setAttribute('aria-activedescendant', `found-${this.at}`);
    this.list.children[this.at].scrollIntoView({ block: 'nearest' });
  }

  take(code) {
    this.close();
    this.input.value = '';
    this.open(code);
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute('aria-expanded', 'false');
  }
}
