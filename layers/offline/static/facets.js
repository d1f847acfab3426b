// Filters with several options at once, each option with the number of things it would give under the other filters.

export const none = (filters) => Object.fromEntries(filters.map((name) => [name, new Set()]));

export function turn(chosen, value) {
  if (!chosen.delete(value)) chosen.add(value);
}

// Several options of one filter widen it, several filters narrow. Each thing has its options of a filter by number.
export function sift(things, filters, chosen, options) {
  const passes = filters.map((name) => things.map((thing) => !chosen[name].size || thing[name].some((one) => chosen[name].has(one))));
  const kept = things.map((_, i) => passes.every((passed) => passed[i]));
  const counts = Object.fromEntries(filters.map((name, number) => {
    const others = passes.filter((_, other) => other !== number);
    const count = new Array(options[name].length).fill(0);
    things.forEach((thing, i) => { if (others.every((passed) => passed[i])) for (const option of thing[name]) count[option] += 1; });
    return [name, count];
  }));
  return { kept, counts };
}

// The groups of the panel; what nothing answers to is left out, the most frequent options come first.
export function facets(filters, { named, options, chosen, counts, all }) {
  return filters.map((name) => ({
    name,
    label: named(name),
    many: true,
    options: options[name]
      .map((option, value) => ({ ...option, value, count: counts[name][value], on: chosen[name].has(value) }))
      .filter(({ value }) => all[name][value])
      .sort((a, b) => all[name][b.value] - all[name][a.value]),
  })).filter(({ options }) => options.length);
}

export function inForce(filters, { words, named, options, chosen }) {
  return filters.flatMap((name) => [...chosen[name]].map((value) => ({
    name, value, label: words.t('filter.said', { name: named(name), values: options[name][value].label }),
  })));
}
