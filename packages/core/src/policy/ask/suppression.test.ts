import { expect, test } from "vitest";
import { liftedFrom, type Suppressions, suppressedAt, suppressedFor, whySuppressed } from "./suppression.ts";

const at = (day: number) => new Date(Date.UTC(2026, 2, day));
const since = (day: number, actorId: string | null = null) => ({ at: at(day), actorId });

test.each<[why: string | null, ...records: Suppressions[]]>([
  [null],
  [null, {}, {}],
  ["by_hand", { by_hand: since(1) }],
  ["complained", { by_hand: since(1), complained: since(9) }],
  ["bounced", { complained: since(1) }, { bounced: since(9) }],
  ["opted_out", { bounced: since(1), by_hand: since(1) }, {}, { opted_out: since(9) }],
])("of all that stands of a customer the first in the order of reasons is named: %s", (why, ...records) => {
  // S74
  expect(whySuppressed(records.map((suppressed) => ({ suppressed })))).toBe(why);
});

test("a reason stands since the first time, beside others; told again nothing changes", () => {
  // S74
  const byHand = suppressedFor({}, "by_hand", since(1, "eve"));
  const both = suppressedFor(byHand, "bounced", since(3));
  expect(both).toEqual({ by_hand: since(1, "eve"), bounced: since(3) });
  expect(suppressedFor(both, "by_hand", since(5, "bob"))).toBe(both);
});

test("one reason is taken back, the others stay; one that does not stand changes nothing", () => {
  // S74
  const both = { by_hand: since(1, "eve"), opted_out: since(3) };
  expect(liftedFrom(both, "opted_out")).toEqual({ by_hand: since(1, "eve") });
  expect(liftedFrom(both, "bounced")).toBe(both);
});

test("a customer is listed by when the latest reason came, and not at all without any", () => {
  // S74
  expect(suppressedAt({})).toBeNull();
  expect(suppressedAt({ by_hand: since(5), opted_out: since(3) })).toEqual(at(5));
  expect(suppressedAt({ by_hand: since(3), opted_out: since(5) })).toEqual(at(5));
});
