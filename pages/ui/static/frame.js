// The bar over every page: name, menu, languages, light or dark. And the document's language and direction.
import { el, icon } from './element.js';
import { sayControls } from './control_words.js';
import { navigate } from './live.js';

const THEMES = ['system', 'light', 'dark'];
const ICONS = {
  system: 'M12 3a9 9 0 1 0 0 18V3z M12 3a9 9 0 0 1 0 18',
  light: 'M12 7a5 5 0 1 0 0 10a5 5 0 0 0 0-10z M12 1v3 M12 20v3 M1 12h3 M20 12h3 M4.2 4.2l2.1 2.1 M17.7 17.7l2.1 2.1 M4.2 19.8l2.1-2.1 M17.7 6.3l2.1-2.1',
  dark: 'M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5z',
  relief: 'M2 19l6.5-12 4.5 8 2.5-4L22 19z',
  menu: 'M4 6h16 M4 12h16 M4 18h16',
};

const button = (label, content, attributes = {}) => el('button', { type: 'button', title: label, 'aria-label': label, ...attributes }, content);

function link({ title, url, current }, className = '') {
  const anchor = el('a', { href: url, ...(className ? { class: className } : {}), ...(current ? { 'aria-current': 'page' } : {}) }, title);
  anchor.onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    navigate(anchor.href);
  };
  return anchor;
}

// A section of several pages opens below its word; a section of one page is that page.
function section({ title, pages }) {
  if (pages.length === 1) return link(pages[0], 'lone');
  const here = pages.some(({ current }) => current);
  const box = el('details', here ? { class: 'here' } : {}, el('summary', {}, title));
  box.append(el('ul', {}, ...pages.map((page) => el('li', {}, link(page)))));
  return box;
}

// One section open at a time; all close on a click elsewhere or on Escape.
function closing(nav) {
  const shut = (kept) => nav.querySelectorAll('details[open]').forEach((box) => { if (box !== kept) box.open = false; });
  nav.addEventListener('toggle', ({ target }) => { if (target.open && !nav.classList.contains('opened')) shut(target); }, true);
  document.addEventListener('click', ({ target }) => { if (!nav.contains(target)) { shut(); nav.classList.remove('opened'); } });
  nav.addEventListener('keydown', ({ key, target }) => {
    if (key !== 'Escape') return;
    target.closest('details')?.querySelector('summary').focus();
    shut();
    nav.classList.remove('opened');
  });
}

// Maps without their relief, for a slow connection: in the bar, and in words in the menu of a narrow screen.
function lean({ lean: label }, inMenu) {
  const chosen = () => Boolean(document.documentElement.dataset.lean);
  const element = button(label, icon(ICONS.relief), { class: inMenu ? 'lean in-menu' : 'lean', 'aria-pressed': String(chosen()) });
  if (inMenu) element.append(label);
  element.onclick = () => {
    if (chosen()) delete document.documentElement.dataset.lean;
    else document.documentElement.dataset.lean = 'yes';
    localStorage.setItem('atlasLean', chosen() ? '1' : '0');
    document.querySelectorAll('.atlas-frame .lean').forEach((one) => one.setAttribute('aria-pressed', chosen()));
    dispatchEvent(new Event('atlas:theme'));
  };
  return element;
}

function menu(data) {
  const sections = el('div', { class: 'sections' }, ...data.menu.map(section), lean(data, true));
  const opener = button(data.menu_label, icon(ICONS.menu), { class: 'opener', 'aria-expanded': 'false' });
  const nav = el('nav', { 'aria-label': data.menu_label }, opener, sections);
  opener.onclick = () => {
    const opened = nav.classList.toggle('opened');
    opener.setAttribute('aria-expanded', opened);
    sections.querySelectorAll('details').forEach((box) => { box.open = opened; });
  };
  closing(nav);
  return nav;
}

// How many of one's entries somebody did something with since one last looked.
function news({ title, label, url }) {
  const element = link({ title, url }, 'news');
  element.title = label;
  element.setAttribute('aria-label', label);
  return element;
}

function switches(data, host) {
  const languages = data.languages.map(({ code, name, short }) => {
    // Who speaks to the page says what is written: the name begins with the letters shown.
    const element = button(name, short, { lang: code, 'aria-label': `${short} ${name}`, 'aria-pressed': String(code === data.language) });
    element.onclick = () => host.send('language', code);
    return element;
  });
  const theme = localStorage.getItem('atlasTheme') || 'system';
  const themes = button(`${data.theme_label} : ${data.themes[theme]}`, icon(ICONS[theme]), { class: 'theme' });
  themes.onclick = () => {
    localStorage.setItem('atlasTheme', THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]);
    location.reload(); // Streamlit reads its theme once, at start
  };
  return [el('div', { class: 'languages', role: 'group', 'aria-label': data.label }, ...languages), lean(data, false), themes];
}

// Streamlit's own first link speaks English and leads to what holds our bar: it shall lead past bar and filters.
function skip(label) {
  const way = document.querySelector('[data-testid="stSkipToContent"]');
  if (!way) return;
  way.textContent = label;
  way.onclick = (event) => {
    const heading = document.querySelector('h1');
    if (!heading) return;
    event.preventDefault();
    event.stopPropagation(); // Streamlit would move on to the whole
    heading.tabIndex = -1;
    heading.focus();
  };
}

export function render({ parentElement, data, setTriggerValue }) {
  document.documentElement.lang = data.language;
  document.documentElement.dir = data.direction;
  // Streamlit writes these on its own controls in English; atlas.css puts ours in their place.
  for (const [name, word] of Object.entries(data.words)) {
    document.documentElement.style.setProperty(`--word-${name}`, JSON.stringify(word));
  }
  sayControls(data.controls);
  skip(data.skip);
  const host = parentElement.querySelector('.atlas-frame');
  host.send = setTriggerValue;
  const said = JSON.stringify(data);
  if (host.said === said) return;
  host.said = said;
  const brand = link({ title: data.name, url: data.menu[0].pages[0].url }, 'brand');
  host.replaceChildren(brand, menu(data), ...(data.news ? [news(data.news)] : []), ...switches(data, host));
}
