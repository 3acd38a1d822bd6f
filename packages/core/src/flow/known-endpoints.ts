/** What this process knows of endpoints, by their keys: it saves statements, and nothing depends on it. */
export type KnownEndpoints = Map<string, KnownEndpoint>;

/** One of them. */
export interface KnownEndpoint {
  /** Since when it takes nothing; null while it takes events. */
  readonly since: Date | null;
  /** When the record was read or written; null: never. */
  readonly checkedAt: Date | null;
  readonly isTold: boolean;
}
