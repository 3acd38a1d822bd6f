import { murmurHash3 } from "../ask/in-sample.ts";

/** Texts by number, from 0 in the order of their coming. Holds 64 bits of each: two of a million meet once in 37 million runs. */
export interface FingerprintTable {
  readonly size: number;
  /** Null for a text that was not put in. */
  find(text: string): number | null;
  /** The number of the text, which is put in when it is new. */
  put(text: string): number;
}

/** An empty one. 8 bytes for each text, and 4 for each slot, of which three in four are taken at most. */
export function fingerprintTable(): FingerprintTable {
  let size = 0;
  let slots = new Int32Array(16).fill(-1);
  const highs = numbers(Uint32Array);
  const lows = numbers(Uint32Array);

  /** The slot of a fingerprint, or the free one that it belongs into. */
  function slotOf(high: number, low: number): number {
    const mask = slots.length - 1;
    let slot = low & mask;
    for (;;) {
      const number = slots[slot] ?? -1;
      if (number === -1 || (lows.get(number) === low && highs.get(number) === high)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  function grow(): void {
    slots = new Int32Array(slots.length * 2).fill(-1);
    for (let number = 0; number < size; number += 1)
      slots[slotOf(highs.get(number), lows.get(number))] = number;
  }

  function find(text: string): number | null {
    const number = slots[slotOf(highOf(text), murmurHash3(text))] ?? -1;
    return number === -1 ? null : number;
  }

  return {
    get size() {
      return size;
    },
    find,
    put(text) {
      const known = find(text);
      if (known !== null) return known;
      if ((size + 1) * 4 > slots.length * 3) grow();
      const [high, low] = [highOf(text), murmurHash3(text)];
      slots[slotOf(high, low)] = size;
      highs.set(size, high);
      lows.set(size, low);
      size += 1;
      return size - 1;
    },
  };
}

/** Another hash of the same text. */
function highOf(text: string): number {
  return murmurHash3(`\n${text}`);
}

/** Numbers that stand close together, 0 where none was set. */
export interface Numbers {
  get(index: number): number;
  set(index: number, value: number): void;
}

/** A row of them that grows as needed. */
export function numbers(
  Kind: typeof Float64Array | typeof Uint32Array | typeof Int32Array | typeof Uint8Array,
): Numbers {
  let row = new Kind(16);
  return {
    get: (index) => row[index] ?? 0,
    set(index, value) {
      if (index >= row.length) {
        const larger = new Kind(Math.max(index + 1, Math.ceil(row.length * 1.5)));
        larger.set(row);
        row = larger;
      }
      row[index] = value;
    },
  };
}
