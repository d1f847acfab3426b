// Circles whose areas are as the numbers of communes.

export const MIXED = 255; // several sectors

// Those too small to be seen have the smallest radius.
export function radii(numbers, { greatest, largest, smallest, most, steps }) {
  return Uint8Array.from(numbers, (number) => {
    const radius = largest * Math.sqrt(number / greatest);
    return number ? Math.min(255, Math.round(Math.min(most, Math.max(smallest, radius)) * steps)) : 0;
  });
}
