// HTML from the server, shown without losing focus or scroll; clicks on [data-act] go back as changes.
// Links within the atlas change page without loading everything again.

import { labelCells } from './cards.js';
import { afterPaint } from './later.js';
import { narrow } from './narrow.js';
import { sync } from './sync.js';

const viewOf = () => (window.AtlasView ? { view: window.AtlasView, whole: Boolean(window.AtlasWhole?.()) } : {});

export function navigate(href) {
  history.pushState(null, '', href);
  dispatchEvent(new PopStateEvent('popstate'));
}

function act(element, send) {
  const changes = JSON.parse(element.dataset.act);
  if ('value' in element && element.matches('input, select')) changes[element.name] = element.value;
  send('act', { ...changes, ...viewOf() });
}

// A table wider than its place is scrolled by the keyboard too.
function reachable(host) {
  for (const box of host.querySelectorAll('.tablebox')) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute('tabindex');
  }
}

const reader = new TextDecoder();

function show(host, html) {
  if (host.html === html) return;
  const next = document.createElement('div');
  next.innerHTML = html; // escaped on the server, template by template
  labelCells(next);
  sync(host, next);
  host.html = html;
  reachable(host);
  arrive(host);
}

// What was just refused is read first, however far down its button stands.
function arrive(host) {
  const there = host.querySelector('[data-arrive]');
  if (!there || host.arrived === there.dataset.arrive) return;
  host.arrived = there.dataset.arrive;
  there.scrollIntoView({ block: 'center' });
  there.focus({ preventScroll: true });
}

export function render({ parentElement, data, setTriggerValue }) {
  const host = parentElement.querySelector('.atlas-live');
  host.send = setTriggerValue;
  const html = reader.decode(data);
  if (host.html === undefined || !document.querySelector('.atlas-map')) show(host, html);
  else afterPaint(host, () => show(host, html));
  if (host.ready) return;
  host.ready = true;
  new ResizeObserver(() => reachable(host)).observe(host);
  host.addEventListener('click', (event) => {
    const link = event.target.closest('a[href]');
    if (link) {
      if (link.getAttribute('href').startsWith('#')) {
        event.preventDefault(); // a new address would open the page again
        const target = document.getElementById(link.getAttribute('href').slice(1));
        target?.scrollIntoView();
        target?.focus({ preventScroll: true });
        return;
      }
      const inside = link.origin === location.origin && link.target !== '_blank' && !link.hasAttribute('download');
      if (inside && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
        event.preventDefault();
        navigate(link.href);
      }
      return;
    }
    if (event.target.closest('[data-print]')) { print(); return; }
    const element = event.target.closest('[data-act]');
    if (element?.matches('[data-fullscreen]')) document.documentElement.requestFullscreen?.().catch(() => {});
    if (element && !element.disabled) act(element, host.send);
  });
  host.addEventListener('submit', (event) => {
    if (event.target.method === 'post') return; // a form that leaves the page: signing in
    event.preventDefault();
    if (event.target.matches('[data-send]')) host.send('act', Object.fromEntries(new FormData(event.target)));
  });
  host.addEventListener('keydown', (event) => {
    const row = event.target.closest('tr[data-act]');
    if (row && event.target === row && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault();
      act(row, host.send);
    }
  });
  host.addEventListener('input', (event) => {
    if (event.target.matches('[data-narrow]')) narrow(event.target);
  });
  host.addEventListener('change', (event) => {
    const element = event.target.closest('select[data-act], input[data-act]');
    if (element) act(element, host.send);
  });
}
