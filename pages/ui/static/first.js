// Before anything is painted: light or dark. Streamlit keeps its own choice for each address; ours goes first.
(() => {
  const chosen = localStorage.getItem('atlasTheme') || 'system';
  const dark = chosen === 'dark' || (chosen === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  const name = { light: 'Light', dark: 'Dark', system: 'System' }[chosen];
  const keep = () => localStorage.setItem(`stActiveTheme-${location.pathname}-v2`, JSON.stringify(name));
  keep();
  addEventListener('popstate', keep);
})();
