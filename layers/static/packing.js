// Whole numbers that travel as text, read back (layers/packing.py): Base64 VLQ as in source maps, without a sign.
const BITS = 5;
const MORE = 32;
const VALUES = new Uint8Array(128);
[...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].forEach((digit, value) => {
  VALUES[digit.charCodeAt(0)] = value;
});

export function unpacked(text) {
  const numbers = [];
  let number = 0;
  let shift = 0;
  for (let i = 0; i < text.length; i += 1) {
    const digit = VALUES[text.charCodeAt(i)];
    number += (digit & (MORE - 1)) * 2 ** shift;
    if (digit & MORE) { shift += BITS; continue; }
    numbers.push(number);
    number = 0;
    shift = 0;
  }
  return numbers;
}

// The numbers of those that were marked, in their order.
export function marked(text) {
  let last = -1;
  return unpacked(text).map((gap) => { last += gap + 1; return last; });
}
