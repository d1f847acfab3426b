// The living map: folium's script calls `Atlas.start` once, then each run only applies a small state to what is drawn.
/* global L */
import { Areas } from './areas.js';
import { colours, forgetColours } from './colours.js';
import { Dots } from './dots.js';
import { Flows } from './flows.js';
import { furnish } from './furniture.js';
import { Labels } from './labels.js';
import { drawLegend, openWhereRoom, WIDE } from './legend.js';
import { forgetNumbers, Points } from './marks.js';
import { fromUnit, toUnit } from './mercator.js';
import { marked } from './packing.js';
import { Pointing } from './pointing.js';
import { printable } from './printing.js';
import { Communes, fetchShape, joined } from './shapes.js';
import { makeSurface } from './surface.js';
import { Ground, Territory } from './territory.js';
import { yieldWheel } from './wheel.js';

const PANES = { 'atlas-ground': 200, 'atlas-relief': 210, 'atlas-fills': 390, 'atlas-lines': 395, 'atlas-data': 400 };
const FLIGHT_S = 1.1;
const NEAR_PX = 3;
const HALL = [780, 660]; // pixels of a map beside its words on a screen of 1280 × 720, that all of a hall can read
const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

export class AtlasMap {
  constructor(map, config) {
    Object.assign(this, { map, config, state: null, fetched: {}, touched: false });
    window.AtlasDebug = { painted: 0, lastPaint: 0 };
    for (const [name, order] of Object.entries(PANES)) Object.assign(map.createPane(name).style, { zIndex: order, pointerEvents: 'none' });
    this.box = map.getContainer().closest('.atlas-map');
    this.box?.classList.add('coming');
    this.furniture = furnish(map, config, { fit: () => this.fit(), magnify: (times) => this.magnify(times * (this.state?.magnify ?? 1)) });
    const Surface = makeSurface();
    [this.below, this.fills, this.lines, this.above] = ['ground', 'fills', 'lines', 'data'].map((name) => new Surface(`atlas-${name}`).addTo(map));
    if (!this.above.canvas.getContext('2d')) { this.fail(new Error('no canvas')); return; }
    this.layers();
    this.pointing = new Pointing(this);
    printable(this);
    yieldWheel(map.getContainer(), this.furniture.hint);
    for (const sign of ['pointerenter', 'pointerdown', 'keydown']) {
      map.getContainer().addEventListener(sign, () => this.lookBeyond(), { once: true });
    }
    for (const sign of ['pointerdown', 'keydown', 'wheel']) {
      map.getContainer().addEventListener(sign, () => { this.touched = true; }, { once: true, capture: true, passive: true });
    }
    map.on('moveend', () => this.movedTo());
    map.on('resize', () => this.resized());
    addEventListener('atlas:theme', () => this.recolour());
    document.fonts?.addEventListener('loadingdone', () => { this.labels.forget(); forgetNumbers(); this.redraw(); });
    this.fetchGround();
  }

  layers() {
    const { config } = this;
    const symbols = config.symbols.map(({ path, colour }) => ({ path: new Path2D(path), colour }));
    this.communes = new Communes({ levels: config.communes, count: config.count, changed: () => this.shapesCame(), failed: (error) => this.fail(error) });
    this.ground = this.below.add(0, new Ground(this.communes));
    const territory = new Territory(this.communes);
    this.territory = territory;
    this.fills.add(0, { paint: (ctx, view) => territory.paintFills(ctx, view) });
    this.lines.add(0, { paint: (ctx, view) => territory.paintLines(ctx, view) });
    this.above.add(0, { paint: (ctx, view) => territory.paintChosen(ctx, view) });
    this.dots = this.above.add(1, new Dots());
    this.flows = this.above.add(5, new Flows(this.communes, this.furniture.legend)); // over the circles they lead to
    // Points take their room first, then names, then the signs of communes; names are written over signs.
    this.areas = this.above.add(2, new Areas(symbols, this.communes), 3);
    this.labels = this.above.add(3, new Labels(), 2);
    this.points = this.above.add(4, new Points(symbols), 1);
    this.labels.rtl = config.direction === 'rtl';
    this.labels.covered = this.furniture.boxes;
    this.flows.rtl = this.labels.rtl;
  }

  fail(error) {
    this.box?.classList.remove('coming');
    this.furniture.trouble.textContent = this.config.texts.failed;
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
    into('frame', (features) => { this.ground.frame = joined(features); });
    into('surroundings', (features) => this.labels.surround(features, config.around));
    into('rivers', (features) => { this.territory.rivers = joined(features); });
    for (const [name, kind] of [['country.outline', 'country'], ['regions.lines', 'region'], ['provinces.lines', 'province']]) {
      into(name, (features) => { this.communes.lines[kind] = [joined(features)]; });
    }
    this.relief();
    fetchShape(config.places).then(({ communes, labels }) => {
      this.communes.places = communes.map(([, lon, lat]) => toUnit(lon, lat));
      this.names = communes.map(([name]) => name);
      this.areas.forget();
      this.labels.set(labels);
      this.redraw();
    }).catch((error) => this.fail(error));
  }

  relief() {
    for (const overlay of this.overlays || []) overlay.remove();
    this.overlays = [];
    if (document.documentElement.dataset.lean) return; // spared: the pictures are not even asked for
    const dark = colours().dark ? '.dark' : '';
    this.overlays = this.config.relief.flatMap((name) => {
      const entry = this.config.shapes[name + dark];
      if (!entry) return [];
      const [west, south, east, north] = entry.extent;
      return [L.imageOverlay(entry.url, [[south, west], [north, east]], { pane: 'atlas-relief', opacity: 1 }).addTo(this.map)];
    });
  }

  shapesCame() {
    this.box?.classList.remove('coming');
    this.territory.forget();
    this.complete();
    this.redraw();
  }

  // The outlines of other regions are fetched when somebody looks there, or when something to be drawn lies there.
  lookBeyond() {
    if (this.communes.beyond) return;
    this.communes.beyond = true;
    this.want();
  }

  complete() {
    if (!this.state || !this.communes.fineness[this.state.focus.first]) return; // the region in focus comes first
    const { selection: { communes, hatched }, choropleth } = this.state;
    const coloured = choropleth ? [choropleth.first, choropleth.first + this.territory.choropleth.classes.length - 1] : [];
    const wanted = [...communes, ...hatched.flatMap(([from, to]) => [from, to - 1]), ...coloured, ...this.areas.list.map(({ commune }) => commune)];
    if (wanted.some((i) => !this.communes.fineness[i])) this.lookBeyond();
  }

  want() {
    const { map } = this;
    this.communes.want(map.getZoom(), map.getBounds().toBBoxString().split(',').map(Number), this.state?.focus.key ?? '');
  }

  recolour() {
    forgetColours();
    this.relief();
    this.redraw();
  }

  surfaces() { return [this.below, this.fills, this.lines, this.above]; }

  redraw() { for (const surface of this.surfaces()) surface.redraw(); }

  paint() { for (const surface of this.surfaces()) surface.paint(); }

  fine(onPaper) { for (const surface of this.surfaces()) surface.fine(onPaper); }

  // Names, signs and lines drawn larger, for a screen seen from afar: on one of more pixels, larger by as much.
  magnify(times) {
    this.times = times;
    const { x, y } = this.map.getSize();
    const mark = times > 1 ? times * Math.max(1, Math.min(x / HALL[0], y / HALL[1])) : 1;
    if (mark === this.above.mark) return;
    for (const surface of this.surfaces()) {
      surface.mark = mark;
      surface.place();
    }
    this.map.getContainer().style.setProperty('--larger', mark);
  }

  // What each run brings -------------------------------------------------------------------------------------
  apply(state) {
    if (!this.areas) return; // nothing can be drawn here: said already
    const before = this.state;
    this.state = state;
    this.areas.set(state.areas, state.show, state.selection.communes);
    this.points.drawn = Boolean(state.points) && state.show !== 'amount';
    this.points.selected = new Set(state.selection.projects);
    this.territory.set(state, state.show === 'amount' || state.areas?.bare ? [] : this.areas.list.filter(({ count }) => count).map(({ commune }) => commune));
    this.dots.set(state.dots, () => this.above.redraw())?.catch((error) => this.fail(error));
    if (state.points) this.showPoints(state.points).catch((error) => this.fail(error));
    this.flows.set(state.flows);
    this.furniture.title.textContent = state.title;
    if ((before?.magnify ?? 1) !== state.magnify) this.magnify(state.magnify);
    drawLegend(this.furniture.legend, state.legend);
    if (!before && state.view) this.map.setView([state.view[1], state.view[2]], state.view[0], { animate: false });
    else if (before && before.scene !== state.scene) this.travel();
    else if (!before || before.focus.key !== state.focus.key) this.fit(!before);
    this.complete();
    const stays = before && before.scene === state.scene;
    if (stays && JSON.stringify(before.selection) !== JSON.stringify(state.selection)) this.reveal(state.selection.communes);
    this.fills.redraw();
    this.above.redraw();
    if (before?.focus.key !== state.focus.key) this.lines.redraw();
    requestAnimationFrame(() => requestAnimationFrame(() => this.count()));
  }

  // For measurements: when the state of a run was on screen, and what of it.
  count() {
    Object.assign(window.AtlasDebug, {
      painted: window.AtlasDebug.painted + 1,
      lastPaint: performance.now(),
      drawn: { areas: this.areas.list.length, spots: this.areas.spots.length + this.points.spots.length, dots: this.dots.spots.length },
    });
  }

  async showPoints({ url, visible }) {
    if (this.fetched.points !== url) {
      const answer = await fetch(url);
      if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
      this.points.read(await answer.arrayBuffer());
      this.fetched.points = url;
    }
    this.points.show(marked(visible));
    this.above.redraw();
  }

  // Show the whole territory, beside the legend where there is room for both, and always on a page that gives it little.
  fit(atOnce = false, onPaper = false) {
    const [west, south, east, north] = this.state.focus.extent;
    this.map.fitBounds([[south, west], [north, east]], { ...this.room(onPaper), animate: !atOnce && !still() });
  }

  // What legend and buttons leave free.
  room(onPaper = false) {
    const { x } = this.map.getSize();
    const beside = x >= WIDE || onPaper ? this.furniture.legend.offsetWidth : 0;
    const buttons = x >= WIDE ? 40 : 0; // on a narrow map they stand in a row over its empty top
    const [left, right] = this.labels.rtl ? [buttons, beside] : [beside, buttons];
    return { paddingTopLeft: [Math.min(left + 14, x / 3), 14], paddingBottomRight: [Math.min(right + 14, x / 3), 22] };
  }

  // A page gives the map its place in steps: a column comes beside it, a sheet opens. As long as nobody took the map in
  // hand, it goes on showing the whole territory in the room there is.
  resized() {
    if (this.printing) return; // the page of paper says itself what it shows
    openWhereRoom(this.furniture.legend);
    if (this.times) this.magnify(this.times);
    const { x, y } = this.map.getSize();
    if (x && y && this.state && !this.state.view && !this.touched) this.fit(true); // without size its page is gone
  }

  // From one chapter of a story to the next: the map flies there, or is there at once for whoever asked for no motion.
  travel() {
    const { map, state } = this;
    const [zoom, lat, lon] = state.view ?? [];
    const to = zoom ? { center: L.latLng(lat, lon), zoom } : this.wholeTerritory();
    if (this.isAt(to)) return; // most chapters look at the same land
    if (zoom) this.communes.beyond = true;
    if (still()) map.setView(to.center, to.zoom, { animate: false });
    else map.flyTo(to.center, to.zoom, { duration: FLIGHT_S });
  }

  isAt({ center, zoom }) {
    const { map } = this;
    return Math.abs(zoom - map.getZoom()) < 0.02 && map.project(center, zoom).distanceTo(map.project(map.getCenter(), zoom)) < NEAR_PX;
  }

  // Whether the view is the territory's own: on another screen it is then fitted anew.
  seesWhole() { return Boolean(this.state) && this.isAt(this.wholeTerritory()); }

  wholeTerritory() {
    const [west, south, east, north] = this.state.focus.extent;
    const { center, zoom } = this.map._getBoundsCenterZoom([[south, west], [north, east]], this.room()); // no public way
    return { center: L.latLng(center), zoom };
  }

  // What was chosen elsewhere, in the table or a chart, comes into view when none of it is.
  reveal(communes) {
    const places = communes.map((commune) => this.communes.places[commune]).filter(Boolean).map(fromUnit);
    if (!places.length) return;
    setTimeout(() => { // the sheet opens beside the map first and takes its room
      const seen = this.map.getBounds();
      if (!places.some(([lon, lat]) => seen.contains([lat, lon]))) this.map.panTo([places[0][1], places[0][0]], { animate: !still() });
    }, 150);
  }

  movedTo() {
    const { map } = this;
    const { lat, lng } = map.getCenter();
    if (this.touched) this.communes.beyond = true;
    this.want();
    if (this.touched) this.onview?.(`${Number(map.getZoom().toFixed(2))}/${lat.toFixed(5)}/${lng.toFixed(5)}`);
  }

  // The name of what is pointed at, and one figure.
  async said(hit) {
    const { texts } = this.config;
    if (hit.kind === 'cluster') return `${texts.cluster} ${hit.count}`;
    if (hit.kind === 'dot') return this.dots.tip(hit.dot);
    if (hit.kind === 'point') {
      this.titles ??= fetch(this.state.points.titles).then((answer) => answer.json());
      return (await this.titles)[hit.project] ?? '';
    }
    if (hit.kind !== 'commune') return '';
    const name = this.names?.[hit.index] ?? '';
    const area = this.areas.list.find(({ commune }) => commune === hit.index);
    const figure = this.territory.choropleth.figureOf(hit.index) || (area?.count ? `${texts.projects} ${area.count}` : '');
    return [name, figure].filter(Boolean).join(' — ');
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
