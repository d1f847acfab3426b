// The choices of the matching page: who looks, the place or the body, what is sought, what weighs how much.
import { el } from './element.js';
import { act, column, draw, fold, send, show, territoryGroup } from './panel.js';

const PAUSE_MS = 350;

function way({ code, label, note }, chosen) {
  return el('label', { class: 'option', for: `way-${code}` },
    el('input', { type: 'radio', id: `way-${code}`, name: 'way', value: code, checked: code === chosen, 'data-way': 'yes' }),
    el('span', { class: 'label' }, label, el('small', {}, note)));
}

function bodyGroup(data, labels) {
  if (data.way === 'place') return null;
  const said = ({ code, label, note }) => el('li', {}, el('button', { type: 'button', ...act({ body: code, seek: '' }) },
    el('span', { class: 'label' }, label, el('small', {}, note))));
  const named = data.body ? el('p', { class: 'body-chosen' }, el('strong', {}, data.body.label), el('small', {}, data.body.note)) : null;
  return fold('body', labels[data.way], data.body ? 1 : 0, [
    named,
    el('label', { class: 'text' }, el('span', { class: 'unseen' }, labels.seek),
      el('input', { type: 'search', 'data-seek': 'yes', placeholder: data.body ? labels.change_body : labels.seek, value: data.seek })),
    data.offered.length ? el('ul', { class: 'tree bodies' }, ...data.offered.map(said)) : null,
    data.seek && !data.offered.length ? el('p', { class: 'note', role: 'status' }, labels.no_body) : null,
  ], true);
}

function slider({ code, label }, weight, most, labels) {
  const said = weight ? labels.weight.replace('{n}', weight).replace('{most}', most) : labels.weight_none;
  return el('label', { class: weight ? 'slider' : 'slider none' },
    el('span', { class: 'label' }, label), el('span', { class: 'count' }, String(weight)),
    el('input', { type: 'range', min: 0, max: most, step: 5, value: weight, 'data-weight': code, 'aria-valuetext': said }));
}

function build(data, { labels, places, ways, sectors, criteria }) {
  const sought = fold('sought', labels.sector, data.sector ? 1 : 0, [
    el('select', { 'data-sector': 'yes', 'aria-label': labels.sector },
      ...sectors.map(({ code, label }) => el('option', { value: code, selected: code === data.sector }, label))),
    el('p', { class: 'note' }, labels.sector_note),
    el('label', { class: 'field' }, el('span', { class: 'field-label' }, labels.amount_mad),
      el('input', { type: 'number', min: 1, step: 1, inputmode: 'numeric', 'data-amount': 'yes', value: data.amount_mad ?? '' })),
  ], true);
  const weights = fold('weights', labels.weights, data.own_weights ? 1 : 0, [
    ...criteria.map((one) => slider(one, data.weights[one.code], data.most, labels)),
    el('p', { class: 'note' }, labels.weights_note),
    data.own_weights ? el('button', { type: 'button', class: 'link', ...act({ criteria: '' }) }, labels.weights_reset) : null,
  ], true);
  return column({ labels, number: data.in_force.length, total: data.total },
    fold('way', labels.way, 0, ways.map((one) => way(one, data.way)), true),
    bodyGroup(data, labels),
    territoryGroup(data, { ...labels, territory: places[data.way] }),
    sought, weights);
}

function listen(host) {
  let timer;
  host.addEventListener('change', ({ target }) => {
    const { way: isWay, sector, amount, weight } = target.dataset;
    if (isWay) send(host, { way: target.value, body: '', seek: '', selected: '', tab: '' });
    else if (sector) send(host, { sector: target.value, selected: '' });
    else if (amount) send(host, { amount_mad: target.value });
    else if (weight) send(host, { criteria: { ...host.data.weights } });
  });
  host.addEventListener('input', ({ target: { dataset, value } }) => {
    if (dataset.weight) {
      host.data.weights[dataset.weight] = Number(value);
      draw(host);
    } else if (dataset.seek) {
      clearTimeout(timer);
      timer = setTimeout(() => send(host, { seek: value }), PAUSE_MS);
    }
  });
}

export function render(component) {
  return show(component.parentElement.querySelector('.atlas-match-choices'), component, build, listen);
}
