/** Rows by key. Rows are replaced, never changed in place. */
export interface Table<Row> {
  get(key: string): Row | undefined;
  set(key: string, row: Row): void;
  delete(key: string): void;
  /** Every key with its row as they stand now, in no promised order. */
  entries(): readonly (readonly [string, Row])[];
  /** Every row as it stands now, in no promised order. */
  rows(): readonly Row[];
}

/** A table whose changes are its own until `commit` writes them through. */
export interface Draft<Row> extends Table<Row> {
  commit(): void;
}

/** A table that holds its rows itself. */
export function heldTable<Row>(): Table<Row> {
  const held = new Map<string, Row>();
  return {
    get: (key) => held.get(key),
    set: (key, row) => void held.set(key, row),
    delete: (key) => void held.delete(key),
    entries: () => [...held],
    rows: () => [...held.values()],
  };
}

/** What `committed` holds, under changes that nobody else sees yet. A commit costs as much as was changed, not as is held. */
export function draftOf<Row>(committed: Table<Row>): Draft<Row> {
  const written = new Map<string, Row>();
  const deleted = new Set<string>();
  const entries = (): readonly (readonly [string, Row])[] =>
    written.size + deleted.size === 0
      ? committed.entries()
      : [...committed.entries().filter(([key]) => !written.has(key) && !deleted.has(key)), ...written];
  return {
    get: (key) => (deleted.has(key) ? undefined : (written.get(key) ?? committed.get(key))),
    set: (key, row) => {
      deleted.delete(key);
      written.set(key, row);
    },
    delete: (key) => {
      written.delete(key);
      deleted.add(key);
    },
    entries,
    rows: () => entries().map(([, row]) => row),
    commit: () => {
      for (const key of deleted) committed.delete(key);
      for (const [key, row] of written) committed.set(key, row);
    },
  };
}
