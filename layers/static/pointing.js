// What lies under the pointer, or under the cross of those who use keys: said in a tip, chosen by a click or Enter.
/* global L */
import { spotAt } from './marks.js';
import { toPath } from './mercator.js';

const MOST_ZOOM = 14;
const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

export class Pointing {
  constructor(atlas) {
    this.atlas = atlas;
    const { map } = atlas;
    map.on('click', (event) => this.choose(this.hit(event), event.latlng));
    map.on('mousemove', (event) => this.hover(event));
    map.on('mouseout', () => this.say(''));
    map.on('movestart zoomstart', () => this.say(''));
    map.on('moveend', () => { if (this.aiming()) this.hover(this.centre()); });
    const container = map.getContainer();
    container.addEventListener('keyup', ({ target }) => { if (target === container && !this.aiming()) this.aim(true); });
    container.addEventListener('pointerdown', () => this.aim(false), true);
    container.addEventListener('blur', () => this.aim(false));
    container.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.target !== container) return;
      event.preventDefault();
      this.aim(true);
      this.choose(this.hit(this.centre()), this.centre().latlng);
    });
  }

  aiming() { return this.atlas.map.getContainer().classList.contains('aiming'); }

  aim(on) {
    this.atlas.map.getContainer().classList.toggle('aiming', on);
    if (on) this.hover(this.centre());
    else this.say('');
  }

  centre() {
    const { map } = this.atlas;
    const containerPoint = map.getSize().divideBy(2);
    return { latlng: map.containerPointToLatLng(containerPoint), containerPoint };
  }

  hit(event) {
    const { above, points, areas, dots, territory, communes } = this.atlas;
    const at = above.at(event);
    for (const { spots } of [points, areas, dots, territory.choropleth]) {
      const found = spotAt(spots, at);
      if (found) return found;
    }
    const ctx = above.canvas.getContext('2d');
    ctx.save();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    const index = communes.at(ctx, ...toPath(event.latlng.lng, event.latlng.lat));
    ctx.restore();
    return index < 0 ? { kind: 'empty' } : { kind: 'commune', index };
  }

  // A cluster opens by zooming in; when its points share one place, it opens as a list.
  choose(hit, { lng, lat }) {
    const { map, points, onevent } = this.atlas;
    if (hit.kind !== 'cluster') { onevent?.({ ...hit, pointed: [+lng.toFixed(5), +lat.toFixed(5)] }); return; }
    const { zoom, projects, at: [lon, north] } = points.open(hit.id);
    if (zoom && zoom <= MOST_ZOOM) map.setView([north, lon], Math.max(zoom, map.getZoom() + 0.5), { animate: !still() });
    else onevent?.({ kind: 'points', projects });
  }

  async hover(event) {
    const hit = this.hit(event);
    this.atlas.map.getContainer().style.cursor = hit.kind === 'empty' ? '' : 'pointer';
    this.latest = event;
    const text = await this.atlas.said(hit);
    if (this.latest !== event) return; // the pointer went on while a name was fetched
    this.say(text);
    const { x, y } = event.containerPoint;
    const flip = x > this.atlas.map.getSize().x / 2;
    this.atlas.furniture.tip.style.transform = `translate(${x + (flip ? -14 : 14)}px, ${y + 12}px) translateX(${flip ? '-100%' : '0'})`;
  }

  say(text) {
    if (!text) this.latest = null;
    const { tip } = this.atlas.furniture;
    if (tip.textContent !== text) tip.textContent = text;
  }
}
