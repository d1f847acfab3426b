// The filters of the cartography: each run brings the choices in force and a count for every option.
import { el } from './element.js';
import { act, column, draw, fold, noted, remember, send, show, territoryGroup } from './panel.js';

const SHOWN = 8;
const IN_ORDER = new Set(['status', 'precision', 'record', 'tie']); // the order of their options says something; others by count

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

export function listGroup(group, data, labels, wanted) {
  const counts = data.counts[group.name];
  const chosen = data.chosen[group.name];
  const note = noted(group.name);
  const order = group.options.map((option, i) => ({ option, count: counts[i] }));
  const inForce = chosen.length > 0;
  if (!IN_ORDER.has(group.name)) order.sort((a, b) => b.count - a.count);
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

function rangeGroup(name, [low, high], labels, step) {
  const input = (which, value, label) => el('label', {}, label,
    el('input', { type: 'number', min: 0, step, inputmode: 'numeric', 'data-range': name, 'data-end': which, value: value ?? '' }));
  return fold(name, labels[name], low !== null || high !== null ? 1 : 0,
    [el('div', { class: 'range' }, input(0, low, labels.from), input(1, high, labels.to))], low !== null || high !== null);
}

function build(data, { groups, labels }) {
  const byName = Object.fromEntries(groups.map((group) => [group.name, group]));
  const lists = ['sector', 'funder', 'status', 'carrier'].map((name) => listGroup(byName[name], data, labels, name !== 'carrier'));
  const text = el('label', { class: 'text' }, el('span', { class: 'unseen' }, labels.text),
    el('input', { type: 'search', 'data-text': true, placeholder: labels.text, value: data.text }));
  return column({ labels, number: data.in_force.length, total: data.total },
    text, territoryGroup(data, labels), ...lists,
    rangeGroup('years', data.years, labels, 1), rangeGroup('amount', data.amount, labels, 1000),
    listGroup(byName.precision, data, labels, false));
}

export function listen(host) {
  let timer;
  host.addEventListener('click', (event) => {
    const all = event.target.closest('[data-all]');
    if (!all) return;
    remember(all.dataset.all, { all: !noted(all.dataset.all).all });
    draw(host);
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
  host.addEventListener('input', ({ target: { dataset, value } }) => {
    if (dataset.text === undefined) return;
    clearTimeout(timer);
    timer = setTimeout(() => send(host, { text: value }), 350);
  });
}

export function render(component) {
  return show(component.parentElement.querySelector('.atlas-facets'), component, build, listen);
}
