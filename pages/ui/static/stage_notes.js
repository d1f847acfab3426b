// The presenter's own window: what to say, what comes next, how long it has lasted. Every word set as text.

const LOOK = `
  body { margin: 0; padding: 1.5rem 2rem; background: #12171f; color: #ece7df; font: 1.35rem/1.5 "Noto Sans", "Noto Sans Arabic", system-ui, sans-serif; }
  header { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: baseline; color: #a7b0bb; font-variant-numeric: tabular-nums; }
  header time { color: #f2b25c; font-size: 2.25rem; font-weight: 700; }
  button { font: inherit; font-size: 1rem; padding: .4rem .9rem; color: inherit; background: #202833; border: 1px solid #5b6673; border-radius: 6px; cursor: pointer; }
  h1 { font-size: 1.6rem; margin: 1rem 0 .5rem; } p { margin: .5rem 0; white-space: pre-line; }
  .next { margin-block-start: 2rem; padding-block-start: 1rem; border-block-start: 1px solid #2c3540; color: #a7b0bb; font-size: 1.1rem; }
  .changed { color: #f2b25c; font-size: 1.05rem; }`;

const two = (number) => String(number).padStart(2, '0');

export function openNotes(stage) {
  const page = window.open('', 'atlas-notes', 'popup,width=900,height=680');
  if (!page) { stage.say(stage.data.labels.no_window); return; }
  stage.notes = page;
  const { document: paper } = page;
  if (!paper.body.dataset.ready) {
    paper.body.dataset.ready = 'true';
    paper.head.append(Object.assign(paper.createElement('style'), { textContent: LOOK }));
    paper.addEventListener('keydown', (event) => stage.pressed(event), true);
  }
  clearInterval(stage.ticking);
  stage.ticking = setInterval(() => tick(stage), 1000);
  showNotes(stage);
  page.focus();
}

export function showNotes(stage) {
  const { notes, data } = stage;
  if (!notes || notes.closed) return;
  const paper = notes.document;
  const { labels } = data;
  const make = (tag, text, attributes = {}) => {
    const element = Object.assign(paper.createElement(tag), { textContent: text });
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  const button = (text, action) => Object.assign(make('button', text, { type: 'button' }), { onclick: action });
  paper.documentElement.lang = data.language;
  paper.documentElement.dir = data.direction;
  paper.title = labels.notes_title;
  const head = paper.createElement('header');
  head.append(
    make('time', '', { id: 'lasted', 'aria-label': labels.lasted }), make('span', '', { id: 'clock' }), make('span', data.count),
    button(labels.back, () => stage.act('back')), button(labels.next, () => stage.act('next')),
    button(labels.curtain, () => stage.act('curtain')), button(labels.again, () => { stage.started = Date.now(); tick(stage); }),
  );
  const next = make('p', data.next ? `${labels.then} ${data.next}` : labels.end, { class: 'next' });
  paper.body.replaceChildren(
    head, make('h1', data.title), make('p', data.notes || labels.no_notes, data.notes_language),
    ...data.changed.map((text) => make('p', text, { class: 'changed' })), next,
  );
  tick(stage);
}

function tick(stage) {
  const { notes } = stage;
  if (!notes || notes.closed || !stage.host.isConnected) { clearInterval(stage.ticking); return; }
  const seconds = Math.floor((Date.now() - stage.started) / 1000);
  const now = new Date();
  notes.document.getElementById('lasted').textContent = `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
  notes.document.getElementById('clock').textContent = `${two(now.getHours())}:${two(now.getMinutes())}`;
}
