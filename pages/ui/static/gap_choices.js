// The left column of the gaps page: what is compared, where, which years, and where low, middle and high end.
import { el } from './element.js';
import { act, column, fold, send, show, territoryGroup } from './panel.js';

function radio(name, label, count, chosen, changes) {
  return el('label', { class: count === 0 ? 'option none' : 'option' },
    el('input', { type: 'radio', name: `choice-${name}`, checked: chosen, 'data-radio': JSON.stringify(changes) }),
    el('span', { class: 'label' }, label),
    count === undefined ? null : el('span', { class: 'count' }, String(count)));
}

function choice(name, label, options, chosen, off) {
  return el('div', { class: 'field' }, el('span', { class: 'field-label', id: `field-${name}` }, label),
    el('div', { class: 'choice', role: 'radiogroup', 'aria-labelledby': `field-${name}` },
      ...options.map(({ code, label: word }) => el('button', {
        type: 'button', role: 'radio', 'aria-checked': String(code === chosen), disabled: Boolean(off), title: off || false, ...act({ [name]: code }),
      }, word))));
}

function subjectGroup(data, { labels, index, needs, sectors }) {
  const option = ({ code, label }) => radio('subject', label, data.counts[code] ?? 0, code === data.subject, { subject: code, cell: '' });
  const others = sectors.some(({ code }) => code === data.subject);
  return fold('gap-subject', labels.subject, 0, [
    option(index), ...needs.map(option),
    el('details', { class: 'theme', open: others, 'data-group': 'gap-others' },
      el('summary', {}, el('span', {}, labels.others), el('span', { class: 'count' }, String(sectors.length))),
      el('p', { class: 'note' }, labels.others_note), ...sectors.map(option)),
  ], true);
}

function yearsGroup({ years, windows, in_force: inForce }, { labels }) {
  const same = (one, other) => one[0] === other[0] && one[1] === other[1];
  const end = (i, label) => el('label', {}, label,
    el('input', { type: 'number', min: 1900, max: 2100, step: 1, inputmode: 'numeric', 'data-year': i, value: years[i] ?? '' }));
  return fold('gap-years', labels.years, inForce.includes('years') ? 1 : 0, [
    ...windows.map((one) => radio('years', one.label, undefined, same(one.years, years), { years: one.years })),
    el('div', { class: 'range' }, end(0, labels.from), end(1, labels.to)),
  ], true);
}

function build(data, words) {
  const { labels, levels, steps } = words;
  return column({ labels, number: data.in_force.length, total: data.total },
    subjectGroup(data, words), yearsGroup(data, words),
    territoryGroup(data, labels, choice('level', labels.level, levels, data.level, data.level_off)),
    fold('gap-steps', labels.steps, data.in_force.includes('steps') ? 1 : 0, [
      ...steps.map(({ code, label }) => radio('steps', label, undefined, code === data.steps, { steps: code })),
      el('p', { class: 'note' }, labels.steps_note),
    ], true));
}

function listen(host) {
  host.addEventListener('change', ({ target }) => {
    if (target.dataset.radio) send(host, JSON.parse(target.dataset.radio));
    if (target.dataset.year === undefined) return;
    const years = [...host.querySelectorAll('[data-year]')].map(({ value }) => (value === '' ? null : Number(value)));
    send(host, { years });
  });
}

export function render(component) {
  return show(component.parentElement.querySelector('.atlas-gap-choices'), component, build, listen);
}
