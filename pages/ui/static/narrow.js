// Typing narrows a list of rows in groups that fold: rows without all the words go, and groups left empty with them.

const folded = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

export function narrow(input) {
  const list = input.closest('[data-narrowed]');
  const words = folded(input.value).split(/\s+/).filter(Boolean);
  let left = 0;
  for (const group of list.querySelectorAll('details')) {
    let here = 0;
    for (const row of group.querySelectorAll('tbody tr')) {
      row.hidden = !words.every((word) => folded(row.textContent).includes(word));
      here += row.hidden ? 0 : 1;
    }
    group.hidden = here === 0;
    group.open = words.length > 0 && here > 0;
    left += here;
  }
  list.querySelector('[data-none]').hidden = left > 0;
  const count = list.querySelector('[data-count]');
  count.textContent = words.length ? count.dataset.pattern.replace('{found}', left) : '';
}
