// The wheel turns the page until somebody takes the map in hand: a map that swallows it hides what stands below it.

const SAID_MS = 1800;

// Whether the page around can be turned at all: not on stage, nor where the map is all there is.
function turns(container) {
  if (document.fullscreenElement || container.closest('.st-key-stage')) return false;
  for (let box = container.parentElement; box; box = box.parentElement) {
    const { overflowY } = getComputedStyle(box);
    if (box.scrollHeight > box.clientHeight + 1 && (box === document.scrollingElement || /auto|scroll/.test(overflowY))) return true;
  }
  return false;
}

// In hand it is from a press on it until the pointer leaves it; with Ctrl, and with two fingers, it zooms at once.
export function yieldWheel(container, hint) {
  let [inHand, hush] = [false, 0];
  container.addEventListener('pointerdown', () => { inHand = true; hint.textContent = ''; }, true);
  container.addEventListener('pointerleave', () => { inHand = false; hint.textContent = ''; });
  container.addEventListener('wheel', (event) => {
    if (inHand || event.ctrlKey || event.metaKey || !turns(container)) return;
    event.stopImmediatePropagation();
    hint.textContent = hint.dataset.said;
    clearTimeout(hush);
    hush = setTimeout(() => { hint.textContent = ''; }, SAID_MS);
  }, { capture: true, passive: true });
}
