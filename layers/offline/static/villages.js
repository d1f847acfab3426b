// Villages: how far each is from a service, those beyond a distance, the sheet of each.
import { provide } from './shelf.js';

const [CODE, NAME, OTHER, COMMUNE, PEOPLE, HOUSEHOLDS, KIND, DISTANCES, DOUBTFUL, POSITION, NAMELESS] = Array.from({ length: 11 }, (_, i) => i);
const KINDS = ['grouped', 'dispersed', 'split'];
const POSITIONS = ['geonames', 'openstreetmap'];
const MATCHES = ['name', 'near'];

export class Villages {
  constructor(data, words, communes) {
    Object.assign(this, { name: 'villages', opener: 'needs.choices.open', title: 'needs.choices.title', data, words, communes });
    this.rows = Object.values(data.rows);
    this.byCode = new Map(Object.entries(data.rows).map(([number, row]) => [row[CODE], Number(number)]));
    data.services.forEach(({ code }, i) => provide(this.tips(code), () => JSON.stringify(data.located.map((number) => this.tip(data.rows[number], i)))));
    this.clear();
  }

  tips(service) { return `/atlas/offline/tips/${service}`; }

  tip(row, service) {
    return row ? this.words.t('villages.tip.village', { name: row[NAME], n: row[PEOPLE], km: this.km(row[DISTANCES][service]) }) : '';
  }

  km(distance) {
    return distance === null ? this.words.t('villages.withheld') : this.words.t('unit.km', { value: distance });
  }

  clear() {
    this.show = 'villages';
    this.choose('service', this.data.service);
  }

  inForce() { return []; }

  choose(name, value) {
    this[name] = value;
    if (name === 'service') {
      this.number = this.data.services.findIndex(({ code }) => code === value);
      this.distance = this.offered().usual;
    }
  }

  offered() { return this.data.services[this.number]; }

  groups() {
    const { words } = this;
    const { distances } = this.offered();
    return [
      { name: 'service', label: words.t('villages.choice.service'), options: this.data.services.map(({ code, label }) => ({ value: code, label, on: code === this.service })) },
      { name: 'distance', label: words.t('villages.choice.km'), options: distances.map(({ km, label }) => ({ value: km, label, on: km === this.distance })) },
      { name: 'show', label: words.t('show.label'), options: this.data.shows.map(({ code, label }) => ({ value: code, label, on: code === this.show })) },
    ];
  }

  view(selected) {
    const { title, state, figures } = this.data.views[`${this.service} ${this.distance} ${this.show}`];
    const listing = this.listing();
    const done = this.words.t('villages.results', { n: listing.rows.length });
    return { title, figures, state: this.state(state, selected), source: this.data.source, groups: this.groups(), listing, done, empty: '' };
  }

  state(state, selected) {
    const number = this.byCode.get(selected);
    const chosen = number === undefined ? state.selection : { ...state.selection, communes: [this.data.rows[number][COMMUNE]] };
    const dot = this.data.located.indexOf(number);
    const dots = state.dots && { ...state.dots, tips: this.tips(this.service), selected: dot < 0 ? null : dot };
    return { ...state, dots, selection: chosen };
  }

  listing() {
    const { words } = this;
    const beyond = this.rows.filter((row) => row[DISTANCES][this.number] > this.distance).sort((a, b) => b[PEOPLE] - a[PEOPLE]);
    return {
      caption: words.t('villages.table.caption', { n: beyond.length }),
      columns: [words.t('villages.column.name'), words.t('level.commune'), words.t('villages.column.people'), this.offered().label],
      rows: beyond.map((row) => ({ code: row[CODE], cells: [row[NAME], this.communes(row[COMMUNE]).name, words.number(row[PEOPLE]), this.distanceSaid(row, this.number)] })),
    };
  }

  distanceSaid(row, service) {
    const said = this.km(row[DISTANCES][service]);
    return row[DOUBTFUL].includes(service) ? `${said} · ${this.words.t('villages.doubtful')}` : said;
  }

  opened(event) {
    return event.kind === 'dot' ? this.data.rows[this.data.located[event.dot]]?.[CODE] ?? '' : '';
  }

  // Where a village lies, to bring it into view; null when no position is known.
  position(code) {
    const row = this.data.rows[this.byCode.get(code)];
    return row?.[POSITION] ? row[POSITION].slice(0, 2) : null;
  }

  sheet(code) {
    const row = this.data.rows[this.byCode.get(code)];
    if (!row) return null;
    const { words } = this;
    const withheld = row[DISTANCES].every((km) => km === null);
    return {
      title: row[NAME],
      status: { code: 'place', label: words.t('level.village'), note: row[OTHER] },
      sections: [
        { title: words.t('villages.sheet.who'), facts: this.who(row) },
        {
          title: words.t('villages.sheet.distances'),
          facts: withheld ? [] : this.data.services.map((_, i) => this.far(row, i)),
          text: words.t(withheld ? 'villages.sheet.withheld' : 'villages.sheet.distances_note'),
        },
        { title: words.t('villages.sheet.place'), facts: this.place(row) },
        { title: words.t('sheet.unknown'), entries: this.unknowns(row, withheld).map((value) => ({ value })) },
        { title: words.t('sheet.source'), text: words.t('villages.sheet.source') },
      ],
    };
  }

  who(row) {
    const { words } = this;
    const { code, name } = this.communes(row[COMMUNE]);
    return [
      { label: words.t('level.commune'), value: name, open: code },
      { label: words.t('villages.column.people'), value: words.number(row[PEOPLE]) },
      { label: words.t('villages.column.households'), value: words.number(row[HOUSEHOLDS]) },
      { label: words.t('villages.sheet.kind'), value: words.t(`villages.kind.${KINDS[row[KIND]]}`) },
      { label: words.t('sheet.official_code'), value: row[CODE] },
    ];
  }

  far(row, number) {
    const { words } = this;
    const { label, usual } = this.data.services[number];
    const km = row[DISTANCES][number];
    const notes = km !== null && km > usual ? [words.t('villages.sheet.beyond', { value: usual })] : [];
    if (row[DOUBTFUL].includes(number)) notes.push(words.t('villages.doubtful'));
    return { label, value: this.km(km), note: notes.join(' · ') };
  }

  place(row) {
    const { words } = this;
    if (!row[POSITION]) return [{ label: words.t('villages.sheet.position'), value: words.t('villages.sheet.no_position') }];
    const [lon, lat, source, match, decimals] = row[POSITION];
    return [
      { label: words.t('villages.sheet.position'), value: words.t('villages.sheet.coordinates', { lat: words.number(lat, 4), lon: words.number(Math.abs(lon), 4) }), note: words.t(`villages.precision.${decimals}`) },
      { label: words.t('villages.sheet.position_source'), value: words.t(`villages.position.${POSITIONS[source]}`), note: words.t(`villages.match.${MATCHES[match]}`) },
    ];
  }

  unknowns(row, withheld) {
    const lacking = { distances: withheld, position: !row[POSITION], latin: row[NAMELESS], quality: true };
    return Object.entries(lacking).filter(([, is]) => is).map(([name]) => this.words.t(`villages.unknown.${name}`));
  }

  // What a name looks for.
  named() {
    return this.rows.map((row) => ({ code: row[CODE], names: [row[NAME], row[OTHER]], kind: `${this.words.t('level.village')} · ${this.communes(row[COMMUNE]).name}`, weight: row[PEOPLE] }));
  }
}
