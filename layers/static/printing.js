// A printed page is narrow whatever the screen: before printing the map is drawn again for it. The page turns light first.

import { PAPER_RATIO } from './surface.js';

const PAPER = { width: '700px', height: '500px' }; // an upright A4 page between its margins

// A page may give its map less room on paper: two lengths in its style, --paper-width and --paper-height. It then shows
// the whole territory rather than what was on screen.
function ownPaper(box) {
  const style = getComputedStyle(box);
  const [width, height] = ['width', 'height'].map((side) => style.getPropertyValue(`--paper-${side}`).trim());
  return width && height ? { width, height } : null;
}

// One picture of all that lies under the furniture. A browser prints what a canvas was just told, not its picture; there
// a cleared rectangle comes out white and hides the relief and the canvases below.
function picture(map) {
  const box = map.getContainer();
  const { left, top, width, height } = box.getBoundingClientRect();
  const canvas = Object.assign(document.createElement('canvas'), { className: 'atlas-paper', width: width * PAPER_RATIO, height: height * PAPER_RATIO });
  const ctx = canvas.getContext('2d');
  ctx.scale(PAPER_RATIO, PAPER_RATIO);
  ctx.fillStyle = getComputedStyle(box).backgroundColor;
  ctx.fillRect(0, 0, width, height);
  for (const layer of box.querySelectorAll('.leaflet-map-pane :is(canvas, .leaflet-image-layer)')) {
    const at = layer.getBoundingClientRect();
    if (layer.complete !== false) ctx.drawImage(layer, at.left - left, at.top - top, at.width, at.height);
  }
  box.append(canvas);
  return canvas;
}

export function printable(atlas) {
  const { map } = atlas;
  let before = null;
  let paper = null;
  addEventListener('beforeprint', () => {
    const box = map.getContainer().closest('.atlas-map');
    if (!box || before) return;
    const legend = atlas.furniture.legend.querySelector('details');
    before = { bounds: map.getBounds(), open: legend?.open, centre: map.getCenter(), zoom: map.getZoom() };
    atlas.printing = true;
    const own = ownPaper(box);
    Object.assign(box.style, own ?? PAPER);
    if (legend) legend.open = true;
    map.invalidateSize({ animate: false, pan: false });
    if (own) atlas.fit(true, true);
    else map.fitBounds(before.bounds, { animate: false });
    atlas.fine(true);
    paper = picture(map);
  });
  addEventListener('afterprint', () => {
    if (!before) return;
    const box = map.getContainer().closest('.atlas-map');
    for (const side of Object.keys(PAPER)) box.style[side] = '';
    const legend = atlas.furniture.legend.querySelector('details');
    if (legend) legend.open = before.open;
    map.invalidateSize({ animate: false, pan: false });
    map.setView(before.centre, before.zoom, { animate: false });
    before = null;
    atlas.printing = false;
    paper.remove();
    atlas.fine(false);
  });
}
