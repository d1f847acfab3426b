// A printed page is narrow whatever the screen: before printing the map is drawn again for it. The page turns light first.

const PAPER = { width: '700px', height: '500px' }; // an upright A4 page between its margins

// A page may give its map less room on paper: two lengths in its style, --paper-width and --paper-height. It then shows
// the whole territory rather than what was on screen.
function ownPaper(box) {
  const style = getComputedStyle(box);
  const [width, height] = ['width', 'height'].map((side) => style.getPropertyValue(`--paper-${side}`).trim());
  return width && height ? { width, height } : null;
}

export function printable(atlas) {
  const { map } = atlas;
  let before = null;
  addEventListener('beforeprint', () => {
    const box = map.getContainer().closest('.atlas-map');
    if (!box || before) return;
    const legend = atlas.furniture.legend.querySelector('details');
    before = { bounds: map.getBounds(), open: legend?.open, centre: map.getCenter(), zoom: map.getZoom() };
    const own = ownPaper(box);
    Object.assign(box.style, own ?? PAPER);
    if (legend) legend.open = true;
    map.invalidateSize({ animate: false, pan: false });
    if (own) atlas.fit(true, true);
    else map.fitBounds(before.bounds, { animate: false });
    atlas.paint();
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
    atlas.paint();
  });
}
