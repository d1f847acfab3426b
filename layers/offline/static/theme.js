// Light or dark: as the system has it until the button is pressed; paper is white.
import { el, icon } from './element.js';

const MOON = 'M20 14.5A8 8 0 0 1 9.5 4a8 8 0 1 0 10.5 10.5z';
const root = document.documentElement;

function turn(dark) {
  root.dataset.theme = dark ? 'dark' : 'light';
  dispatchEvent(new Event('atlas:theme'));
}

export function theme(words) {
  const label = words.t('offline.dark');
  const button = el('button', { type: 'button', class: 'square dark', title: label, 'aria-label': label, onclick: () => set(!on()) }, icon(MOON));
  const on = () => button.getAttribute('aria-pressed') === 'true';
  const set = (dark) => { button.setAttribute('aria-pressed', String(dark)); turn(dark); };
  set(matchMedia('(prefers-color-scheme: dark)').matches);
  addEventListener('beforeprint', () => turn(false));
  addEventListener('afterprint', () => turn(on()));
  return button;
}
