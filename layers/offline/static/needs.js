// Needs: each subject in each of its years, as the atlas prepared it.

export class Needs {
  constructor(data, words, communes) {
    Object.assign(this, { name: 'needs', opener: 'needs.choices.open', title: 'needs.choices.title', data, words, communes });
    this.clear();
  }

  clear() {
    this.subject = this.data.groups[0].options[0].code;
    [this.period] = this.data.periods[this.subject];
  }

  inForce() { return []; }

  choose(name, value) {
    this[name] = value;
    const offered = this.data.periods[this.subject];
    if (!offered.includes(this.period)) [this.period] = offered;
  }

  groups() {
    const { words } = this;
    const offered = this.data.periods[this.subject];
    const periods = {
      name: 'period', label: words.t('needs.choices.period'),
      options: offered.map((value) => ({ value, label: value === 'change' ? words.t('needs.choices.change') : value, on: value === this.period })),
    };
    const subjects = this.data.groups.map(({ label, options }) => ({
      name: 'subject', label, options: options.map(({ code, label: said }) => ({ value: code, label: said, on: code === this.subject })),
    }));
    return offered.length > 1 ? [subjects[0], periods, ...subjects.slice(1)] : subjects;
  }

  view() {
    const { title, state, figures, source, caption, columns, rows } = this.data.views[`${this.subject} ${this.period}`];
    return {
      title, state, figures, source, done: this.words.t('needs.choices.results', { n: rows.length }), groups: this.groups(), empty: '',
      listing: {
        caption, columns,
        rows: rows.map(([commune, ...cells]) => { const { code, name } = this.communes(commune); return { code, cells: [name, ...cells] }; }),
      },
    };
  }

  opened() { return ''; }
}
