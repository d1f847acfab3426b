// Projects: filters by sector, funder and status, each option with its count; what the map draws of a selection.
import { facets, inForce, none, turn } from './facets.js';
import { Register } from './register.js';

const FILTERS = ['sector', 'funder', 'status'];
const LEGEND_SECTORS = 7;
const SILENT = 2; // of the rows of the legend of amounts, the communes without a project

export class Projects {
  constructor(data, words) {
    Object.assign(this, { name: 'projects', opener: 'facets.open', title: 'facets.title', data, words, register: new Register(data) });
    this.byCode = new Map(data.projects.map((project, i) => [project.code, i]));
    this.byRow = new Map(data.projects.map(({ row, code }) => [row, code]));
    this.all = this.register.select(none(FILTERS));
    this.clear();
  }

  clear() {
    this.chosen = none(FILTERS);
    this.show = 'projects';
  }

  groups(selection) {
    const { words, data } = this;
    const shows = {
      name: 'show', label: words.t('show.label'),
      options: data.shows.map(({ code, label }) => ({ value: code, label, on: code === this.show })),
    };
    const named = (name) => words.t(`filter.${name}`);
    return [...facets(FILTERS, { named, options: data.options, chosen: this.chosen, counts: selection.counts, all: this.all.counts }), shows];
  }

  choose(name, value) {
    if (name === 'show') this.show = value;
    else turn(this.chosen[name], value);
  }

  inForce() {
    return inForce(FILTERS, { words: this.words, named: (name) => this.words.t(`filter.${name}`), options: this.data.options, chosen: this.chosen });
  }

  view(selected) {
    const selection = this.register.select(this.chosen);
    const title = this.headline(selection.totals);
    return {
      title, done: this.words.t('facets.results', { n: selection.rows.length }), groups: this.groups(selection), figures: this.figures(selection), listing: this.rows(selection),
      source: this.data.source,
      state: this.state(selection, title, selected), empty: selection.rows.length ? '' : this.words.t(this.inForce().length ? 'empty.projects' : 'empty.place'),
    };
  }

  headline({ projects, countedMad, areaMad }) {
    const { words, data } = this;
    const said = words.t('finding.projects', { n: projects, place: data.place });
    if (!countedMad) return said;
    return words.t('finding.with_money', { said, money: words.shortMoney(countedMad), share: words.percent(areaMad / countedMad) });
  }

  figures(selection) {
    const { words, data } = this;
    const { totals } = selection;
    const reached = this.register.reached(selection);
    const unknown = totals.projects && totals.projects === totals.withoutAmount;
    const said = (money) => (unknown ? words.t('figure.money_unknown') : words.shortMoney(money));
    let note = words.t('figure.money_note', { n: totals.withoutAmount });
    if (totals.frameworks) note += ` · ${words.t('figure.frameworks', { n: totals.frameworks, money: words.shortMoney(totals.frameworksMad) })}`;
    return [
      { label: words.t('figure.projects'), value: words.number(totals.projects), note: words.t('figure.running', { n: totals.running }) },
      { label: words.t('figure.money'), value: said(totals.countedMad), note },
      { label: words.t('figure.communes'), value: words.t('figure.of', { n: reached, total: data.communes }), note: words.t(this.inForce().length ? 'figure.no_such' : 'figure.no_project', { n: data.communes - reached }) },
      { label: words.t('figure.estimated'), value: said(totals.estimatedMad), note: words.t('figure.estimated_note') },
    ];
  }

  rows({ rows }) {
    const { words, data } = this;
    const listed = [...rows].sort((a, b) => (b.mad ?? -1) - (a.mad ?? -1));
    return {
      caption: words.t('table.caption', { n: rows.length }),
      columns: ['title', 'place', 'status', 'start', 'amount'].map((name) => words.t(`column.${name}`)),
      rows: listed.map((project) => ({
        code: project.code,
        signs: project.sector.map((number) => data.options.sector[number]),
        cells: [project.title, project.where, data.options.status[project.status[0]].label, project.years, project.amount],
      })),
    };
  }

  state(selection, title, selected) {
    const money = this.show === 'amount' ? this.data.money : null;
    const areas = this.register.areas(selection, money);
    const project = this.data.projects[this.byCode.get(selected)];
    return {
      ...this.data.state, title, show: this.show,
      areas,
      points: { ...this.data.points, visible: this.register.visible(selection) },
      legend: money ? this.circles(selection, money) : this.legend(selection),
      ...(project ? { selection: project.chosen } : {}),
    };
  }

  get silent() { return this.inForce().length ? 'silent_chosen' : 'silent'; }

  legend(selection) {
    const { words, data } = this;
    const counts = new Array(data.options.sector.length).fill(0);
    for (const { sector } of selection.rows) for (const number of sector) counts[number] += 1;
    const greatest = counts.map((count, number) => ({ count, number })).filter(({ count }) => count)
      .sort((a, b) => b.count - a.count || a.number - b.number).slice(0, LEGEND_SECTORS);
    const marks = greatest.map(({ count, number }) => {
      const { path, colour, label } = data.options.sector[number];
      return { symbol: { kind: 'mark', path, colour }, label, count: words.number(count) };
    });
    const row = (kind, key, count, apart = false) => ({ symbol: apart ? { kind, apart } : { kind }, label: words.t(`map.legend.${key}`), count: words.number(count) });
    const known = this.register.knownBy(selection);
    const rest = counts.reduce((sum, count) => sum + count, 0) - greatest.reduce((sum, { count }) => sum + count, 0);
    return {
      title: words.t('map.legend.title'),
      rows: [
        ...marks,
        row('cluster', 'points', known.points, true),
        row('area', 'areas', known.areas),
        row('hatch', 'wider', known.wider),
        row('empty', this.silent, data.communes - this.register.reached(selection)),
      ],
      note: rest ? words.t('map.legend.other_sectors', { n: rest }) : '',
    };
  }

  circles({ totals, ...selection }, { legend }) {
    const { words, data } = this;
    const counts = [null, words.shortMoney(totals.areaMad), words.number(data.communes - this.register.reached(selection))];
    return { ...legend, rows: legend.rows.map((row, i) => (counts[i] === null ? row : { ...row, ...(i === SILENT ? { label: words.t(`map.legend.${this.silent}`) } : {}), count: counts[i] })) };
  }

  // What a click on the map opens: a project, or the commune where several lie.
  opened(event) {
    if (event.kind === 'point') return this.byRow.get(event.project) ?? '';
    if (event.kind !== 'points') return '';
    const communes = event.projects.flatMap((row) => this.data.projects[this.byCode.get(this.byRow.get(row))]?.chosen.communes ?? []);
    return communes.length ? Math.min(...communes) : '';
  }
}
