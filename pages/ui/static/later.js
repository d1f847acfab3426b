// What may wait until the map has been painted: the eye is on the map, and a column or a table costs as much to redraw.

const waiting = new Map();

// Call `work` after the frame to come; asked again before that, only the last is called.
export function afterPaint(owner, work) {
  const asked = waiting.has(owner);
  waiting.set(owner, work);
  if (asked) return;
  const run = () => {
    if (!waiting.has(owner)) return;
    const last = waiting.get(owner);
    waiting.delete(owner);
    last();
  };
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(run)));
  setTimeout(run, 100); // a page that is not looked at has no frames
}
