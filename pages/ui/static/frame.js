// The document's language and direction, and the two switches of the menu bar.

const THEMES = ['system', 'light', 'dark'];
const ICONS = {
  system: 'M12 3a9 9 0 1 0 0 18V3z M12 3a9 9 0 0 1 0 18',
  light: 'M12 7a5 5 0 1 0 0 10a5 5 0 0 0 0-10z M12 1v3 M12 20v3 M1 12h3 M20 12h3 M4.2 4.2l2.1 2.1 M17.7 17.7l2.1 2.1 M4.2 19.8l2.1-2.1 M17.7 6.3l2.1-2.1',
  dark: 'M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5z',
};

function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}

function button(label, pressed, content) {
  const element = document.createElement('button');
  element.type = 'button';
  element.title = label;
  element.setAttribute('aria-label', label);
  element.setAttribute('aria-pressed', pressed);
  element.append(content);
  return element;
}

function switchTheme(next) {
  localStorage.setItem('atlasTheme', next);
  location.reload(); // Streamlit reads its theme once, at start
}

export function render({ parentElement, data, setTriggerValue }) {
  const root = document.documentElement;
  root.lang = data.language;
  root.dir = data.direction;
  const host = parentElement.querySelector('.atlas-frame');
  const theme = localStorage.getItem('atlasTheme') || 'system';
  const languages = data.languages.map(({ code, name }) => {
    const element = button(name, code === data.language, code === 'ar' ? 'ع' : code.toUpperCase());
    element.lang = code;
    element.onclick = () => setTriggerValue('language', code);
    return element;
  });
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
  const themes = button(`${data.theme_label} : ${data.themes[theme]}`, false, icon(theme));
  themes.removeAttribute('aria-pressed');
  themes.onclick = () => switchTheme(next);
  const group = document.createElement('div');
  group.className = 'languages';
  group.setAttribute('role', 'group');
  group.setAttribute('aria-label', data.label);
  group.append(...languages);
  host.replaceChildren(group, themes);
}
