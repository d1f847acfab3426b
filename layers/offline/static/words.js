// Words, numbers and sums of money, written as the atlas writes them: same patterns, same separators, same plurals.

const MILLION = 1e6;
const BILLION = 1e9;

export class Words {
  constructor({ locale, entries, group, decimal, percent }) {
    Object.assign(this, { entries, group, decimal, percentPattern: percent, rules: new Intl.PluralRules(locale) });
  }

  // The sentence of a key, its placeholders filled; `n` chooses between plural forms, none having its own where one is.
  t(key, values = {}) {
    const pattern = this.entries[key] ?? this.plural(key, values.n) ?? key;
    return pattern.replace(/\{(\w+)\}/g, (all, name) => {
      if (!(name in values)) return all;
      return typeof values[name] === 'number' ? this.number(values[name]) : values[name];
    });
  }

  plural(key, n) {
    const form = n === 0 && `${key}.zero` in this.entries ? 'zero' : this.rules.select(n ?? 0);
    return this.entries[`${key}.${form}`] ?? this.entries[`${key}.other`];
  }

  // At most two decimals, or exactly as many as are asked for.
  number(value, decimals) {
    const [whole, part = ''] = Math.abs(value).toFixed(decimals ?? 2).split('.');
    const shown = decimals === undefined ? part.replace(/0+$/, '') : part;
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, this.group);
    return (value < 0 ? '-' : '') + grouped + (shown && this.decimal + shown);
  }

  percent(share) {
    return this.percentPattern.replace('{n}', this.number(share * 100, 0));
  }

  // Three significant figures beyond a million.
  shortMoney(mad) {
    for (const [unit, key] of [[BILLION, 'money.billion'], [MILLION, 'money.million']]) {
      if (Math.abs(mad) < unit) continue;
      const scaled = mad / unit;
      const decimals = Math.max(0, 3 - String(Math.trunc(Math.abs(scaled))).length);
      return this.t(key, { amount: Number(scaled.toFixed(decimals)) });
    }
    return this.t('money.full', { amount: this.number(mad, 0) });
  }
}
