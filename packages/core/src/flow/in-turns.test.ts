import { expect, test } from "vitest";
import { inTurns } from "./in-turns.ts";

interface Waiting {
  readonly row: { readonly workspaceId: string; readonly id: string };
}

/** Claims as a storage does: the oldest of each workspace first, workspaces in the order in which they came. */
function aQueue(counts: Readonly<Record<string, number>>) {
  const waiting = new Map<string, Waiting[]>();
  const asked: { count: number; except: readonly string[] }[] = [];
  const add = (workspaceId: string, count: number) =>
    waiting.set(
      workspaceId,
      Array.from({ length: count }, (_, place) => ({ row: { workspaceId, id: `${workspaceId}${place}` } })),
    );
  for (const [workspaceId, count] of Object.entries(counts)) add(workspaceId, count);
  const claim = async (count: number, except: readonly string[]) => {
    asked.push({ count, except });
    const taken: Waiting[] = [];
    for (let took = true; took && taken.length < count; ) {
      took = false;
      for (const [workspaceId, rows] of waiting) {
        if (taken.length >= count || except.includes(workspaceId)) continue;
        const next = rows.shift();
        if (next !== undefined) taken.push(next);
        took ||= next !== undefined;
      }
    }
    return taken;
  };
  return { claim, add, asked };
}

const ids = (claimed: readonly Waiting[]) => claimed.map(({ row }) => row.id);

test("claims of one row each go round all workspaces, though one of them waits longest every time", async () => {
  // S58
  const claim = inTurns(aQueue({ flood: 100, b: 2, c: 1 }).claim);
  const order: string[] = [];
  for (let turn = 0; turn < 7; turn++) order.push(...ids(await claim(1, [])));
  expect(order).toEqual(["flood0", "b0", "c0", "flood1", "b1", "flood2", "flood3"]);
});

test("who comes late is next", async () => {
  // S58
  const { claim: claimFair, add } = aQueue({ flood: 100 });
  const claim = inTurns(claimFair);
  await claim(1, []);
  await claim(1, []);
  add("late", 1);
  expect(ids(await claim(1, []))).toEqual(["late0"]);
});

test("what the others leave of a claim goes to those just served", async () => {
  const claim = inTurns(aQueue({ flood: 100, b: 2 }).claim);
  expect(ids(await claim(2, []))).toEqual(["flood0", "b0"]);
  expect(ids(await claim(4, []))).toEqual(["flood1", "b1", "flood2", "flood3"]);
});

test("workspaces that the caller leaves out are left out of every claim", async () => {
  // S12
  const claim = inTurns(aQueue({ down: 9, flood: 9, b: 1 }).claim);
  const order = [await claim(1, ["down"]), await claim(2, ["down"]), await claim(1, ["down"])];
  expect(order.flatMap(ids)).toEqual(["flood0", "b0", "flood1", "flood2"]);
});

test("an empty queue is asked once", async () => {
  const { claim: claimFair, asked } = aQueue({ only: 1 });
  const claim = inTurns(claimFair);
  expect(ids(await claim(5, []))).toEqual(["only0"]);
  expect(await claim(5, [])).toEqual([]);
  expect(asked).toEqual([
    { count: 5, except: [] },
    { count: 5, except: [] },
  ]);
});

test("rows that are claimed already are worked on when the second half of a claim fails", async () => {
  const { claim: claimFair } = aQueue({ a: 1, b: 1 });
  let isDown = false;
  const claim = inTurns<Waiting>(async (count, except) => {
    if (isDown && except.length === 0) throw new Error("the storage is down");
    return claimFair(count, except);
  });
  await claim(1, []);
  isDown = true;
  expect(ids(await claim(2, []))).toEqual(["b0"]);
  await expect(claim(1, [])).rejects.toThrow("the storage is down");
});

test("thousands of workspaces are not named in every claim", async () => {
  const many = Object.fromEntries(Array.from({ length: 1_500 }, (_, place) => [`w${place}`, 1]));
  const { claim: claimFair, asked } = aQueue(many);
  const claim = inTurns(claimFair);
  for (let turn = 0; turn < 15; turn++) await claim(100, []);
  expect(Math.max(...asked.map(({ except }) => except.length))).toBeLessThanOrEqual(1_000);
});
