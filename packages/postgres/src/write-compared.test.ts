import { expect, test } from "vitest";
import { compiled } from "./executor.ts";
import { tableNames } from "./table-names.ts";
import type { ComparedShape } from "./write-compared.ts";
import { nameOfOne, type OneShape, oneStatement } from "./write-one.ts";
import { kinds } from "./write-order.ts";

const tables = tableNames("csat");
const ticket = { kind: "ticket", isNew: false, due: "set", lease: "hold" } as const;

function shapeOf(compared: readonly ComparedShape[]): OneShape {
  return { heads: [ticket], compared, sides: new Map(), skipsLocked: true };
}

test("each way of comparing records has a name of its own", () => {
  const ones = kinds.flatMap((kind) =>
    (["before", "after", "absent"] as const).map((place): ComparedShape => ({ kind, place })),
  );
  const several = [
    [],
    ...ones.map((one) => [one]),
    ...ones.flatMap((one) => ones.map((other) => [one, other])),
  ];
  const names = new Set(several.map((compared) => nameOfOne(shapeOf(compared))));
  expect(names.size).toBe(1 + 12 + 144);
});

test("a change that compares nothing is the statement that it was", () => {
  const text = compiled(oneStatement(tables, shapeOf([]))).text;
  expect(text).not.toContain("for share");
  expect(text).not.toContain("vs");
});
