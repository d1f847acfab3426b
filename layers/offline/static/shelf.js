// What the map asks for by address lies in this very file: nothing is ever asked of a network.

const held = (address) => [...document.querySelectorAll('script[data-at]')].find(({ dataset }) => dataset.at === address);

function answer(address) {
  const found = held(address);
  if (!found) return new Response(null, { status: 404 });
  if (found.type === 'application/json') return new Response(found.textContent);
  return new Response(Uint8Array.from(atob(found.textContent), (char) => char.charCodeAt(0)));
}

window.fetch = async (address) => answer(String(address));
