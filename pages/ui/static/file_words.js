// Streamlit names the controls of a file in English, for whoever hears them: here they get the visitor's words. An
// animation of no length, which atlas.css gives to such controls, says when one has come; nothing is watched meanwhile.
const COME = 'atlas-file';
const CONTROLS = '[data-testid="stFileUploader"] :is(button, input, [data-testid="stFileChip"])';
let words = null;

function name(control) {
  const chip = control.closest('[data-testid="stFileChip"]');
  const file = chip?.querySelector('[data-testid="stFileChipName"]')?.textContent ?? '';
  const said = control === chip ? file : chip ? words.remove.replace('{name}', file) : words.upload;
  if (control.getAttribute('aria-label') !== said) control.setAttribute('aria-label', said);
}

// A file once sent is named anew by Streamlit.
const renamed = new MutationObserver((changes) => changes.forEach(({ target }) => name(target)));

document.addEventListener('animationstart', ({ animationName, target }) => {
  if (animationName !== COME || !words) return;
  name(target);
  renamed.observe(target, { attributes: true, attributeFilter: ['aria-label'] });
});

export function sayFiles(said) {
  words = said;
  document.querySelectorAll(CONTROLS).forEach(name);
}
