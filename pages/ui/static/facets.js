// The filter column. Words are fetched once; each run brings the choices in force and a count for every option.
import { sync } from './sync.js';

const SHOWN = 8;
const memory = new Map(); // open groups and searches, per browser page

const el = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
};

const act = (changes) => ({ 'data-act': JSON.stringify(changes) });

function symbol({ path, colour }) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  for (const [name, value] of [['class', 'symbol'], ['viewBox', '-10 -10 20 20'], ['width', 16], ['height', 16], ['aria-hidden', 'true']]) {
    svg.setAttribute(name, value);
  }
  const shape = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  shape.setAttribute('d', path);
  shape.setAttribute('fill', colour);
  svg.append(shape);
  return svg;
}

function optionRow(group, option, count, most, chosen) {
  const id = `facet-${group.name}-${option.code}`;
  const toggled = chosen.includes(option.code) ? chosen.filter((code) => code !== option.code) : [...chosen, option.code];
  const bar = el('span', { class: 'bar', 'aria-hidden': 'true', style: `inline-size:${most ? Math.round((100 * count) / most) : 0}%` });
  return el('label', { class: count || chosen.includes(option.code) ? 'option' : 'option none', for: id },
    el('input', { type: 'checkbox', id, checked: chosen.includes(option.code), ...act({ [group.name]: toggled }) }),
    option.path ? symbol(option) : null,
    el('span', { class: 'label' }, option.label),
    el('span', { class: 'count' }, String(count)), bar);
}

function listGroup(group, data, labels, wanted) {
  const counts = data.counts[group.name];
  const chosen = data.chosen[group.name];
  const note = memory.get(group.name) || {};
  const order = group.options.map((option, i) => ({ option, count: counts[i] }));
  const inForce = chosen.length > 0;
  if (group.name !== 'status' && group.name !== 'precision') order.sort((a, b) => b.count - a.count);
  const found = order.filter(({ option }) => !note.search || option.label.toLocaleLowerCase().includes(note.search));
  const most = Math.max(...counts, 1);
  const long = group.options.length > SHOWN + 2;
  const shown = long && !note.all && !note.search
    ? found.filter(({ option }, i) => i < SHOWN || chosen.includes(option.code)) : found;
  const body = [
    long ? el('input', { type: 'search', class: 'within', placeholder: labels.search, 'aria-label': `${group.label} : ${labels.search}`, 'data-within': group.name, value: note.search || '' }) : null,
    ...shown.map(({ option, count }) => optionRow(group, option, count, most, chosen)),
    long && !note.search ? el('button', { type: 'button', class: 'link', 'data-all': group.name },
      note.all ? labels.fewer : labels.more.replace('{n}', String(group.options.length))) : null,
  ];
  return fold(group.name, group.label, chosen.length, body, inForce || wanted);
}

function fold(name, label, number, body, open) {
  const note = memory.get(name) || {};
  const isOpen = note.open ?? open;
  return el('details', { class: 'group', open: isOpen, 'data-group': name },
    el('summary', {}, el('span', {}, label), number ? el('span', { class: 'in-force' }, String(number)) : null),
    el('fieldset', {}, el('legend', { class: 'unseen' }, label), ...body.filter(Boolean)));
}

function territoryGroup({ territory, place, in_force: inForce }, labels) {
  const row = ([code, name, count], className) => el('li', {},
    el('button', { type: 'button', class: className + (count ? '' : ' none'), ...act({ territory: code }) },
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
  ];
  return fold('territory', labels.territory, inForce.includes('territory') ? 1 : 0, body, true);
}

function rangeGroup(name, [low, high], labels, step) {
  const input = (which, value, label) => el('label', {}, label,
    el('input', { type: 'number', min: 0, step, inputmode: 'numeric', 'data-range': name, 'data-end': which, value: value ?? '' }));
  return fold(name, labels[name], low !== null || high !== null ? 1 : 0,
    [el('div', { class: 'range' }, input(0, low, labels.from), input(1, high, labels.to))], low !== null || high !== null);
}

function build(data, { groups, labels }) {
  const number = data.in_force.length;
  const byName = Object.fromEntries(groups.map((group) => [group.name, group]));
  const lists = ['sector', 'funder', 'status', 'carrier'].map((name) => listGroup(byName[name], data, labels, name !== 'carrier'));
  const text = el('label', { class: 'text' }, el('span', { class: 'unseen' }, labels.text),
    el('input', { type: 'search', 'data-text': true, placeholder: labels.text, value: data.text }));
  return el('div', {},
    el('button', { type: 'button', class: 'button open-filters', 'data-open': true, 'aria-expanded': 'false' },
      labels.open + (number ? ` (${number})` : '')),
    el('div', { class: 'panel', role: 'search', 'aria-label': labels.title },
      el('header', {}, el('h2', {}, labels.title),
        number ? el('button', { type: 'button', class: 'link', ...act({ clear: true }) }, labels.clear) : null,
        el('button', { type: 'button', class: 'close', 'data-open': true, 'aria-label': labels.close }, '×')),
      text, territoryGroup(data, labels), ...lists,
      rangeGroup('years', data.years, labels, 1), rangeGroup('amount', data.amount, labels, 1000),
      listGroup(byName.precision, data, labels, false),
      el('footer', {}, el('button', { type: 'button', class: 'button primary', 'data-open': true }, data.total),
        el('p', { class: 'unseen', 'aria-live': 'polite' }, data.total))));
}

function send(host, changes) {
  host.send('act', { ...changes, ...(window.AtlasView ? { view: window.AtlasView } : {}) });
}

function listen(host) {
  const redraw = () => draw(host);
  let timer;
  host.addEventListener('click', (event) => {
    const opener = event.target.closest('[data-open]');
    if (opener) {
      const open = host.classList.toggle('opened');
      host.querySelector('.open-filters').setAttribute('aria-expanded', String(open));
      document.documentElement.classList.toggle('filters-open', open);
      return;
    }
    const all = event.target.closest('[data-all]');
    if (all) { remember(all.dataset.all, { all: !(memory.get(all.dataset.all) || {}).all }); redraw(); return; }
    const button = event.target.closest('button[data-act]');
    if (button) send(host, JSON.parse(button.dataset.act));
  });
  host.addEventListener('change', (event) => {
    const { dataset } = event.target;
    if (event.target.type === 'checkbox') {
      // What is chosen now, not what was when the row was drawn: two quick clicks must both count.
      const [name] = Object.keys(JSON.parse(dataset.act));
      const code = event.target.id.slice(`facet-${name}-`.length);
      const rest = host.data.chosen[name].filter((other) => other !== code);
      host.data.chosen[name] = event.target.checked ? [...rest, code] : rest;
      send(host, { ...host.data.chosen });
    } else if (dataset.range) {
      const ends = [...host.querySelectorAll(`[data-range=${dataset.range}]`)].map(({ value }) => (value === '' ? null : Number(value)));
      host.data[dataset.range] = ends;
      send(host, { [dataset.range]: ends });
    }
  });
  host.addEventListener('input', (event) => {
    const { dataset, value } = event.target;
    if (dataset.within) { remember(dataset.within, { search: value.toLocaleLowerCase() }); redraw(); return; }
    if (dataset.text !== undefined) {
      clearTimeout(timer);
      timer = setTimeout(() => send(host, { text: value }), 350);
    }
  });
  host.addEventListener('submit', (event) => {
    event.preventDefault();
    send(host, { place: new FormData(event.target).get('place') });
  });
  host.addEventListener('toggle', (event) => {
    if (event.target.dataset.group) remember(event.target.dataset.group, { open: event.target.open });
  }, true);
}

function remember(name, note) {
  memory.set(name, { ...(memory.get(name) || {}), ...note });
}

function draw(host) {
  if (!host.words) return;
  sync(host, el('div', {}, build(host.data, host.words)));
  // A checkbox keeps what was clicked, not its attribute: set it from the state.
  for (const box of host.querySelectorAll('input[type=checkbox]')) box.checked = box.hasAttribute('checked');
}

export async function render({ parentElement, data, setTriggerValue }) {
  const host = parentElement.querySelector('.atlas-facets');
  host.send = setTriggerValue;
  host.data = structuredClone(data);
  if (!host.ready) { host.ready = true; listen(host); }
  if (host.address !== data.words) {
    host.address = data.words;
    host.words = await (await fetch(data.words)).json();
  }
  draw(host);
}
