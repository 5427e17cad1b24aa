/** A stream of numbers that are uniform in [0, 1). */
export type Random = () => number;

/** The 32 bits that a text comes to (FNV-1a, Fowler, Noll and Vo). */
function bitsOf(text: string): number {
  let bits = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) bits = Math.imul(bits ^ text.charCodeAt(i), 0x01000193);
  return bits >>> 0;
}

/** Numbers that follow from a text, so that the same question draws the same ones: a Weyl sequence, its bits mixed twice. */
export function randomOf(text: string): Random {
  let state = bitsOf(text);
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 4_294_967_296;
  };
}
