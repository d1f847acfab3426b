// The left column of the needs page: what is shown, where, when, with which classes and weights.
import { el } from './element.js';
import { act, column, draw, fold, noted, send, show, territoryGroup } from './panel.js';

const PATIENCE_MS = 600; // after which an answer that did not come no longer holds the next change back

function radio(name, { code, label, note, off }, chosen) {
  return el('label', { class: off ? 'option none' : 'option', title: off || note || false },
    el('input', { type: 'radio', name: `choose-${name}`, value: code, checked: code === chosen, disabled: Boolean(off), 'data-choose': name }),
    el('span', { class: 'label' }, label),
    note && !off ? el('span', { class: 'count' }, note) : null);
}

function choice(name, label, options, chosen) {
  return el('div', { class: 'field' }, el('span', { class: 'field-label', id: `field-${name}` }, label),
    el('div', { class: 'choice', role: 'radiogroup', 'aria-labelledby': `field-${name}` },
      ...options.map(({ code, label: word, off }) => el('button', {
        type: 'button', role: 'radio', 'aria-checked': String(code === chosen), disabled: Boolean(off), title: off || false, ...act({ [name]: code }),
      }, word))));
}

function subjectGroup(data, { labels, index, themes }) {
  const { search = '' } = noted('subject');
  const found = themes.map(({ code, label, options }) => ({
    code, label, options: options.filter((option) => !search || `${label} ${option.label}`.toLocaleLowerCase().includes(search)),
  })).filter(({ options }) => options.length);
  const list = found.map(({ code, label, options }) => {
    const here = options.some((option) => option.code === data.subject);
    // A need measured by one thing needs no fold; its name tells which need it is.
    if (options.length === 1 && !search) return el('div', { class: 'theme alone' }, radio('subject', options[0], data.subject));
    return el('details', { class: 'theme', open: search ? true : (noted(`theme-${code}`).open ?? here), 'data-group': `theme-${code}` },
      el('summary', {}, el('span', {}, label), el('span', { class: 'count' }, String(options.length))),
      ...options.map((option) => radio('subject', option, data.subject)));
  });
  return fold('subject', labels.subject, 0, [
    radio('subject', index, data.subject),
    el('input', { type: 'search', class: 'within', placeholder: labels.search, 'aria-label': labels.search, 'data-within': 'subject', value: search }),
    ...list,
    found.length ? null : el('p', { class: 'note' }, labels.nothing),
  ], true);
}

function slider({ code, label }, weight, most, labels) {
  const said = weight ? labels.weight.replace('{n}', weight).replace('{most}', most) : labels.weight_none;
  return el('label', { class: weight ? 'slider' : 'slider none' },
    el('span', { class: 'label' }, label), el('span', { class: 'count' }, String(weight)),
    el('input', { type: 'range', min: 0, max: most, step: 1, value: weight, 'data-weight': code, 'aria-valuetext': said }));
}

function weightGroup(data, { labels, sectors, presets, normalisations, aggregations }) {
  if (data.subject !== 'index') return null;
  const select = (name, options, chosen) => el('label', { class: 'field' }, el('span', { class: 'field-label' }, labels[name]),
    el('select', { 'data-choose': name }, ...options.map(({ code, label }) => el('option', { value: code, selected: code === chosen }, label))));
  const expert = data.normalisation !== 'goalposts' || data.aggregation !== 'arithmetic';
  return fold('weights', labels.weights, data.in_force.includes('weights') ? 1 : 0, [
    el('div', { class: 'presets' }, ...presets.map(({ code, label, weights }) => el('button', {
      type: 'button', class: 'chip', 'aria-pressed': String(code === data.preset), ...act({ weights }),
    }, label))),
    ...sectors.map((sector) => slider(sector, data.weights[sector.code], data.most, labels)),
    el('details', { class: 'theme', open: noted('expert').open ?? expert, 'data-group': 'expert' },
      el('summary', {}, el('span', {}, labels.expert)),
      select('normalisation', normalisations, data.normalisation), select('aggregation', aggregations, data.aggregation),
      el('p', { class: 'note' }, labels.expert_note)),
  ], true);
}

function build(data, words) {
  const { labels } = words;
  const offer = (name) => words[name].map((option) => ({ ...option, off: data.off[name]?.[option.code] }));
  const periods = data.periods.map(({ code, label, off }) => ({ code, label, off }));
  return column({ labels, number: data.in_force.length, total: data.total },
    subjectGroup(data, words), weightGroup(data, words),
    territoryGroup(data, labels, choice('level', labels.level, offer('levels'), data.level)),
    fold('when', labels.when, data.in_force.some((name) => ['period', 'milieu'].includes(name)) ? 1 : 0, [
      choice('period', labels.period, periods, data.period),
      data.period_note ? el('p', { class: 'note' }, data.period_note) : null,
      choice('milieu', labels.milieu, offer('milieux'), data.milieu),
      data.milieu_note ? el('p', { class: 'note' }, data.milieu_note) : null,
    ], true),
    fold('classes', labels.classes, 0, [
      ...offer('methods').map((method) => radio('method', method, data.method)),
      data.method === 'thresholds' ? null : choice('classes', labels.class_count, words.counts, String(data.classes)),
      el('p', { class: 'note' }, labels.classes_note),
    ], data.method !== 'thresholds'));
}

// While a slider moves, one change is on its way at a time; the last position always leaves.
function sendWeights(host) {
  if (host.underway && performance.now() - host.underway < PATIENCE_MS) { host.waiting = true; return; }
  host.underway = performance.now();
  host.waiting = false;
  send(host, { weights: { ...host.data.weights } });
}

function listen(host) {
  host.addEventListener('input', ({ target }) => {
    const { weight } = target.dataset;
    if (weight === undefined) return;
    host.data.weights[weight] = Number(target.value);
    draw(host);
    sendWeights(host);
  });
  host.addEventListener('change', ({ target }) => {
    const { choose, weight } = target.dataset;
    if (choose) send(host, { [choose]: target.value });
    else if (weight !== undefined && host.waiting) sendWeights(host);
  });
}

export async function render(component) {
  const host = component.parentElement.querySelector('.atlas-needs');
  const moving = host.waiting ? host.data.weights : null; // newer than what this answer knows
  host.underway = 0;
  await show(host, component, build, listen);
  if (!moving) return;
  host.data.weights = moving;
  draw(host);
  sendWeights(host);
}
