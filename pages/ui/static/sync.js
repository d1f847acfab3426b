// Make one tree like another, touching only what differs, so that focus, scroll and what is being typed stay.

const KEPT = { DETAILS: 'open' }; // the reader's own doing

export function sync(from, to) {
  const old = [...from.childNodes];
  const fresh = [...to.childNodes];
  fresh.forEach((node, i) => {
    const was = old[i];
    if (!was) from.appendChild(node);
    else if (was.nodeType !== node.nodeType || was.nodeName !== node.nodeName || was.id !== node.id) was.replaceWith(node);
    else if (node.nodeType !== Node.ELEMENT_NODE) {
      if (was.nodeValue !== node.nodeValue) was.nodeValue = node.nodeValue;
    } else {
      attributes(was, node);
      sync(was, node);
    }
  });
  old.slice(fresh.length).forEach((node) => node.remove());
}

function attributes(was, node) {
  const kept = KEPT[was.nodeName];
  for (const { name } of [...was.attributes]) {
    if (!node.hasAttribute(name) && name !== kept) was.removeAttribute(name);
  }
  for (const { name, value } of node.attributes) {
    if (name === kept || was.getAttribute(name) === value) continue;
    was.setAttribute(name, value);
    if (name === 'value' && document.activeElement !== was) was.value = value;
  }
  if (was.nodeName === 'OPTION' && document.activeElement !== was.parentNode) was.selected = node.hasAttribute('selected');
  if (was.nodeName === 'INPUT' && was.type !== 'checkbox' && !node.getAttribute('value') && document.activeElement !== was) was.value = '';
}
