// The left column: what can be chosen, each option with its count; on a phone it opens over the page.
import { el, folded, sign } from './element.js';

const FEW = 8;

function option(group, { value, label, count, on, path, colour }, choose) {
  const input = el('input', { type: group.many ? 'checkbox' : 'radio', name: group.name, value, onchange: () => choose(group.name, value) });
  input.checked = Boolean(on);
  return el('label', { class: count === 0 && !on ? 'option none' : 'option', 'data-value': value },
    input,
    path ? sign({ path, colour, label: '' }) : '',
    el('span', {}, label),
    count === undefined ? '' : el('b', {}, count));
}

// Long lists show their first options, and those in force; the others are a touch away, or found by name.
function long(group, options, open, words, again) {
  if (options.length <= FEW + 2) return [];
  const search = el('input', { type: 'search', class: 'within', placeholder: words.t('facets.search'), 'aria-label': words.t('facets.search') });
  search.oninput = () => {
    const wanted = folded(search.value);
    options.forEach((one) => { one.hidden = wanted ? !folded(one.textContent).includes(wanted) : !open.has(group.name) && one.rest; });
  };
  const more = el('button', {
    type: 'button', class: 'plain',
    onclick: () => { if (!open.delete(group.name)) open.add(group.name); again(); },
  }, open.has(group.name) ? words.t('facets.fewer') : words.t('facets.more', { n: options.length }));
  return [open.has(group.name) ? search : '', more];
}

export class Panel {
  constructor(host, words, on) {
    Object.assign(this, { host, words, on, open: new Set() });
    host.setAttribute('aria-label', words.t('facets.title'));
  }

  // `done` says what is shown behind the panel, where it lies over the page.
  draw({ groups, inForce, title, done }) {
    const { host, words } = this;
    const kept = { focus: document.activeElement?.closest('[data-value]')?.dataset.value, group: document.activeElement?.name, top: host.scrollTop };
    host.replaceChildren(
      el('div', { class: 'head' },
        el('h2', {}, words.t(title)),
        inForce.length ? el('button', { type: 'button', class: 'plain', onclick: this.on.clear }, words.t('facets.clear')) : '',
        el('button', { type: 'button', class: 'close phone', 'aria-label': words.t('facets.close'), onclick: () => this.toggle(false) }, '×')),
      ...groups.map((group) => this.group(group, () => this.draw({ groups, inForce, title, done }))),
      el('button', { type: 'button', class: 'button phone done', onclick: () => this.toggle(false) }, done),
    );
    host.scrollTop = kept.top;
    if (kept.group) [...host.querySelectorAll('input')].find(({ name, value }) => name === kept.group && value === kept.focus)?.focus({ preventScroll: true });
  }

  group(group, again) {
    const options = group.options.map((one, order) => {
      const element = option(group, one, this.on.choose);
      element.rest = order >= FEW && !one.on && group.options.length > FEW + 2;
      element.hidden = element.rest && !this.open.has(group.name);
      return element;
    });
    const box = el('fieldset', {}, el('legend', {}, group.label));
    const more = long(group, options, this.open, this.words, again);
    box.append(...more.slice(0, 1), ...options, ...more.slice(1));
    if (group.note) box.append(el('p', { class: 'note' }, group.note));
    return box;
  }

  toggle(open = !this.host.classList.contains('open')) {
    this.host.classList.toggle('open', open);
    if (open) this.host.querySelector('input')?.focus();
  }
}
