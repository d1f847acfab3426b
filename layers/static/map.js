// The living map: folium's script calls these once, then each run only applies a small state to what is drawn.
/* global L */
import { colours, forgetColours } from './colours.js';
import { Dots } from './dots.js';
import { drawLegend } from './legend.js';
import { Labels } from './labels.js';
import { Areas, Points, bytes, spotAt } from './marks.js';
import { toUnit } from './mercator.js';
import { Communes, fetchShape, joined } from './shapes.js';
import { makeSurface } from './surface.js';
import { Ground, Territory } from './territory.js';

const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

export class AtlasMap {
  constructor(map, config) {
    Object.assign(this, { map, config, state: null, fetched: {} });
    window.AtlasDebug = { painted: 0, lastPaint: 0 };
    const pane = (name, order) => { map.createPane(name).style.zIndex = order; };
    pane('atlas-ground', 200);
    pane('atlas-relief', 210);
    pane('atlas-data', 400);
    for (const name of ['atlas-ground', 'atlas-relief', 'atlas-data']) map.getPane(name).style.pointerEvents = 'none';
    const Surface = makeSurface();
    this.below = new Surface('atlas-ground').addTo(map);
    this.above = new Surface('atlas-data').addTo(map);
    const symbols = config.symbols.map(({ path, colour }) => ({ path: new Path2D(path), colour }));
    this.communes = new Communes({ levels: config.communes, count: config.count, changed: () => this.shapesCame(), failed: (error) => this.fail(error) });
    this.ground = this.below.add(0, new Ground());
    this.territory = this.above.add(0, new Territory(this.communes));
    this.dots = this.above.add(1, new Dots());
    this.labels = this.above.add(2, new Labels());
    this.areas = this.above.add(3, new Areas(symbols));
    this.points = this.above.add(4, new Points(symbols));
    this.furnish();
    this.listen();
    this.fetchGround();
  }

  // Controls, tip, legend, source line -----------------------------------------------------------------------
  furnish() {
    const { map, config: { texts, direction } } = this;
    const [start, end] = direction === 'rtl' ? ['right', 'left'] : ['left', 'right'];
    L.control.zoom({ position: `top${end}`, zoomInTitle: texts.zoom_in, zoomOutTitle: texts.zoom_out }).addTo(map);
    L.control.scale({ position: `bottom${end}`, imperial: false, maxWidth: 110 }).addTo(map);
    const corner = (position, className) => {
      const control = L.control({ position });
      control.onAdd = () => {
        const box = L.DomUtil.create('div', className);
        L.DomEvent.disableClickPropagation(box);
        L.DomEvent.disableScrollPropagation(box);
        return box;
      };
      control.addTo(map);
      return control.getContainer();
    };
    const buttons = corner(`top${end}`, 'leaflet-bar atlas-buttons');
    const button = (label, shape, action) => {
      const element = document.createElement('button');
      element.type = 'button';
      element.title = label;
      element.setAttribute('aria-label', label);
      element.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${shape}"/></svg>`; // our own constant
      element.onclick = action;
      buttons.append(element);
    };
    button(texts.home, 'M4 11l8-7 8 7M6 10v10h12V10', () => this.fit());
    button(texts.fullscreen, 'M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5', () => this.fullscreen());
    this.legend = corner(`bottom${start}`, 'atlas-legend');
    this.source = corner(`bottom${end}`, 'atlas-source');
    this.source.textContent = texts.attribution;
    this.tip = document.createElement('div');
    this.tip.className = 'atlas-tip';
    this.trouble = document.createElement('p');
    this.trouble.className = 'atlas-trouble';
    this.trouble.setAttribute('role', 'status');
    map.getContainer().append(this.tip, this.trouble);
    map.getContainer().setAttribute('role', 'application');
    map.getContainer().setAttribute('aria-label', texts.label);
  }

  fullscreen() {
    const box = this.map.getContainer().closest('.atlas-map') || this.map.getContainer();
    if (document.fullscreenElement) document.exitFullscreen();
    else box.requestFullscreen?.();
  }

  fail(error) {
    this.trouble.textContent = this.config.texts.failed;
    console.warn(error.message);
  }

  // What is fetched ------------------------------------------------------------------------------------------
  fetchGround() {
    const { config } = this;
    const into = (name, use) => {
      const entry = config.shapes[name];
      if (entry) fetchShape(entry.url).then((collection) => { use(collection.features); this.redraw(); }).catch((error) => this.fail(error));
    };
    into('neighbours', (features) => { this.ground.neighbours = joined(features); });
    into('rivers', (features) => { this.territory.rivers = joined(features); });
    for (const [name, kind] of [['country.outline', 'country'], ['regions.lines', 'region'], ['provinces.lines', 'province']]) {
      into(name, (features) => { this.communes.lines[kind] = [joined(features)]; });
    }
    this.relief();
    fetchShape(config.places).then(({ communes, labels }) => {
      this.communes.places = communes.map(([, lon, lat]) => toUnit(lon, lat));
      this.areas.places = this.communes.places;
      this.names = communes.map(([name]) => name);
      this.labels.rtl = config.direction === 'rtl';
      this.labels.set(labels);
      this.redraw();
    }).catch((error) => this.fail(error));
  }

  relief() {
    for (const overlay of this.overlays || []) overlay.remove();
    const dark = colours().dark ? '.dark' : '';
    this.overlays = this.config.relief.flatMap((name) => {
      const entry = this.config.shapes[name + dark];
      if (!entry) return [];
      const [west, south, east, north] = entry.extent;
      return [L.imageOverlay(entry.url, [[south, west], [north, east]], { pane: 'atlas-relief', opacity: 1 }).addTo(this.map)];
    });
  }

  shapesCame() {
    this.territory.forget();
    this.ground.land = this.communes.merged(this.communes.paths.keys());
    this.redraw();
  }

  redraw() {
    this.below.redraw();
    this.above.redraw();
  }

  // What each run brings -------------------------------------------------------------------------------------
  apply(state) {
    const before = this.state;
    this.state = state;
    this.areas.set(state.areas, state.show);
    this.points.drawn = Boolean(state.points) && state.show !== 'amount';
    this.territory.focus = state.focus;
    this.territory.areas = state.show === 'amount' ? [] : this.areas.list.filter(({ count }) => count).map(({ commune }) => commune);
    this.territory.selection = state.selection;
    this.territory.choropleth.set(state.choropleth);
    this.dots.set(state.dots, () => this.redraw())?.catch((error) => this.fail(error));
    this.territory.forget();
    this.points.selected = new Set(state.selection.projects);
    if (state.points) this.showPoints(state.points).catch((error) => this.fail(error));
    drawLegend(this.legend, state.legend);
    if (!before && state.view) this.map.setView([state.view[1], state.view[2]], state.view[0], { animate: false });
    else if (!before || before.focus.key !== state.focus.key) this.fit(!before);
    this.redraw();
    requestAnimationFrame(() => requestAnimationFrame(() => {
      window.AtlasDebug.painted += 1;
      window.AtlasDebug.lastPaint = performance.now();
      window.AtlasDebug.drawn = { areas: this.areas.list.length, spots: this.areas.spots.length + this.points.spots.length, dots: this.dots.spots.length };
    }));
  }

  async showPoints({ url, visible }) {
    if (this.fetched.points !== url) {
      const answer = await fetch(url);
      this.points.read(await answer.arrayBuffer());
      this.fetched.points = url;
    }
    this.points.shown(bytes(visible));
    this.redraw();
  }

  fit(atOnce = false) {
    const [west, south, east, north] = this.state.focus.extent;
    this.map.fitBounds([[south, west], [north, east]], { padding: [14, 14], animate: !atOnce && !still() });
  }

  // What the visitor does ------------------------------------------------------------------------------------
  listen() {
    const { map } = this;
    let moved = false;
    map.on('moveend', () => {
      const { lat, lng } = map.getCenter();
      const [west, south, east, north] = map.getBounds().toBBoxString().split(',').map(Number);
      this.communes.want(map.getZoom(), [west, south, east, north]);
      if (moved) this.onview?.(`${Number(map.getZoom().toFixed(2))}/${lat.toFixed(5)}/${lng.toFixed(5)}`);
      if (this.state) moved = true; // the first view is the territory's own
    });
    map.on('click', (event) => this.clicked(this.hit(event)));
    map.on('mousemove', (event) => this.hover(event));
    map.on('mouseout', () => { this.tip.textContent = ''; });
    addEventListener('atlas:theme', () => { forgetColours(); this.relief(); this.redraw(); });
  }

  hit(event) {
    const at = this.above.at(event);
    const mark = (this.points.drawn && spotAt(this.points.spots, at)) || spotAt(this.areas.spots, at)
      || spotAt(this.dots.spots, at) || spotAt(this.territory.choropleth.spots, at);
    if (mark) return mark;
    const ctx = this.above.canvas.getContext('2d');
    ctx.save();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    const [x, y] = this.pathAt(event);
    const index = this.communes.at(ctx, x, y);
    ctx.restore();
    return index < 0 ? { kind: 'empty' } : { kind: 'commune', index };
  }

  pathAt({ latlng }) {
    const view = this.above.view;
    const [ux, uy] = toUnit(latlng.lng, latlng.lat);
    const [ox, oy] = toUnit(-7, 31);
    return [(ux - ox) * 2 ** 20, (uy - oy) * 2 ** 20, view];
  }

  clicked(hit) {
    if (hit.kind === 'cluster') {
      const { zoom, projects } = this.points.open(hit.id);
      if (zoom) this.map.setView(this.lastLatLng, Math.min(zoom, 14), { animate: !still() });
      else this.onevent?.({ kind: 'points', projects });
    } else this.onevent?.(hit);
  }

  async hover(event) {
    this.lastLatLng = event.latlng;
    const hit = this.hit(event);
    this.map.getContainer().style.cursor = hit.kind === 'empty' ? '' : 'pointer';
    const text = await this.said(hit);
    this.tip.textContent = text;
    const { x, y } = event.containerPoint;
    const flip = x > this.map.getSize().x / 2;
    this.tip.style.transform = `translate(${x + (flip ? -14 : 14)}px, ${y + 12}px) translateX(${flip ? '-100%' : '0'})`;
  }

  async said(hit) {
    const { texts } = this.config;
    if (hit.kind === 'cluster') return `${texts.cluster} : ${hit.count}`;
    if (hit.kind === 'commune') {
      const name = this.names?.[hit.index] ?? '';
      const figure = this.territory.choropleth.figureOf(hit.index);
      if (figure) return `${name} — ${figure}`;
      const area = this.areas.list.find(({ commune }) => commune === hit.index);
      return `${name}${area?.count ? ` — ${texts.projects} : ${area.count}` : ''}`;
    }
    if (hit.kind === 'dot') return this.dots.tip(hit.dot);
    if (hit.kind === 'point') {
      this.titles ??= fetch(this.state.points.titles).then((answer) => answer.json());
      return (await this.titles)[hit.project] ?? '';
    }
    return '';
  }
}

const maps = new Map();

// What folium's script calls: a map of Leaflet, and where its configuration is (or the configuration itself, in a file
// that stands alone).
window.Atlas = {
  start(map, config) {
    const ready = typeof config === 'string' ? fetchShape(config) : Promise.resolve(config);
    maps.set(map.getContainer(), ready.then((known) => new AtlasMap(map, known)));
  },
  of: (container) => maps.get(container),
};
