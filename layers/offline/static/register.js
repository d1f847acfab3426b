// The one selection of projects behind map, list, counts and totals, found here as the atlas finds it.
import { packed, packedMarks } from '../../static/packing.js';
import { MIXED, radii } from './circles.js';
import { sift } from './facets.js';

const AREA_WIDE = -1; // a place known by its province, region or country only
const FILTERS = ['sector', 'funder', 'status'];
const CENTIMES = 100;

const unique = (values) => [...new Set(values)];

export class Register {
  // `projects`: what each has of every filter, by number. `places` [project, commune, at a point, point number].
  // `cells` [project, sector, commune, centimes, estimated]: how the money of each is spread.
  constructor({ projects, places, cells, options }) {
    Object.assign(this, { projects, places, cells, options });
  }

  // A project is counted once.
  select(chosen) {
    const { kept, counts } = sift(this.projects, FILTERS, chosen, this.options);
    const cells = this.cells.filter(([project, sector]) => kept[project] && (!chosen.sector.size || chosen.sector.has(sector)));
    const places = this.places.filter(([project]) => kept[project]);
    return { kept, counts, cells, places, rows: this.projects.filter((_, i) => kept[i]), totals: this.totals(kept, cells) };
  }

  totals(kept, cells) {
    const sum = (some) => some.reduce((total, [, , , centimes]) => total + centimes, 0) / CENTIMES;
    const own = this.projects.filter((_, i) => kept[i]);
    const frameworks = own.filter(({ framework }) => framework);
    return {
      projects: own.length,
      withoutAmount: own.filter(({ mad }) => mad === null).length,
      countedMad: sum(cells),
      areaMad: sum(cells.filter(([, , commune]) => commune === AREA_WIDE)),
      estimatedMad: sum(cells.filter(([, , , , estimated]) => estimated)),
      frameworks: frameworks.length,
      frameworksMad: frameworks.reduce((total, { mad }) => total + (mad ?? 0), 0),
      running: own.filter(({ running }) => running).length,
    };
  }

  // Which points to draw.
  visible({ places }) {
    return packedMarks(places.filter(([, , isPoint]) => isPoint).map(([, , , number]) => number).sort((a, b) => a - b));
  }

  // Projects known by their commune only, commune by commune, with their sector where it is one; and, where money is
  // drawn, the radius of its circle.
  areas({ places, cells }, money = null) {
    const known = places.filter(([, commune, isPoint]) => !isPoint && commune !== AREA_WIDE);
    const pairs = unique(known.map(([project, commune]) => `${commune} ${project}`)).map((pair) => pair.split(' ').map(Number));
    const located = cells.filter(([, , commune, centimes]) => commune !== AREA_WIDE && centimes > 0);
    const numbers = [...pairs.map(([commune]) => commune), ...located.map(([, , commune]) => commune)];
    const first = numbers.length ? Math.min(...numbers) : 0;
    const size = numbers.length ? Math.max(...numbers) - first + 1 : 0;
    const [counts, sectors] = [new Uint16Array(size), new Uint8Array(size).fill(MIXED)];
    for (const [commune, project] of pairs) {
      const at = commune - first;
      const { main } = this.projects[project];
      sectors[at] = counts[at] && sectors[at] !== main ? MIXED : main;
      counts[at] += 1;
    }
    const state = { first, counts: packed(counts), sectors: packed(sectors) };
    if (money) state.radii = packed(this.radii(located, first, size, money));
    return state;
  }

  radii(located, first, size, money) {
    const centimes = new Array(size).fill(0);
    for (const [, , commune, part] of located) centimes[commune - first] += part;
    return radii(centimes.map((part) => part / CENTIMES), money);
  }

  reached({ places }) {
    return unique(places.map(([, commune]) => commune).filter((commune) => commune !== AREA_WIDE)).length;
  }

  // Projects by the closest each is known: a real position, a commune, a wider area only. They sum to the projects.
  knownBy({ places }) {
    const projects = (some) => new Set(some.map(([project]) => project));
    const points = projects(places.filter(([, , isPoint]) => isPoint));
    const located = projects(places.filter(([, commune, isPoint]) => isPoint || commune !== AREA_WIDE));
    return { points: points.size, areas: located.size - points.size, wider: projects(places).size - located.size };
  }
}
