// The screen: which map is looked at, what is chosen, what is open; everything is drawn again from these three.
import { WIDE } from '../../static/legend.js';
import { Actors } from './actors.js';
import { el, icon } from './element.js';
import { Gaps } from './gaps.js';
import { Listing } from './listing.js';
import { Needs } from './needs.js';
import { Panel } from './panel.js';
import { Projects } from './projects.js';
import { Search } from './search.js';
import { Sheet } from './sheet.js';
import { isCurtain, stepOf, Stories } from './story.js';
import { theme } from './theme.js';
import { Villages } from './villages.js';
import { Words } from './words.js';

const DATA = '/atlas/offline/data.json';
const PHONE = '(max-width: 760px)';
const NEAR = 10.5; // zoom that shows a village with its surroundings
const LARGE = 1.4; // names and signs on the map, when all type is larger
const at = (id) => document.getElementById(id);

class Screen {
  constructor(data, atlas) {
    this.words = new Words(data.words);
    Object.assign(this, { data, atlas, selected: '', trail: [], large: false });
    const communes = (number) => data.communes[number - data.first] ?? { code: '', name: '' };
    this.projects = new Projects(data.projects, this.words);
    this.villages = data.villages && new Villages(data.villages, this.words, communes);
    this.actors = new Actors(data.actors, this.words);
    const maps = [this.projects, new Needs(data.needs, this.words, communes), this.villages, new Gaps(data.gaps, this.words, communes), this.actors].filter(Boolean);
    this.stories = data.stories.length ? new Stories(data.stories, this.words, data.projects.state, maps) : null;
    this.modes = [...maps, this.stories].filter(Boolean);
    [this.mode] = this.modes;
    const open = (code) => this.open(code);
    this.panel = new Panel(at('panel'), this.words, { choose: (...choice) => this.choose(...choice), clear: () => this.clear() });
    this.list = new Listing(at('list'), this.words, open);
    this.sheet = new Sheet(at('drawer'), this.words, (code) => (code ? this.find(code) : this.open('')));
    this.bar();
    atlas.onevent = (event) => this.clicked(event);
    new ResizeObserver(() => this.resized()).observe(atlas.map.getContainer());
    addEventListener('keydown', (event) => this.pressed(event));
    this.draw();
    this.fit();
  }

  bar() {
    const { words, data } = this;
    this.chooser = el('button', { type: 'button', class: 'button wide', onclick: () => this.panel.toggle() });
    this.tabs = this.modes.map((mode) => el('button', { type: 'button', 'data-mode': mode.name, onclick: () => this.turn(mode) }, words.t(`menu.${mode.name}`)));
    const letter = words.t('offline.letter');
    const large = el('button', { type: 'button', class: 'large', 'aria-pressed': 'false', title: words.t('offline.large'), 'aria-label': `${letter} · ${words.t('offline.large')}`, onclick: () => this.enlarge(large) }, letter);
    at('bar').append(
      el('p', { class: 'brand' }, el('strong', {}, words.t('atlas.name')), el('span', {}, data.place)),
      el('nav', { 'aria-label': words.t('frame.menu') }, ...this.tabs),
      new Search(words, () => this.things(), (code) => this.find(code)).box,
      large,
      theme(words),
      this.fullScreen(),
      this.chooser);
  }

  // The file on the whole screen, as slides are.
  fullScreen() {
    const label = this.words.t('map.fullscreen');
    const turn = () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.());
    return el('button', { type: 'button', class: 'square', title: label, 'aria-label': label, onclick: turn }, icon('M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5'));
  }

  // All that has a sheet, by its names.
  things() {
    const { data, words } = this;
    const communes = data.communes.map(({ code, names, weight }) => ({ code, names, weight, rank: 2, kind: words.t('level.commune') }));
    const villages = (this.villages?.named() ?? []).map((one) => ({ ...one, rank: 1 }));
    const projects = data.projects.projects.map(({ code, title, where, mad }) => ({ code, names: [title], weight: mad ?? 0, rank: 0, kind: `${words.t('column.title')} · ${where}` }));
    return [...communes, ...villages, ...projects, ...this.actors.named()];
  }

  // Open what was looked for on a map that shows it, and bring it into view.
  find(code) {
    const at = this.villages?.position(code);
    if (this.mode !== this.stories) {
      if (this.villages?.byCode.has(code)) this.mode = this.villages;
      if (this.projects.byCode.has(code)) this.mode = this.projects;
      if (this.actors.byCode.has(code)) this.mode = this.actors;
    }
    this.open(code);
    const { map } = this.atlas;
    if (at) map.setView([at[1], at[0]], Math.max(map.getZoom(), NEAR), { animate: false });
  }

  back() {
    const code = this.trail.pop();
    this.selected = ''; // the sheet left is none to come back to
    this.find(code);
  }

  enlarge(button) {
    this.large = !this.large;
    document.documentElement.classList.toggle('large', this.large);
    button.setAttribute('aria-pressed', String(this.large));
    this.draw();
    if (this.whole === this.where()) this.fit();
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
    if (code && !this.sheetOf(code)) return;
    if (!code) this.trail = [];
    else if (this.selected && this.selected !== code) this.trail.push(this.selected);
    this.selected = code;
    this.draw();
    if (!code) return;
    if (matchMedia(PHONE).matches) document.querySelector('.atlas-map').scrollIntoView(); // the sheet takes the lower half
    at('sheet-title').focus({ preventScroll: true });
  }

  sheetOf(code) { return this.data.sheets[code] ?? this.villages?.sheet(code) ?? null; }

  pressed(event) {
    if (event.key === 'Escape') this.escape();
    if (this.mode === this.stories && isCurtain(event)) at('curtain').hidden = !at('curtain').hidden;
    const step = this.mode === this.stories ? stepOf(event) : 0;
    if (!step) return;
    event.preventDefault();
    at('curtain').hidden = true;
    if (this.stories.step(step)) this.open('');
  }

  // Where nobody has moved the map, it shows the whole territory in whatever room it has.
  resized() {
    const { map } = this.atlas;
    const whole = this.whole === this.where();
    map.invalidateSize({ animate: false });
    if (whole) this.fit();
  }

  // A sheet takes room from the map: the legend folds where it would hide what is shown.
  makeRoom(opened) {
    const { classList } = document.documentElement;
    if (classList.contains('opened') === opened) return;
    classList.toggle('opened', opened);
    const legend = this.atlas.furniture.legend.querySelector('details');
    if (legend) legend.open = this.atlas.map.getContainer().clientWidth >= WIDE;
  }

  where() {
    const { map } = this.atlas;
    const { lat, lng } = map.getCenter();
    return `${map.getZoom()} ${lat.toFixed(2)} ${lng.toFixed(2)}`;
  }

  fit() {
    this.atlas.fit(true);
    this.whole = this.where();
  }

  escape() {
    if (!at('curtain').hidden) at('curtain').hidden = true;
    else if (this.panel.host.classList.contains('open')) this.panel.toggle(false);
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
      view.title ? el('h1', {}, view.title) : '',
      inForce.length ? el('p', { class: 'in-force' }, ...inForce.map(({ name, value, label }) => el('button', { type: 'button', onclick: () => this.choose(name, value) }, label, el('span', { 'aria-hidden': 'true' }, ' ×')))) : '',
      view.empty ? el('p', { class: 'empty' }, view.empty, ' ', inForce.length ? el('button', { type: 'button', class: 'button', onclick: () => this.clear() }, words.t('facets.clear')) : '') : '');
    document.documentElement.classList.toggle('telling', Boolean(view.telling));
    if (view.telling) mode.tell(this.panel.host, (...choice) => this.choose(...choice));
    else this.panel.draw({ groups: view.groups, inForce, title: mode.title, done: view.done });
    at('figures').replaceChildren(...view.figures.map(({ label, value, note }) => el('div', {}, el('span', { class: 'label' }, label), el('strong', {}, value), el('span', { class: 'note' }, note))));
    at('list').hidden = !view.listing;
    if (view.listing) this.list.draw(view.listing, selected);
    at('source').textContent = view.source ?? '';
    this.sheet.draw(selected && this.sheetOf(selected), this.trail.length ? () => this.back() : null);
    this.makeRoom(Boolean(selected));
    this.chooser.textContent = words.t(mode.opener);
    this.atlas.apply({ ...this.outlined(view.state), magnify: this.large ? LARGE : 1 });
  }

  // A commune that is open keeps its outline whatever map is looked at.
  outlined(state) {
    const number = this.data.communes.findIndex(({ code }) => code === this.selected);
    return number < 0 ? state : { ...state, selection: { ...state.selection, communes: [this.data.first + number] } };
  }
}

export async function open(container) {
  const data = await (await fetch(DATA)).json();
  const atlas = await window.Atlas.of(at(container));
  document.querySelector('.waiting').remove();
  window.AtlasScreen = new Screen(data, atlas);
}
