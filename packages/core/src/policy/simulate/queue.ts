/** What waits for its time, earliest first; of one time in the order of their coming. */
export interface TimeQueue<Entry> {
  readonly size: number;
  /** Null when nothing waits. */
  first(): Timed<Entry> | null;
  add(at: number, entry: Entry): void;
  takeFirst(): Timed<Entry> | null;
}

/** `at` in milliseconds since 1970. */
export interface Timed<Entry> {
  readonly at: number;
  readonly number: number;
  readonly entry: Entry;
}

/** A binary heap. */
export function timeQueue<Entry>(): TimeQueue<Entry> {
  const heap: Timed<Entry>[] = [];
  let added = 0;

  const isBefore = (one: Timed<Entry>, other: Timed<Entry>) =>
    one.at < other.at || (one.at === other.at && one.number < other.number);

  function rise(from: number, moved: Timed<Entry>): void {
    let place = from;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || !isBefore(moved, above)) break;
      heap[place] = above;
      place = parent;
    }
    heap[place] = moved;
  }

  function sink(moved: Timed<Entry>): void {
    let place = 0;
    for (;;) {
      const [left, right] = [heap[2 * place + 1], heap[2 * place + 2]];
      if (left === undefined) break;
      const isRight = right !== undefined && isBefore(right, left);
      const child = isRight ? right : left;
      if (!isBefore(child, moved)) break;
      heap[place] = child;
      place = 2 * place + (isRight ? 2 : 1);
    }
    heap[place] = moved;
  }

  return {
    get size() {
      return heap.length;
    },
    first: () => heap[0] ?? null,
    add(at, entry) {
      added += 1;
      const moved = { at, number: added, entry };
      heap.push(moved);
      rise(heap.length - 1, moved);
    },
    takeFirst() {
      const [first] = heap;
      const last = heap.pop();
      if (first === undefined || last === undefined) return null;
      if (heap.length > 0) sink(last);
      return first;
    },
  };
}
