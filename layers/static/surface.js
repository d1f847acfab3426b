// One canvas that follows the map; painters draw on it in their order. Redrawn once per frame at most.
/* global L */
import { View } from './mercator.js';
import { Room } from './room.js';

export const PAPER_RATIO = 3; // dots of paper for a pixel of the screen
const FOLLOW_MS = 160;
const SLOWER = 12;
export const MARGIN = 0.2; // of the map's size, drawn beyond each edge so that dragging shows no blank

export const makeSurface = () => L.Layer.extend({
  initialize(pane) {
    this.pane = pane;
    this.painters = [];
    this.placers = [];
    this.mark = 1;
  },

  onAdd(map) {
    this.canvas = L.DomUtil.create('canvas', 'leaflet-zoom-animated');
    map.getPane(this.pane).appendChild(this.canvas);
    map.on('moveend resize viewreset', this.place, this);
    map.on('zoomanim', this.animate, this);
    map.on('zoom', this.follow, this);
    this.place();
  },

  onRemove(map) {
    map.off('moveend resize viewreset', this.place, this);
    map.off('zoomanim', this.animate, this);
    map.off('zoom', this.follow, this);
    this.canvas.remove();
  },

  // `order`: what is drawn later lies on top. `rank`: who takes room first, for painters that place what they draw.
  add(order, painter, rank = 99) {
    this.painters.push({ order, painter, rank });
    this.painters.sort((a, b) => a.order - b.order);
    this.placers = this.painters.filter(({ painter: { place } }) => place).sort((a, b) => a.rank - b.rank);
    return painter;
  },

  place() {
    const size = this._map.getSize();
    const margin = size.multiplyBy(MARGIN).round();
    const corner = this._map.containerPointToLayerPoint(margin.multiplyBy(-1));
    const full = size.add(margin.multiplyBy(2));
    const ratio = this.onPaper ? PAPER_RATIO : Math.min(window.devicePixelRatio || 1, 2);
    L.DomUtil.setPosition(this.canvas, corner);
    if (this.canvas.width !== full.x * ratio || this.canvas.height !== full.y * ratio) {
      this.canvas.width = full.x * ratio;
      this.canvas.height = full.y * ratio;
      Object.assign(this.canvas.style, { width: `${full.x}px`, height: `${full.y}px` });
    }
    const pixel = this._map.getPixelOrigin().add(corner);
    this.margin = margin;
    this.corner = this._map.layerPointToLatLng(corner);
    // Drawn larger: fewer, larger pixels of our own, so that names, signs and lines all grow alike.
    const { mark } = this;
    this.view = new View(this._map.getZoom(), { offset: [pixel.x / mark, pixel.y / mark], width: full.x / mark, height: full.y / mark, ratio: ratio * mark, mark });
    this.paint();
  },

  fine(onPaper) {
    this.onPaper = onPaper;
    this.place();
  },

  animate({ center, zoom }) {
    const scale = this._map.getZoomScale(zoom, this.view.zoom);
    const offset = this._map._latLngToNewLayerPoint(this.corner, zoom, center);
    L.DomUtil.setTransform(this.canvas, offset, scale);
  },

  // While the map flies or is pinched: what is drawn goes along, drawn anew now and then.
  follow() {
    const scale = this._map.getZoomScale(this._map.getZoom(), this.view.zoom);
    L.DomUtil.setTransform(this.canvas, this._map.latLngToLayerPoint(this.corner), scale);
    const start = performance.now();
    if (scale >= 1 || start < (this.again ?? 0)) return; // going nearer, what is drawn covers the map
    this.place();
    const took = performance.now() - start;
    this.again = start + Math.max(FOLLOW_MS, took * SLOWER); // a slow machine draws less often, and moves on
  },

  paint() {
    const ctx = this.canvas.getContext('2d');
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, this.canvas.width, this.canvas.height);
    const taken = Object.assign(new Room(), { names: new Room() });
    for (const { painter } of this.placers) painter.place(ctx, this.view, taken);
    for (const { painter } of this.painters) painter.paint(ctx, this.view);
  },

  redraw() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      if (this._map) this.paint();
    });
  },

  // Where a pointer event is, in the pixels of the view.
  at({ containerPoint }) {
    return [(containerPoint.x + this.margin.x) / this.mark, (containerPoint.y + this.margin.y) / this.mark];
  },
});
