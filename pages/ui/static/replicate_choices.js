// The choices of the replication page: a project that was carried out, its commune and sector, where to repeat it.
import { el } from './element.js';
import { act, column, fold, send, show, territoryGroup } from './panel.js';

const PAUSE_MS = 350;

function projectGroup(data, labels) {
  const said = ({ code, label, note }) => el('li', {}, el('button', { type: 'button', ...act({ project: code, origin: '', sector: '', seek: '', selected: '' }) },
    el('span', { class: 'label' }, label, el('small', {}, note))));
  const chosen = data.project ? el('p', { class: 'body-chosen' }, el('strong', {}, data.project.label), el('small', {}, data.project.note)) : null;
  return fold('project', labels.project, data.project ? 1 : 0, [
    chosen,
    el('label', { class: 'text' }, el('span', { class: 'unseen' }, labels.seek),
      el('input', { type: 'search', 'data-seek': 'yes', placeholder: data.project ? labels.change : labels.seek, value: data.seek })),
    data.offered.length ? el('ul', { class: 'tree bodies' }, ...data.offered.map(said)) : null,
    data.seek && !data.offered.length ? el('p', { class: 'note', role: 'status' }, labels.nothing) : null,
  ], true);
}

function oneOf(name, label, options, chosen) {
  if (options.length < 2) return null;
  return fold(name, label, 0, [
    el('select', { 'data-one': name, 'aria-label': label },
      ...options.map(({ code, label: word }) => el('option', { value: code, selected: code === chosen }, word))),
  ], true);
}

function build(data, { labels }) {
  return column({ labels, number: data.in_force.length, total: data.total },
    projectGroup(data, labels),
    oneOf('origin', labels.origin, data.origins, data.origin),
    oneOf('sector', labels.sector, data.sectors, data.sector),
    territoryGroup(data, labels));
}

function listen(host) {
  let timer;
  host.addEventListener('change', ({ target }) => {
    if (target.dataset.one) send(host, { [target.dataset.one]: target.value, selected: '' });
  });
  host.addEventListener('input', ({ target: { dataset, value } }) => {
    if (!dataset.seek) return;
    clearTimeout(timer);
    timer = setTimeout(() => send(host, { seek: value }), PAUSE_MS);
  });
}

export function render(component) {
  return show(component.parentElement.querySelector('.atlas-replicate-choices'), component, build, listen);
}
