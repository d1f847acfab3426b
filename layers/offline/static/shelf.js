// What the map asks for by address lies in this very file, packed where it is long: nothing is ever asked of a network.

const made = new Map();
const held = (address) => [...document.querySelectorAll('script[data-at]')].find(({ dataset }) => dataset.at === address);

// Answer an address with a text written when it is first asked for.
export function provide(address, write) { made.set(address, write); }

function answer(address) {
  if (made.has(address)) return new Response(made.get(address)());
  const found = held(address);
  if (!found) return new Response(null, { status: 404 });
  if (found.type === 'application/json') return new Response(found.textContent);
  const bytes = Uint8Array.from(atob(found.textContent), (char) => char.charCodeAt(0));
  const packed = found.type === 'application/gzip';
  return new Response(packed ? new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')) : bytes);
}

window.fetch = async (address) => answer(String(address));
