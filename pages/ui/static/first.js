// Before anything is painted: light or dark. Streamlit keeps its own choice for each address; ours goes first.
(() => {
  const chosen = localStorage.getItem('atlasTheme') || 'system';
  const dark = chosen === 'dark' || (chosen === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  // Paper is white.
  const turn = (theme) => { document.documentElement.dataset.theme = theme; dispatchEvent(new Event('atlas:theme')); };
  if (dark) { addEventListener('beforeprint', () => turn('light')); addEventListener('afterprint', () => turn('dark')); }
  const name = { light: 'Light', dark: 'Dark', system: 'System' }[chosen];
  // Pages have addresses of their own, the server has one: Streamlit would look for it under the page's address first.
  window.__streamlit = { BACKEND_BASE_URL: location.origin };
  const keep = () => localStorage.setItem(`stActiveTheme-${location.pathname}-v2`, JSON.stringify(name));
  keep();
  addEventListener('popstate', keep);
})();

// The light mode, without relief: asked for in the address (lean=1, lean=0), else kept from before, else what the browser
// says of a connection that should be spared.
(() => {
  const asked = new URLSearchParams(location.search).get('lean');
  if (asked === '1' || asked === '0') localStorage.setItem('atlasLean', asked);
  const kept = localStorage.getItem('atlasLean') ?? (navigator.connection?.saveData ? '1' : '0');
  if (kept === '1') document.documentElement.dataset.lean = 'yes';
})();

// Streamlit fetches its font of symbols (375 kB) before anything asks for one; an element that shows one still gets it.
const loadFont = document.fonts.load.bind(document.fonts);
document.fonts.load = (font, ...rest) => (font.includes('Material Symbols') ? Promise.resolve([]) : loadFont(font, ...rest));
