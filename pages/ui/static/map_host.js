// Draws folium's map in the page and keeps it: the script is loaded again only when the map itself changes.

const loaded = new Map();

function load(tag, attributes, again = false) {
  const address = attributes.src || attributes.href;
  if (!loaded.has(address) || again) {
    loaded.set(address, new Promise((done, failed) => {
      const element = Object.assign(document.createElement(tag), attributes);
      element.onload = done;
      element.onerror = () => failed(new Error(address));
      document.head.append(element);
    }));
  }
  return loaded.get(address);
}

async function start(host, data) {
  const optional = (address) => load('script', { src: address, async: false }).catch(() => console.warn(`${address} is not installed`));
  await Promise.all([
    ...data.css.map((href) => load('link', { rel: 'stylesheet', href })),
    load('script', { src: data.js[0], async: false }),
    ...data.js.slice(1).map(optional),
  ]);
  await import(location.origin + data.module);
  if (!host.isConnected) return new Promise(() => {}); // the page went on meanwhile: this map is never drawn
  const element = document.createElement('div');
  element.id = data.container;
  element.className = 'folium-map';
  host.replaceChildren(element);
  await load('script', { src: data.script, async: false }, true);
  if (!host.isConnected) return new Promise(() => {});
  const atlas = await window.Atlas.of(element);
  window.AtlasView = undefined; // that of another page's map
  window.AtlasWhole = () => atlas.seesWhole();
  new ResizeObserver(() => atlas.map.invalidateSize({ animate: false })).observe(host);
  atlas.onevent = (event) => host.send('event', { ...event, view: window.AtlasView });
  atlas.onview = (view) => {
    window.AtlasView = view;
    const address = new URL(location.href);
    address.searchParams.set('map', view);
    history.replaceState(history.state, '', address.href.replaceAll('%2F', '/'));
  };
  return atlas;
}

// The state of a run lies in the page as text, there before `render` is called, or after it on the first visit: it is
// watched, so that the map is painted with the next frame.
function watch(host, key) {
  const block = host.closest('[data-testid="stVerticalBlock"]');
  const take = () => {
    const told = block.querySelector(`[data-map="${key}"]`)?.dataset.state;
    if (!told || told === host.told) return;
    host.told = told;
    host.atlas.then((atlas) => atlas.apply(JSON.parse(host.told)));
  };
  new MutationObserver(take).observe(block, { childList: true, subtree: true });
  return take;
}

export function render({ parentElement, data, setTriggerValue }) {
  const host = parentElement.querySelector('.atlas-map');
  host.send = setTriggerValue;
  if (host.digest !== data.digest) {
    host.digest = data.digest;
    host.told = null;
    host.atlas = start(host, data);
  }
  host.take ??= watch(host, data.key);
  host.take();
}
