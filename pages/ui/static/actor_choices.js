// The filters of the directory: names, territory, how bodies are tied to it, what they are and what they do.
import { el } from './element.js';
import { column, show, territoryGroup } from './panel.js';
import { listen, listGroup } from './facets.js';

function build(data, { groups, labels }) {
  const byName = Object.fromEntries(groups.map((group) => [group.name, listGroup(group, data, labels, group.open)]));
  const text = el('label', { class: 'text' }, el('span', { class: 'unseen' }, labels.text),
    el('input', { type: 'search', 'data-text': true, placeholder: labels.text, value: data.text }));
  return column({ labels, number: data.in_force.length, total: data.total },
    text, territoryGroup(data, labels), byName.tie, byName.type, byName.sector, byName.record, byName.country);
}

export function render(component) {
  return show(component.parentElement.querySelector('.atlas-actor-choices'), component, build, listen);
}
