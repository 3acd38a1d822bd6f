import { compareText, type HeadKind, type Key } from "@csat/core";

/** Kinds of records in the order of locking. */
export const kinds = ["ticket", "customer", "event", "workspace"] as const satisfies readonly HeadKind[];

/** Negative where `one` is locked before `other`. */
export function compareKeys(one: Key, other: Key): number {
  return (
    kinds.indexOf(one.kind) - kinds.indexOf(other.kind) ||
    compareText(one.workspaceId, other.workspaceId) ||
    compareText(one.id, other.id)
  );
}
