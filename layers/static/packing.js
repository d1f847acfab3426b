// Whole numbers that travel as text, as `layers/packing.py` writes them: Base64 VLQ as in source maps, without a sign.
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BITS = 5;
const MORE = 32;
const VALUES = new Uint8Array(128);
for (let value = 0; value < DIGITS.length; value += 1) VALUES[DIGITS.charCodeAt(value)] = value;

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

export function packed(numbers) {
  let text = '';
  for (let number of numbers) {
    for (; number >= MORE; number = Math.floor(number / MORE)) text += DIGITS[(number % MORE) + MORE];
    text += DIGITS[number];
  }
  return text;
}

// Which are marked, by their numbers in ascending order.
export function packedMarks(numbers) {
  return packed(numbers.map((number, i) => number - (i ? numbers[i - 1] : -1) - 1));
}
