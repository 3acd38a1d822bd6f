import type { Claimed, ClaimRequest, Due, Head, Key, ReadKey } from "@csat/core";
import { inFairOrder } from "./fair-order.ts";
import { type DueRow, keyText, type Tables } from "./tables.ts";

/** The records of these keys; a lock needs nothing, as writers take turns. */
export function read(tables: Tables, keys: readonly ReadKey[]): readonly Head[] {
  return keys.map(({ kind, workspaceId, id }) => headOf(tables, { kind, workspaceId, id }));
}

function headOf(tables: Tables, key: Key): Head {
  return tables.heads.get(keyText(key))?.head ?? { key, version: 0, state: null };
}

/** The record that a link opens, stored or not. */
export function byToken(tables: Tables, hash: string): Head | null {
  const token = tables.tokens.get(hash);
  return token === undefined ? null : headOf(tables, token.key);
}

/** Leases due records to one worker. */
export function claim(
  tables: Tables,
  { kind, now, leaseForMs, limit, after, exceptWorkspaces = [] }: ClaimRequest,
): readonly Claimed[] {
  const leasedAt = tables.leaseClock.now();
  const left = new Set(exceptWorkspaces);
  const due = tables.due.rows().flatMap((row) => {
    const { key, due, lease } = row;
    if (key.kind !== kind || left.has(key.workspaceId) || !isDue(row, { now, leasedAt })) return [];
    // `isDue` holds for waiting rows alone.
    const waiting = due as Extract<Due, { kind: "waiting" }>;
    return [
      { workspaceId: key.workspaceId, dueAt: waiting.wakeAt, key, due: waiting, resumed: lease !== null },
    ];
  });
  return inFairOrder(due, after)
    .slice(0, Math.max(0, limit))
    .flatMap(({ key, due, resumed }) => {
      const head = tables.heads.get(keyText(key))?.head;
      if (head === undefined) return [];
      const leaseId = crypto.randomUUID();
      const lease = { id: leaseId, until: new Date(leasedAt.getTime() + leaseForMs) };
      tables.due.set(keyText(key), { key, due, lease });
      return [{ head, leaseId, resumed, due }];
    });
}

/** True when its time has come and nobody holds it. */
export function isDue(
  { due, lease }: DueRow,
  { now, leasedAt }: { readonly now: Date; readonly leasedAt: Date },
): boolean {
  return due.kind === "waiting" && due.wakeAt <= now && (lease === null || lease.until <= leasedAt);
}
