// The left column of a page: what its parts share. A column lists groups that fold; what is chosen goes back as changes.
import { el } from './element.js';
import { afterPaint } from './later.js';
import { sync } from './sync.js';

const memory = new Map(); // open groups and searches, per browser page

export const act = (changes) => ({ 'data-act': JSON.stringify(changes) });

export const noted = (name) => memory.get(name) || {};

export function remember(name, note) {
  memory.set(name, { ...noted(name), ...note });
}

export function fold(name, label, number, body, open) {
  return el('details', { class: 'group', open: noted(name).open ?? open, 'data-group': name },
    el('summary', {}, el('span', {}, label), number ? el('span', { class: 'in-force' }, String(number)) : null),
    el('fieldset', {}, el('legend', { class: 'unseen' }, label), ...body.filter(Boolean)));
}

// The path from the country down to the territory, and what lies in it, each with a count or a figure beside its name.
export function territoryGroup({ territory, place, in_force: inForce }, labels, ...more) {
  const row = ([code, name, count], className) => el('li', {},
    el('button', { type: 'button', class: className + (count === 0 ? ' none' : ''), ...act({ territory: code }) },
      el('span', { class: 'label' }, name), el('span', { class: 'count' }, String(count))));
  const last = territory.path.length - 1;
  const body = [
    el('form', { class: 'place', 'data-place': true },
      el('input', { type: 'search', name: 'place', placeholder: labels.place, 'aria-label': labels.place, autocomplete: 'off' }),
      el('button', { type: 'submit', class: 'button', title: labels.place_go, 'aria-label': labels.place_go }, '›')),
    place.said ? el('p', { class: 'notice', role: 'status' }, place.said) : null,
    place.candidates.length ? el('ul', { class: 'tree' }, ...place.candidates.map(([code, said]) =>
      el('li', {}, el('button', { type: 'button', ...act({ territory: code }) }, said)))) : null,
    el('ul', { class: 'tree path' }, ...territory.path.map((entry, i) => row(entry, i === last ? 'here' : 'above'))),
    el('ul', { class: 'tree children' }, ...territory.children.map((entry) => row(entry, 'child'))),
    ...more,
  ];
  return fold('territory', labels.territory, inForce.includes('territory') ? 1 : 0, body, true);
}

// The column itself; on a phone it opens over the page from a button that says how many filters are in force.
export function column({ labels, number, total }, ...groups) {
  return el('div', {},
    el('button', { type: 'button', class: 'button open-filters', 'data-open': true, 'aria-expanded': 'false' },
      labels.open + (number ? ` (${number})` : '')),
    el('div', { class: 'panel', role: 'search', 'aria-label': labels.title },
      el('header', {}, el('h2', {}, labels.title),
        number ? el('button', { type: 'button', class: 'link', ...act({ clear: true }) }, labels.clear) : null,
        el('button', { type: 'button', class: 'close', 'data-open': true, 'aria-label': labels.close }, '×')),
      ...groups,
      el('footer', {}, el('button', { type: 'button', class: 'button primary', 'data-open': true }, total),
        el('p', { class: 'unseen', 'aria-live': 'polite' }, total))));
}

export function send(host, changes) {
  host.send('act', { ...changes, ...(window.AtlasView ? { view: window.AtlasView } : {}) });
}

// On a phone the column lies over the page: it takes the focus, keeps it while open, and gives it back to its button.
function turn(host) {
  const open = host.classList.toggle('opened');
  const opener = host.querySelector('.open-filters');
  opener.setAttribute('aria-expanded', String(open));
  document.documentElement.classList.toggle('filters-open', open);
  (open ? host.querySelector('.panel .close') : opener).focus();
}

function pressed(host, event) {
  if (!host.classList.contains('opened')) return;
  if (event.key === 'Escape') turn(host);
  if (event.key !== 'Tab') return;
  const stops = [...host.querySelectorAll('.panel :is(button, input, select, summary)')].filter((one) => !one.disabled && one.offsetParent);
  const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
  if (event.target !== from) return;
  event.preventDefault();
  to.focus();
}

function listen(host) {
  host.addEventListener('keydown', (event) => pressed(host, event));
  host.addEventListener('click', (event) => {
    if (event.target.closest('[data-open]')) { turn(host); return; }
    const button = event.target.closest('button[data-act]');
    if (button && !button.disabled) send(host, JSON.parse(button.dataset.act));
  });
  host.addEventListener('input', ({ target: { dataset, value } }) => {
    if (!dataset.within) return;
    remember(dataset.within, { search: value.toLocaleLowerCase() });
    draw(host);
  });
  host.addEventListener('submit', (event) => {
    event.preventDefault();
    send(host, { place: new FormData(event.target).get('place') });
  });
  host.addEventListener('toggle', (event) => {
    if (event.target.dataset.group) remember(event.target.dataset.group, { open: event.target.open });
  }, true);
}

export function draw(host) {
  if (!host.words) return;
  sync(host, el('div', {}, host.build(host.data, host.words)));
  // A box keeps what was clicked, not its attribute: set it from the state.
  for (const box of host.querySelectorAll('input[type=checkbox], input[type=radio]')) box.checked = box.hasAttribute('checked');
}

// Called after each run: words are fetched once, then `build(data, words)` makes the column again.
export async function show(host, { data, setTriggerValue }, build, listenAlso) {
  Object.assign(host, { send: setTriggerValue, data: structuredClone(data), build });
  if (!host.ready) { host.ready = true; listen(host); listenAlso?.(host); }
  const first = !host.words;
  if (host.address !== data.words) {
    host.address = data.words;
    host.words = await (await fetch(data.words)).json();
  }
  if (first) draw(host);
  else afterPaint(host, () => draw(host));
}
