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

  // One ticket is asked about several times in a row.
  let last: { readonly text: string; readonly number: number } | null = null;

  /** The slot of a fingerprint, or the free one that it belongs into. */
  function slotOf([high, low]: Fingerprint): number {
    const mask = slots.length - 1;
    let slot = low & mask;
    for (;;) {
      const number = Number(slots[slot]);
      if (number === -1 || (lows.get(number) === low && highs.get(number) === high)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  function grow(): void {
    slots = new Int32Array(slots.length * 2).fill(-1);
    for (let number = 0; number < size; number += 1)
      slots[slotOf([highs.get(number), lows.get(number)])] = number;
  }

  function find(text: string): number | null {
    if (last?.text === text) return last.number;
    const number = Number(slots[slotOf(fingerprintOf(text))]);
    if (number === -1) return null;
    last = { text, number };
    return number;
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
      const fingerprint = fingerprintOf(text);
      const number = size;
      slots[slotOf(fingerprint)] = number;
      highs.set(number, fingerprint[0]);
      lows.set(number, fingerprint[1]);
      size += 1;
      last = { text, number };
      return number;
    },
  };
}

type Fingerprint = readonly [high: number, low: number];

/**
 * 64 bits of a text, by its UTF-16 units: two lanes of multiplications by odd numbers, each mixed with the other at the end, with the
 * finalizer of MurmurHash3. It keeps no secret, and whoever makes two ids meet spoils figures of their own alone.
 */
function fingerprintOf(text: string): Fingerprint {
  let [one, other] = [0x9e3779b9, 0x85ebca6b ^ text.length];
  for (let place = 0; place < text.length; place += 1) {
    const unit = text.charCodeAt(place);
    one = Math.imul(one ^ unit, 0x9e3779b1);
    other = Math.imul(other ^ unit, 0x5f356495);
  }
  const mixed = finalized(one) ^ other;
  return [(finalized(other) ^ one) >>> 0, finalized(mixed) >>> 0];
}

function finalized(bits: number): number {
  const half = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  const almost = Math.imul(half ^ (half >>> 13), 0xc2b2ae35);
  return almost ^ (almost >>> 16);
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
