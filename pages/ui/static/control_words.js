// Streamlit names some of its controls in English, for whoever hears them, and says so where a search finds nothing: here
// they get the visitor's words. An animation of no length, which atlas.css gives to such controls, says when one has come;
// nothing is watched meanwhile.
const COME = 'atlas-control';
const CHIP = '[data-testid="stFileChip"]';
const CONTROLS = [
  `[data-testid="stFileUploader"] :is(button, input, ${CHIP})`,
  ':is([data-testid="stSelectbox"], [data-testid="stMultiSelect"], [data-testid="stNumberInput"], [data-testid="stTextInput"]) button',
  '[data-testid="stTooltipHoverTarget"] button',
  '[data-testid="stMultiSelectTagsContainer"] > span',
  '[role="listbox"][data-empty] span',
].join(',');
const ENGLISH = [
  [/^Open$/, 'open'], [/^Clear (?:all|value|entry)$/, 'clear'], [/^Remove (?<name>.*)$/s, 'remove'], [/^Help for (?<name>.*)$/s, 'help'],
  [/^Show password$/, 'show'], [/^Hide password$/, 'hide'], [/^Increment$/, 'more'], [/^Decrement$/, 'less'], [/^Selected values$/, 'chosen'],
];
let words = null;
const called = new WeakMap(); // what Streamlit called a control: its language may change while it stands

function of(english) {
  for (const [pattern, word] of ENGLISH) {
    const found = pattern.exec(english);
    if (found) return words[word].replace('{name}', found.groups?.name ?? '');
  }
  return english;
}

function ofFile(control) {
  const chip = control.closest(CHIP);
  const file = chip?.querySelector('[data-testid="stFileChipName"]')?.textContent ?? '';
  if (control === chip) return file;
  return chip ? words.remove.replace('{name}', file) : words.upload;
}

function name(control) {
  if (control.closest('[data-empty]')) {
    control.textContent = words.none;
    return;
  }
  const now = control.getAttribute('aria-label');
  if (now !== called.get(control)?.said) called.set(control, { english: now ?? '' });
  const known = called.get(control);
  known.said = control.closest('[data-testid="stFileUploader"]') ? ofFile(control) : of(known.english);
  if (known.said && now !== known.said) control.setAttribute('aria-label', known.said);
}

// A control may be named anew by Streamlit: a file once sent, a password that is shown.
const renamed = new MutationObserver((changes) => changes.forEach(({ target }) => name(target)));

document.addEventListener('animationstart', ({ animationName, target }) => {
  if (animationName !== COME || !words) return;
  name(target);
  renamed.observe(target, { attributes: true, attributeFilter: ['aria-label'] });
});

export function sayControls(said) {
  words = said;
  document.querySelectorAll(CONTROLS).forEach(name);
}
