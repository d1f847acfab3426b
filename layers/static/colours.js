// Colours of the page, read from its style sheet; read again when the theme changes.

const FALLBACK = {
  paper: '#faf7f2', surface: '#ffffff', ink: '#1f2733', muted: '#5a6470', accent: '#24417f', line: '#e3dcd1', edge: '#8a8172', sea: '#dfe8ec', abroad: '#ebe7e0',
};
let known = null;

export function colours() {
  if (known) return known;
  const style = getComputedStyle(document.documentElement);
  known = Object.fromEntries(Object.entries(FALLBACK).map(([name, fallback]) => [name, style.getPropertyValue(`--${name}`).trim() || fallback]));
  known.dark = document.documentElement.dataset.theme === 'dark';
  return known;
}

export function forgetColours() {
  known = null;
}

export function alpha(colour, opacity) {
  const [r, g, b] = [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16));
  return `rgba(${r},${g},${b},${opacity})`;
}
