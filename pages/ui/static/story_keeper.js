// Keeps the visitor's stories in this browser between visits, each under its own name; gives them back to a new session.

const NAME = 'atlasStory:';
const kept = () => Object.fromEntries(Object.keys(localStorage).filter((key) => key.startsWith(NAME)).map((key) => [key.slice(NAME.length), localStorage.getItem(key)]));

async function keep(host, { stories }) {
  const before = host.held ?? {};
  host.held = stories;
  for (const code of Object.keys(before)) if (!(code in stories)) localStorage.removeItem(NAME + code);
  for (const [code, address] of Object.entries(stories)) {
    if (before[code] === address) continue;
    const answer = await fetch(address);
    if (!answer.ok) continue;
    try {
      localStorage.setItem(NAME + code, await answer.text());
      if (host.full) host.send('full', false);
      host.full = false;
    } catch { // no room left: the page says to take the file home
      if (!host.full) host.send('full', true);
      host.full = true;
    }
  }
}

export function render({ parentElement, data, setTriggerValue }) {
  const host = parentElement.querySelector('.atlas-story-keeper');
  host.send = setTriggerValue;
  const mine = data.asked || host.gave ? {} : kept();
  if (Object.keys(mine).some((code) => !(code in data.stories))) {
    host.gave = true;
    host.send('kept', mine);
    return;
  }
  keep(host, data);
}
