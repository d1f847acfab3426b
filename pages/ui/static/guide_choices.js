// The choices of the practical guide: words, who one is, what one wants to do, a territory.
import { el } from './element.js';
import { act, column, fold, send, show, territoryGroup } from './panel.js';

function radio(name, code, label, chosen) {
  const id = `choice-${name}-${code || 'any'}`;
  return el('label', { class: 'option', for: id },
    el('input', { type: 'radio', id, name: `choice-${name}`, checked: chosen, 'data-radio': JSON.stringify({ [name]: code }) }),
    el('span', { class: 'label' }, label));
}

function themeRow(code, label, count, chosen) {
  return el('li', {},
    el('button', { type: 'button', class: (chosen ? 'here' : '') + (count ? '' : ' none'), 'aria-current': chosen && 'true', ...act({ theme: code }) },
      el('span', { class: 'label' }, label), el('span', { class: 'count' }, String(count))));
}

function build(data, { themes, audiences, labels }) {
  const text = el('label', { class: 'text' }, el('span', { class: 'unseen' }, labels.text),
    el('input', { type: 'search', 'data-text': true, placeholder: labels.text, value: data.text }));
  const whole = Object.values(data.counts).reduce((sum, count) => sum + count, 0);
  const what = fold('theme', labels.theme, 0, [el('ul', { class: 'tree themes' },
    themeRow('', labels.all_themes, whole, !data.theme),
    ...themes.filter(({ code }) => code in data.counts)
      .map(({ code, label }) => themeRow(code, label, data.counts[code], code === data.theme)))], true);
  const who = fold('audience', labels.audience, data.audience ? 1 : 0, [
    radio('audience', '', labels.everyone, !data.audience),
    ...audiences.map(({ code, label }) => radio('audience', code, label, code === data.audience))], true);
  const where = territoryGroup(data, labels, el('p', { class: 'note' }, labels.counted));
  return column({ labels, number: data.in_force.length, total: data.total }, text, who, what, where);
}

function listen(host) {
  let timer;
  host.addEventListener('change', ({ target }) => {
    if (target.dataset.radio) send(host, JSON.parse(target.dataset.radio));
  });
  host.addEventListener('input', ({ target: { dataset, value } }) => {
    if (dataset.text === undefined) return;
    clearTimeout(timer);
    timer = setTimeout(() => send(host, { text: value }), 350);
  });
}

export function render(component) {
  return show(component.parentElement.querySelector('.atlas-guide-choices'), component, build, listen);
}
