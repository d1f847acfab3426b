// The choices of the villages page: a service, a distance with where it comes from, a territory, a name.
import { el } from './element.js';
import { column, fold, send, show, territoryGroup } from './panel.js';

function radio(name, code, label, chosen, changes, note) {
  const id = `choice-${name}-${code}`;
  return el('label', { class: 'option', for: id },
    el('input', { type: 'radio', id, name: `choice-${name}`, checked: chosen, 'data-radio': JSON.stringify(changes) }),
    el('span', { class: 'label' }, label, note ? el('small', {}, note) : null));
}

function build(data, { services, labels }) {
  const service = services.find(({ code }) => code === data.service);
  const listed = service.thresholds.some(({ km }) => km === data.km);
  const text = el('label', { class: 'text' }, el('span', { class: 'unseen' }, labels.text),
    el('input', { type: 'search', 'data-text': true, placeholder: labels.text, value: data.text }));
  const which = fold('service', labels.service, 0, services.map(({ code, label }) =>
    radio('service', code, label, code === data.service, { service: code, km: '' })), true);
  const distance = fold('km', labels.km, data.in_force.includes('km') ? 1 : 0, [
    ...service.thresholds.map(({ km, label, basis }) => radio('km', km, label, km === data.km, { km: String(km) }, km === data.km ? basis : '')),
    el('div', { class: 'range' }, el('label', {}, labels.own_km,
      el('input', { type: 'number', min: 0, max: 500, step: 1, inputmode: 'numeric', 'data-km': true, value: listed ? '' : data.km }))),
  ], true);
  return column({ labels, number: data.in_force.length, total: data.total }, text, which, distance, territoryGroup(data, labels));
}

function listen(host) {
  let timer;
  host.addEventListener('change', ({ target }) => {
    if (target.dataset.radio) send(host, JSON.parse(target.dataset.radio));
    else if (target.dataset.km !== undefined && target.value !== '') send(host, { km: target.value });
  });
  host.addEventListener('input', ({ target: { dataset, value } }) => {
    if (dataset.text === undefined) return;
    clearTimeout(timer);
    timer = setTimeout(() => send(host, { text: value }), 350);
  });
}

export function render(component) {
  return show(component.parentElement.querySelector('.atlas-village-choices'), component, build, listen);
}
