/**
 * What keeps a customer from being asked at all, in the order in which a no names one: they said so; their address takes
 * no mail; they called one of ours unwanted; an operator decided it. They stand side by side.
 */
export const suppressionReasons = ["opted_out", "bounced", "complained", "by_hand"] as const;

/** One of them. */
export type SuppressionReason = (typeof suppressionReasons)[number];

/** Since when, and who did it; null for the customer and for machines. */
export interface Suppression {
  readonly at: Date;
  readonly actorId: string | null;
}

/** All that stands of one record. */
export type Suppressions = Readonly<Partial<Record<SuppressionReason, Suppression>>>;

/** Why a customer who is known by these records is not asked: what stands on any of them. Null when nothing does. */
export function whySuppressed(
  records: readonly { readonly suppressed: Suppressions }[],
): SuppressionReason | null {
  const stands = (reason: SuppressionReason) =>
    records.some(({ suppressed }) => suppressed[reason] !== undefined);
  return suppressionReasons.find(stands) ?? null;
}

/** With this reason; the very ones when it stands already: the first time counts. */
export function suppressedFor(
  suppressed: Suppressions,
  reason: SuppressionReason,
  since: Suppression,
): Suppressions {
  return suppressed[reason] === undefined ? { ...suppressed, [reason]: since } : suppressed;
}

/** Without this reason; the very ones when it does not stand. */
export function liftedFrom(suppressed: Suppressions, reason: SuppressionReason): Suppressions {
  if (suppressed[reason] === undefined) return suppressed;
  const { [reason]: _lifted, ...others } = suppressed;
  return others;
}

/** When the latest of them began; null while there is none. */
export function suppressedAt(suppressed: Suppressions): Date | null {
  const times = Object.values(suppressed).map(({ at }) => at.getTime());
  return times.length === 0 ? null : new Date(Math.max(...times));
}
