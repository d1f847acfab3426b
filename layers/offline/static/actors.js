// Those who act: filters by type, sector, country and record; circles of how many are at work in each commune.
import { packed } from '../../static/packing.js';
import { MIXED, radii } from './circles.js';
import { facets, inForce, none, sift, turn } from './facets.js';

const FILTERS = ['type', 'sector', 'country', 'record'];

export class Actors {
  constructor(data, words) {
    Object.assign(this, { name: 'actors', opener: 'facets.open', title: 'facets.title', data, words });
    this.byCode = new Map(data.bodies.map((body, i) => [body.code, i]));
    this.all = sift(data.bodies, FILTERS, none(FILTERS), data.options).counts;
    this.clear();
  }

  clear() { this.chosen = none(FILTERS); }

  choose(name, value) { turn(this.chosen[name], value); }

  inForce() {
    return inForce(FILTERS, { words: this.words, named: (name) => this.words.t(`actors.filter.${name}`), options: this.data.options, chosen: this.chosen });
  }

  // Which bodies are kept, and how many each option would give.
  get sifted() { return sift(this.data.bodies, FILTERS, this.chosen, this.data.options); }

  view(selected) {
    const { words, data } = this;
    const { kept, counts } = this.sifted;
    const bodies = data.bodies.filter((_, i) => kept[i]);
    const title = words.t('actors.finding', { n: bodies.length, place: data.place, done: bodies.filter(({ done }) => done).length });
    const named = (name) => words.t(`actors.filter.${name}`);
    return {
      title, figures: this.figures(bodies), listing: this.listing(bodies), source: data.source, state: this.state(bodies, title, selected),
      groups: facets(FILTERS, { named, options: data.options, chosen: this.chosen, counts, all: this.all }),
      done: words.t('actors.results', { n: bodies.length }), empty: bodies.length ? '' : words.t('actors.empty.choices'),
    };
  }

  figures(bodies) {
    const { words } = this;
    const count = (name) => words.number(bodies.filter((body) => body[name]).length);
    return [
      { label: words.t('actors.figure.project'), value: count('here'), note: words.t('actors.figure.project_note', { n: bodies.length }) },
      { label: words.t('actors.figure.done'), value: count('done'), note: words.t('actors.figure.done_note') },
      { label: words.t('actors.figure.abroad'), value: count('abroad'), note: words.t('actors.figure.abroad_note') },
    ];
  }

  listing(bodies) {
    const { words, data } = this;
    return {
      caption: words.t('actors.table.caption', { n: bodies.length }),
      columns: data.columns,
      rows: bodies.map(({ code, names, kind, said, projects, done }) => ({
        code, note: kind, cells: [names[0], ...said, words.number(projects), words.number(done)],
      })),
    };
  }

  state(bodies, title, selected) {
    const { words, data } = this;
    const counts = new Uint16Array(data.communes);
    for (const { work } of bodies) for (const commune of work) counts[commune - data.first] += 1;
    const body = data.bodies[this.byCode.get(selected)];
    const { choropleth, legend, selection } = data.state;
    const numbers = { 1: counts.filter((count) => !count).length, 2: bodies.filter(({ work }) => !work.length).length };
    return {
      ...data.state, title, areas: this.areas(counts),
      choropleth: { ...choropleth, figures: [...counts].map((n) => words.t('actors.tip', { n })) },
      legend: { ...legend, rows: legend.rows.map((row, i) => (i in numbers ? { ...row, count: words.number(numbers[i]) } : row)) },
      selection: body ? body.chosen : selection,
    };
  }

  // From the first commune that has somebody to the last.
  areas(counts) {
    const some = [...counts.keys()].filter((i) => counts[i]);
    const [first, last] = some.length ? [some[0], some.at(-1) + 1] : [-this.data.first, -this.data.first];
    const own = counts.slice(first, last);
    return { first: this.data.first + first, counts: packed(own), sectors: packed(new Array(own.length).fill(MIXED)), radii: packed(radii(own, this.data.circles)) };
  }

  opened() { return ''; }

  // What a name looks for.
  named() {
    return this.data.bodies.map(({ code, names, kind, projects }) => ({ code, names, kind, weight: projects, rank: 0 }));
  }
}
