// The screen: which map is looked at, what is chosen, what is open; everything is drawn again from these three.
import { el } from './element.js';
import { Listing } from './listing.js';
import { Panel } from './panel.js';
import { Projects } from './projects.js';
import { Sheet } from './sheet.js';
import { Words } from './words.js';

const LARGE = 1.6; // names and signs on the map, when all type is larger
const at = (id) => document.getElementById(id);

class Screen {
  constructor(data, atlas) {
    this.words = new Words(data.words);
    Object.assign(this, { data, atlas, selected: '', large: false });
    this.modes = [new Projects(data.projects, this.words)];
    [this.mode] = this.modes;
    const open = (code) => this.open(code);
    this.panel = new Panel(at('panel'), this.words, { choose: (...choice) => this.choose(...choice), clear: () => this.clear() });
    this.list = new Listing(at('list'), this.words, open);
    this.sheet = new Sheet(at('drawer'), this.words, open);
    this.bar();
    atlas.onevent = (event) => this.clicked(event);
    new ResizeObserver(() => atlas.map.invalidateSize({ animate: false })).observe(atlas.map.getContainer());
    addEventListener('keydown', ({ key }) => { if (key === 'Escape') this.escape(); });
    this.draw();
  }

  bar() {
    const { words, data } = this;
    this.tabs = this.modes.map((mode) => el('button', { type: 'button', 'data-mode': mode.name, onclick: () => this.turn(mode) }, words.t(`menu.${mode.name}`)));
    const large = el('button', { type: 'button', class: 'large', 'aria-pressed': 'false', title: words.t('offline.large'), 'aria-label': words.t('offline.large'), onclick: () => this.enlarge(large) }, words.t('offline.letter'));
    at('bar').append(
      el('p', { class: 'brand' }, el('strong', {}, words.t('atlas.name')), el('span', {}, data.place)),
      el('nav', { 'aria-label': words.t('frame.menu') }, ...this.tabs),
      large,
      el('button', { type: 'button', class: 'button phone', onclick: () => this.panel.toggle() }, words.t('facets.open')));
  }

  enlarge(button) {
    this.large = !this.large;
    document.documentElement.classList.toggle('large', this.large);
    button.setAttribute('aria-pressed', String(this.large));
    this.draw();
  }

  turn(mode) {
    this.mode = mode;
    this.list.fold();
    this.open('');
  }

  choose(...choice) {
    this.mode.choose(...choice);
    this.list.fold();
    this.draw();
  }

  clear() {
    this.mode.clear();
    this.draw();
  }

  open(code) {
    const known = code === '' || code in this.data.sheets;
    if (!known) return;
    this.selected = code;
    this.draw();
    if (code) at('sheet-title').focus({ preventScroll: true });
  }

  escape() {
    if (this.panel.host.classList.contains('open')) this.panel.toggle(false);
    else if (this.selected) this.open('');
  }

  clicked(event) {
    const commune = (index) => this.data.communes[index - this.data.first]?.code ?? '';
    const found = event.kind === 'commune' ? event.index : this.mode.opened(event);
    this.open(typeof found === 'number' ? commune(found) : found);
  }

  draw() {
    const { mode, selected, words } = this;
    const view = mode.view(selected);
    for (const tab of this.tabs) tab.setAttribute('aria-current', String(tab.dataset.mode === mode.name));
    const inForce = mode.inForce();
    at('finding').replaceChildren(
      el('h1', {}, view.title),
      inForce.length ? el('p', { class: 'in-force' }, ...inForce.map(({ name, number, label }) => el('button', { type: 'button', onclick: () => this.choose(name, number) }, label, el('span', { 'aria-hidden': 'true' }, ' ×')))) : '',
      view.empty ? el('p', { class: 'empty' }, view.empty, ' ', el('button', { type: 'button', class: 'button', onclick: () => this.clear() }, words.t('facets.clear'))) : '');
    this.panel.draw(view.groups, inForce);
    at('figures').replaceChildren(...view.figures.map(({ label, value, note }) => el('div', {}, el('span', { class: 'label' }, label), el('strong', {}, value), el('span', { class: 'note' }, note))));
    this.list.draw(view.rows, selected);
    this.sheet.draw(this.data.sheets[selected]);
    this.atlas.apply({ ...this.outlined(view.state), magnify: this.large ? LARGE : 1 });
  }

  // A commune that is open keeps its outline whatever map is looked at.
  outlined(state) {
    const number = this.data.communes.findIndex(({ code }) => code === this.selected);
    return number < 0 ? state : { ...state, selection: { ...state.selection, communes: [this.data.first + number] } };
  }
}

export async function open(container) {
  const data = JSON.parse(at('atlas-data').textContent);
  const atlas = await window.Atlas.of(at(container));
  document.querySelector('.waiting').remove();
  window.AtlasScreen = new Screen(data, atlas);
}
