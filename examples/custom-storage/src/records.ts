import type { Head, Json, Key, ReadKey } from "@csat/core";
import { keyColumns, type Run, tableOf } from "./sql.ts";

/** A record as it is stored; null where nothing is. */
export interface HeadRow extends Key {
  readonly version: number | null;
  readonly state: string | null;
}

/** Turns a row into the record that it is. */
export function toHead({ kind, workspaceId, id, version, state }: HeadRow): Head {
  // The column holds what `write` put there.
  return {
    key: { kind, workspaceId, id },
    version: version ?? 0,
    state: JSON.parse(state ?? "null") as Json,
  };
}

/** The records of these keys. With one writer at a time a transaction has locked everything, and nothing else can. */
export async function read(run: Run, keys: readonly ReadKey[]): Promise<readonly Head[]> {
  const rows = await run<HeadRow>`select * from ${tableOf(keyColumns, keys)}
    left join csat_records using (kind, workspaceId, id) order by place`;
  return rows.map(toHead);
}

/** The record that a link opens. */
export async function byToken(run: Run, hash: string): Promise<Head | null> {
  const [row] = await run<HeadRow>`select * from csat_tokens join csat_records using (kind, workspaceId, id)
    where hash = ${hash}`;
  return row === undefined ? null : toHead(row);
}
