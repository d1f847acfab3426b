// What stands around the drawing: buttons, legend, scale, sources, title, tip. Mirrored when the writing turns.
/* global L */

const SHAPES = {
  home: 'M4 11l8-7 8 7M6 10v10h12V10',
  fullscreen: 'M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5',
};

const LARGER = 1.25; // names and signs, on the whole screen

function corner(map, position, className, tag = 'div') {
  const control = L.control({ position });
  control.onAdd = () => {
    const box = L.DomUtil.create(tag, className);
    L.DomEvent.disableClickPropagation(box);
    L.DomEvent.disableScrollPropagation(box);
    return box;
  };
  control.addTo(map);
  return control.getContainer();
}

// Leaflet's scale, its units in the language of the page.
function scale(map, position, texts) {
  const Scale = L.Control.Scale.extend({
    _updateMetric(most) {
      const metres = this._getRoundNum(most);
      const words = metres < 1000 ? `${metres} ${texts.unit_m}` : `${metres / 1000} ${texts.unit_km}`;
      this._updateScale(this._mScale, words, metres / most);
    },
  });
  new Scale({ position, imperial: false, maxWidth: 110 }).addTo(map);
}

function button(label, shape, action) {
  const element = document.createElement('button');
  element.type = 'button';
  element.title = label;
  element.setAttribute('aria-label', label);
  element.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${shape}"/></svg>`; // our own constant
  element.onclick = action;
  return element;
}

function over(map, className, attributes = {}) {
  const element = document.createElement('div');
  element.className = className;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  map.getContainer().append(element);
  return element;
}

// The whole screen shows the same stretch of land, larger.
function fullscreen(map, magnify) {
  const box = map.getContainer().closest('.atlas-map') || map.getContainer();
  const seen = map.getBounds();
  const fill = () => setTimeout(() => {
    map.invalidateSize({ animate: false });
    magnify(document.fullscreenElement ? LARGER : 1);
    map.fitBounds(seen, { animate: false });
  }, 60);
  if (document.fullscreenElement) { document.exitFullscreen(); return; }
  document.addEventListener('fullscreenchange', () => {
    fill();
    document.addEventListener('fullscreenchange', fill, { once: true }); // left by the button or by Escape
  }, { once: true });
  box.requestFullscreen?.();
}

// The sources, in one line on a narrow map: the whole is read at a touch.
function sources(map, position, text) {
  const source = corner(map, position, 'atlas-source', 'button');
  source.type = 'button';
  source.textContent = text;
  source.title = text;
  source.onclick = () => source.classList.toggle('whole');
}

// Where buttons, legend, scale and sources lie on the map: [left, top, right, bottom] in its pixels.
function boxes(container) {
  const { left, top } = container.getBoundingClientRect();
  return [...container.querySelectorAll('.leaflet-control')].map((control) => control.getBoundingClientRect())
    .filter(({ width }) => width)
    .map((box) => [box.left - left, box.top - top, box.right - left, box.bottom - top]);
}

export function furnish(map, { texts, direction }, { fit, magnify }) {
  const [start, end] = direction === 'rtl' ? ['right', 'left'] : ['left', 'right'];
  L.control.zoom({ position: `top${end}`, zoomInTitle: texts.zoom_in, zoomOutTitle: texts.zoom_out }).addTo(map);
  scale(map, `bottom${end}`, texts);
  corner(map, `top${end}`, 'leaflet-bar atlas-buttons').append(
    button(texts.home, SHAPES.home, fit),
    button(texts.fullscreen, SHAPES.fullscreen, () => fullscreen(map, magnify)),
  );
  // Paper is turned any way up; on screen the map always stands upright.
  corner(map, `top${start}`, 'atlas-north').textContent = texts.north;
  const legend = corner(map, `bottom${start}`, 'atlas-legend');
  sources(map, `bottom${end}`, texts.attribution);
  const title = corner(map, `top${start}`, 'atlas-title');
  const container = map.getContainer();
  container.setAttribute('role', 'application');
  container.setAttribute('aria-label', texts.label);
  over(map, 'atlas-cross', { 'aria-hidden': 'true' });
  return {
    boxes: () => boxes(container),
    legend,
    title,
    tip: over(map, 'atlas-tip', { 'aria-live': 'polite' }),
    hint: over(map, 'atlas-hint', { 'aria-hidden': 'true', 'data-said': texts.wheel }),
    trouble: over(map, 'atlas-trouble', { role: 'status' }),
  };
}
