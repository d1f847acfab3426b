// Gaps: need against money for each need, as the atlas prepared it; what the map draws of it is chosen.

export class Gaps {
  constructor(data, words, communes) {
    Object.assign(this, { name: 'gaps', opener: 'needs.choices.open', title: 'gaps.choices.title', data, words, communes });
    this.clear();
  }

  clear() {
    this.subject = this.data.groups[0].options[0].code;
    [this.show] = Object.keys(this.seen().maps);
  }

  seen() { return this.data.views[this.subject]; }

  inForce() { return []; }

  choose(name, value) {
    this[name] = value;
    const offered = Object.keys(this.seen().maps);
    if (!offered.includes(this.show)) [this.show] = offered;
  }

  groups() {
    const shows = { name: 'show', label: this.data.show, options: Object.keys(this.seen().maps).map((value) => ({ value, label: this.data.shows[value], on: value === this.show })) };
    const subjects = this.data.groups.map(({ label, options }) => ({
      name: 'subject', label, options: options.map(({ code, label: said }) => ({ value: code, label: said, on: code === this.subject })),
    }));
    return shows.options.length > 1 ? [subjects[0], shows, ...subjects.slice(1)] : subjects;
  }

  view() {
    const { title, tips, maps, figures, source, caption, columns, rows } = this.seen();
    const drawn = maps[this.show];
    return {
      title, figures, source, done: caption, groups: this.groups(), empty: '',
      state: { ...drawn, choropleth: { ...drawn.choropleth, figures: tips } },
      listing: {
        caption, columns,
        rows: rows.map(([commune, ...cells]) => { const { code, name } = this.communes(commune); return { code, cells: [name, ...cells] }; }),
      },
    };
  }

  opened() { return ''; }
}
