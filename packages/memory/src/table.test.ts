import { expect, test } from "vitest";
import { draftOf, heldTable } from "./table.ts";

function aTable() {
  const table = heldTable<string>();
  table.set("a", "1");
  table.set("b", "2");
  return table;
}

test("changes of a draft are its own until the commit", () => {
  const table = aTable();
  const draft = draftOf(table);
  draft.set("a", "changed");
  draft.set("c", "new");
  draft.delete("b");
  expect([table.get("a"), table.get("b"), table.get("c")]).toEqual(["1", "2", undefined]);
  expect([draft.get("a"), draft.get("b"), draft.get("c")]).toEqual(["changed", undefined, "new"]);
  expect(new Map(draft.entries())).toEqual(
    new Map([
      ["a", "changed"],
      ["c", "new"],
    ]),
  );
  draft.commit();
  expect(new Map(table.entries())).toEqual(
    new Map([
      ["a", "changed"],
      ["c", "new"],
    ]),
  );
});

test("the last change of a row counts, be it a deletion or a writing", () => {
  const table = aTable();
  const draft = draftOf(table);
  draft.set("a", "x");
  draft.delete("a");
  draft.delete("b");
  draft.set("b", "y");
  expect([draft.get("a"), draft.get("b"), draft.rows()]).toEqual([undefined, "y", ["y"]]);
  draft.commit();
  expect(table.entries()).toEqual([["b", "y"]]);
});

test("rows may be written and deleted while they are gone through", () => {
  const draft = draftOf(aTable());
  for (const [key, row] of draft.entries()) {
    draft.set(`${key}${key}`, row);
    draft.delete(key);
  }
  expect(new Map(draft.entries())).toEqual(
    new Map([
      ["aa", "1"],
      ["bb", "2"],
    ]),
  );
});
