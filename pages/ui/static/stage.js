// The presenter's hands: keys and remote, the bar, pointer, curtain, QR code; notes and timer in a second window.
import { el, icon } from './element.js';
import { openNotes, showNotes } from './stage_notes.js';

const SHAPES = {
  back: 'M15 5l-7 7l7 7', next: 'M9 5l7 7l-7 7',
  filter: 'M4 6h16M7 12h10M10 18h4',
  pointer: 'M12 9a3 3 0 1 0 0 6a3 3 0 0 0 0-6M12 3v3M12 18v3M3 12h3M18 12h3',
  curtain: 'M4 5h16v14H4zM4 5l16 14',
  qr: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 18h2v2h-2zM18 14h2M14 18v2',
  notes: 'M5 4h14v16H5zM8 9h8M8 13h8M8 17h5',
  whole: 'M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5',
  leave: 'M6 6l12 12M18 6L6 18',
};
const LEAST = 0.6; // of the usual size of the words: as small as a crowded chapter may get,
const MOST = 1.4; // and as large as one of few words
const FITTINGS = 5;
const KEYS = {
  PageDown: 'next', PageUp: 'back', ArrowDown: 'next', ArrowUp: 'back', ' ': 'next', Home: 'first', End: 'last', Escape: 'escape',
  F5: 'begin', b: 'curtain', '.': 'curtain', f: 'filter', n: 'notes', p: 'pointer', q: 'qr',
};

// What a remote sends goes to the show wherever the focus is: in a filter, PageDown would choose its last option.
const REMOTE = new Set(['PageDown', 'PageUp', 'Escape', 'F5']);

// The letter on a key; on an Arabic keyboard, the Latin one in its place.
const letter = ({ key, code }) => (/^[a-z.]$/i.test(key) ? key : code.replace(/^Key/, '')).toLowerCase();

class Stage {
  constructor(host) {
    this.host = host;
    this.started = Date.now();
    this.open = { filter: false, pointer: false, curtain: false, qr: false };
    this.key = (event) => this.pressed(event);
    this.move = ({ clientX, clientY }) => { this.dot.style.transform = `translate(${clientX}px, ${clientY}px)`; };
    this.press = ({ target }) => { this.pointed = target.closest?.('select'); };
    this.chosen = ({ target }) => { if (target === this.pointed) target.blur(); }; // the keys are the show's again
    addEventListener('keydown', this.key, true);
    addEventListener('pointermove', this.move);
    addEventListener('pointerdown', this.press, true);
    addEventListener('change', this.chosen, true);
    document.documentElement.dataset.stage = '';
  }

  // What the server says of the chapter shown.
  show(data) {
    const first = !this.data;
    const turned = !first && this.data.number !== data.number;
    this.data = data;
    this.wanted = data.number;
    if (first || this.language !== data.language) this.build();
    this.count.textContent = data.count;
    this.source.textContent = data.source;
    this.bar.style.setProperty('--done', data.number / data.total);
    this.buttons.back.disabled = data.number === 1;
    this.buttons.next.disabled = data.number === data.total;
    this.code.src = data.qr;
    this.said.replaceChildren(el('bdi', { dir: 'ltr' }, data.address), ...(data.reach ? [el('small', {}, data.reach)] : []));
    if (turned) this.toggle('qr', false);
    this.explain(data);
    showNotes(this);
  }

  // The legend stands under the words, where the hall reads; on a narrow screen it stays on the map.
  async explain({ legend, legend_script: script }) {
    const { drawLegend } = await import(location.origin + script);
    this.legend.hidden = !legend.rows.length;
    drawLegend(this.legend, legend);
    this.fit();
  }

  // Words and legend share the column: both are as large as leaves the hall all of both.
  fit() {
    cancelAnimationFrame(this.fitting);
    this.fitting = requestAnimationFrame(() => {
      const words = document.querySelector('.st-key-stage-words')?.parentElement; // it scrolls
      if (!words) return;
      if (this.words !== words) {
        this.words = words;
        this.watch.observe(words.querySelector('.stage-words') ?? words);
      }
      if (this.fits(words, MOST)) return;
      let [low, high] = [LEAST, MOST];
      for (let half = 0; half < FITTINGS; half += 1) {
        const middle = (low + high) / 2;
        if (this.fits(words, middle)) low = middle;
        else high = middle;
      }
      this.fits(words, low);
    });
  }

  fits(words, size) {
    const { style } = document.documentElement;
    style.setProperty('--fit', size);
    style.setProperty('--key-fit', Math.min(1, (1 + size) / 2));
    style.setProperty('--legend', `${this.legend.offsetHeight}px`);
    return words.scrollHeight <= words.clientHeight + 1;
  }

  build() {
    const { host, data } = this;
    this.language = data.language;
    const { labels } = data;
    const button = (name, action = () => this.toggle(name)) => {
      const element = el('button', { type: 'button', 'data-tool': name, title: labels[name], 'aria-label': labels[name] }, icon(SHAPES[name]));
      element.onclick = action;
      return element;
    };
    this.buttons = {
      back: button('back', () => this.go(this.wanted - 1)), next: button('next', () => this.go(this.wanted + 1)),
      filter: button('filter'), pointer: button('pointer'), curtain: button('curtain'), qr: button('qr'),
      notes: button('notes', () => openNotes(this)), whole: button('whole', () => this.whole()), leave: button('leave', () => this.leave()),
    };
    for (const name of ['filter', 'pointer', 'qr']) this.buttons[name].setAttribute('aria-pressed', 'false');
    this.count = el('output', { 'aria-live': 'off' });
    const { back, next, ...tools } = this.buttons;
    this.source = el('p', { class: 'rest' });
    this.bar = el('div', { class: 'bar', role: 'toolbar', 'aria-label': labels.bar }, back, this.count, next, this.source, ...Object.values(tools));
    this.trouble = el('p', { class: 'trouble', role: 'alert', hidden: '' });
    this.legend = el('div', { class: 'stage-legend' });
    this.watch = new ResizeObserver(() => this.fit());
    this.watch.observe(this.legend);
    this.dot = el('div', { class: 'dot', hidden: '' });
    this.curtain = el('div', { class: 'curtain', hidden: '' });
    this.curtain.onclick = () => this.toggle('curtain', false);
    this.code = el('img', { alt: labels.qr_alt, width: 440, height: 440 });
    this.said = el('p', {});
    this.box = el('div', { class: 'code', role: 'dialog', 'aria-label': labels.qr, hidden: '' }, el('h2', {}, labels.qr_title), this.code, this.said);
    this.box.onclick = () => this.toggle('qr', false);
    host.replaceChildren(this.bar, this.legend, this.trouble, this.box, this.dot, this.curtain);
  }

  pressed(event) {
    if (!this.host.isConnected) { this.close(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.closest?.('input, select, textarea, [contenteditable]');
    if (typing && !REMOTE.has(event.key)) { this.pointed = null; return; }
    if (event.key === ' ' && event.target.closest?.('button, a')) return;
    const rtl = document.documentElement.dir === 'rtl';
    const arrows = { ArrowRight: rtl ? 'back' : 'next', ArrowLeft: rtl ? 'next' : 'back' };
    const does = arrows[event.key] ?? KEYS[event.key] ?? KEYS[letter(event)];
    if (!does) return;
    event.preventDefault();
    event.stopPropagation();
    if (this.open.curtain && does !== 'curtain') { this.toggle('curtain', false); return; }
    if (typing) typing.blur();
    this.act(does);
  }

  act(does) {
    const { total } = this.data;
    if (does === 'next') this.go(this.wanted + 1);
    else if (does === 'back') this.go(this.wanted - 1);
    else if (does === 'first') this.go(1);
    else if (does === 'last') this.go(total);
    else if (does === 'notes') openNotes(this);
    else if (does === 'escape') this.escape();
    else if (does === 'begin') { if (!document.fullscreenElement) this.whole(); } // what a remote's start button sends
    else this.toggle(does);
  }

  // The number wanted runs ahead of the server, so that two quick presses turn two pages.
  go(number) {
    const to = Math.min(Math.max(number, 1), this.data.total);
    if (to === this.wanted) return;
    this.wanted = to;
    this.host.send('act', { chapter: to });
  }

  toggle(name, on = !this.open[name]) {
    this.fit();
    this.open[name] = on;
    this.buttons[name]?.setAttribute('aria-pressed', on);
    if (name === 'curtain') this.curtain.hidden = !on;
    if (name === 'qr') this.box.hidden = !on;
    if (name === 'pointer') this.dot.hidden = !on;
    const root = document.documentElement;
    root.dataset.stage = ['filter', 'pointer'].filter((one) => this.open[one]).join(' ');
    if (name === 'filter' && on) document.querySelector('.stage-filters select')?.focus();
  }

  escape() {
    const shown = ['curtain', 'qr', 'filter', 'pointer'].find((name) => this.open[name]);
    if (shown) this.toggle(shown, false);
    else this.leave();
  }

  whole() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen?.().catch(() => this.say(this.data.labels.no_whole));
  }

  say(text) {
    this.trouble.textContent = text;
    this.trouble.hidden = false;
    setTimeout(() => { this.trouble.hidden = true; }, 6000);
  }

  leave() {
    if (document.fullscreenElement) document.exitFullscreen();
    this.host.send('act', { play: '' });
    this.close();
  }

  close() {
    removeEventListener('keydown', this.key, true);
    removeEventListener('pointermove', this.move);
    removeEventListener('pointerdown', this.press, true);
    removeEventListener('change', this.chosen, true);
    delete document.documentElement.dataset.stage;
    this.notes?.close();
    this.host.stage = null;
  }
}

export function render({ parentElement, data, setTriggerValue }) {
  const host = parentElement.querySelector('.atlas-stage');
  host.send = setTriggerValue;
  host.stage ??= new Stage(host);
  host.stage.show(data);
}
