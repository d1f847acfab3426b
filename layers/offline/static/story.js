// Stories: a chapter is a map with words beside it; keys, or two large buttons, lead from one to the next.
import { drawLegend } from '../../static/legend.js';
import { el, figure } from './element.js';

export class Stories {
  // `maps` answer clicks on the chapters that show them.
  constructor(stories, words, empty, maps) {
    Object.assign(this, { name: 'present', opener: 'menu.present', stories, words, empty, maps, story: 0, number: 0 });
  }

  clear() {}

  inForce() { return []; }

  opened(event) { return this.maps.find(({ name }) => name === this.chapter().page)?.opened(event) ?? ''; }

  chapter() { return this.stories[this.story].chapters[this.number]; }

  choose(name, value) {
    this[name] = Number(value);
    if (name === 'story') this.number = 0;
  }

  // Another chapter, where there is one.
  step(by) {
    const to = this.number + by;
    if (to < 0 || to >= this.stories[this.story].chapters.length) return false;
    this.number = to;
    return true;
  }

  view() {
    const chapter = this.chapter();
    return {
      title: '', telling: true, groups: [], listing: null, empty: '', figures: chapter.figures, source: chapter.source,
      state: { ...(chapter.state ?? this.empty), scene: `${this.story}/${this.number}` },
    };
  }

  // The words of a chapter; each in the language it was written in.
  tell(host, choose) {
    const { words } = this;
    const { title, chapters } = this.stories[this.story];
    const { title: own, text, notes, notices, picture, finding, about } = this.chapter();
    const spoken = (tag, said) => (said.text ? el(tag, { lang: said.lang, dir: said.dir }, said.text) : '');
    const step = (by, key, sign) => {
      const to = this.number + by;
      const button = el('button', { type: 'button', class: 'button step', title: words.t(key), 'aria-label': words.t(key), onclick: () => choose('number', to) }, sign);
      button.disabled = to < 0 || to >= chapters.length;
      return button;
    };
    const rtl = document.documentElement.dir === 'rtl';
    host.replaceChildren(
      this.stories.length > 1 ? this.others(choose) : el('p', { class: 'where' }, title),
      spoken('h1', own),
      ...notices.map((notice) => el('p', { class: 'notice' }, notice)),
      picture ? figure(picture) : '',
      spoken('p', text),
      finding ? el('p', { class: 'also' }, finding) : '',
      el('div', { class: 'steps' },
        step(-1, 'stories.stage.back', rtl ? '→' : '←'),
        el('span', {}, words.t('stories.stage.count', { number: this.number + 1, total: chapters.length })),
        step(1, 'stories.stage.next', rtl ? '←' : '→')),
      this.key(),
      el('p', { class: 'note' }, about.join(' · ')),
      notes.text ? el('details', {}, el('summary', {}, words.t('stories.stage.notes_title')), spoken('p', notes)) : '',
      el('details', {}, el('summary', {}, words.t('offline.chapters')), el('ol', {}, ...chapters.map((one, i) => el('li', i === this.number ? { 'aria-current': 'step' } : {}, el('button', { type: 'button', class: 'plain', onclick: () => choose('number', i) }, one.title.text))))),
    );
    host.scrollTop = 0;
  }

  // The legend stands under the words, where the hall reads, and leaves the map whole.
  key() {
    const box = el('div', { class: 'key' });
    const { legend } = this.chapter().state ?? this.empty;
    if (legend.rows.length) drawLegend(box, legend);
    return box;
  }

  others(choose) {
    const box = el('select', { 'aria-label': this.words.t('menu.present'), onchange: ({ target }) => choose('story', target.value) }, ...this.stories.map(({ title }, i) => el('option', { value: i }, title)));
    box.value = this.story;
    return box;
  }
}

const typed = ({ target, ctrlKey, metaKey, altKey }) => ctrlKey || metaKey || altKey || target.closest?.('input, select, textarea');

// Whether a key asks for a black screen, as on a remote for slides: all eyes on whoever speaks.
export const isCurtain = (event) => !typed(event) && ['b', '.'].includes(event.key.toLowerCase());

// What a key, or a remote for slides, asks of a story: the step to another chapter, 0 for none.
export function stepOf(event) {
  if (typed(event)) return 0;
  const page = { PageDown: 1, PageUp: -1 }[event.key];
  if (page || event.target.closest?.('.leaflet-container')) return page ?? 0; // arrows move the map that has the focus
  const ahead = document.documentElement.dir === 'rtl' ? -1 : 1;
  return { ArrowRight: ahead, ArrowLeft: -ahead }[event.key] ?? 0;
}
