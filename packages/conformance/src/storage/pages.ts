import { expectCsatError, expectEqual, expectTrue } from "../assertions.ts";
import { minute, uniqueId } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { malformedCursors, readAllPages } from "../paging.ts";
import { type PagedList, pagedLists } from "./paged-lists.ts";

/** Rows `r0` to `r9`, two to each minute, written in no order; and a row of the same time elsewhere. */
const written = [4, 9, 0, 7, 2, 5, 8, 1, 6, 3];
const timeOf = (row: number) => minute(120 + Math.floor(row / 2));
/** All ten, as the list has them. */
function inOrder({ order, equalTimes }: PagedList): readonly string[] {
  const rows =
    equalTimes === "by code points of ids" ? written.toSorted((one, other) => one - other) : written;
  const sorted = rows.toSorted((one, other) => timeOf(one).getTime() - timeOf(other).getTime());
  const ids = sorted.map((row) => `r${row}`);
  return order === "newest first" ? ids.toReversed() : ids;
}

async function tenRows(list: PagedList, storage: Parameters<PagedList["page"]>[0]): Promise<string> {
  const workspaceId = uniqueId("workspace");
  for (const row of written) await list.add(storage.auto, { workspaceId, id: `r${row}`, at: timeOf(row) });
  await list.add(storage.auto, { workspaceId: `${workspaceId}-2`, id: "elsewhere", at: timeOf(4) });
  return workspaceId;
}

function casesOf(list: PagedList): readonly StorageCase[] {
  const read = (storage: Parameters<PagedList["page"]>[0], workspaceId: string) => (limit: number) =>
    readAllPages({ limit, read: (cursor) => list.page(storage, workspaceId, { limit, cursor }) });
  return [
    {
      id: `pages/${list.name}/every-row-once`,
      rule: `Pages of any size list the ${list.name} of the workspace alone, ${list.order}, each once; equal times are told apart ${list.equalTimes}.`,
      async run({ storage }) {
        const workspaceId = await tenRows(list, storage);
        for (const limit of [1, 2, 3, 4, 10, 11, 500])
          expectEqual(await read(storage, workspaceId)(limit), inOrder(list), `rows by pages of ${limit}`);
        expectEqual(await read(storage, uniqueId("workspace"))(10), [], "rows of a workspace without any");
      },
    },
    {
      id: `pages/${list.name}/last-page`,
      rule: `A page of ${list.name} has a cursor when rows follow it, and null when it holds the last one, also when it is full.`,
      async run({ storage }) {
        const workspaceId = await tenRows(list, storage);
        for (const [limit, hasMore] of [
          [9, true],
          [10, false],
          [11, false],
        ] as const) {
          const { items, nextCursor } = await list.page(storage, workspaceId, { limit, cursor: null });
          expectEqual(
            [items.length, nextCursor !== null],
            [Math.min(limit, 10), hasMore],
            `a page of ${limit}`,
          );
        }
      },
    },
    {
      id: `pages/${list.name}/rows-come-meanwhile`,
      rule: `While others add ${list.name} before, at and behind the cursor, no row that stood from the first is left out, and none comes twice.`,
      async run({ storage, otherProcess }) {
        const workspaceId = await tenRows(list, storage);
        const first = await list.page(storage, workspaceId, { limit: 5, cursor: null });
        for (const [place, at] of [minute(0), timeOf(4), timeOf(5), minute(500)].entries())
          for (const id of [`a${place}`, `z${place}`])
            await list.add(otherProcess.auto, { workspaceId, id, at });
        const { nextCursor } = first;
        const rest = await readAllPages({
          limit: 2,
          read: (cursor) => list.page(storage, workspaceId, { limit: 2, cursor: cursor ?? nextCursor }),
        });
        const seen = [...first.items, ...rest];
        expectEqual(new Set(seen).size, seen.length, "different rows among those that came");
        expectEqual(
          seen.filter((id) => id.startsWith("r")),
          inOrder(list),
          "rows that stood from the first",
        );
      },
    },
    {
      id: `pages/${list.name}/rows-go-meanwhile`,
      rule: `A cursor of ${list.name} goes on where it was when the row it ended at is gone.`,
      async run({ storage, otherProcess }) {
        const workspaceId = await tenRows(list, storage);
        const { items, nextCursor } = await list.page(storage, workspaceId, { limit: 5, cursor: null });
        await list.remove(otherProcess.auto, { workspaceId, id: `${items.at(-1)}` });
        const rest = await list.page(storage, workspaceId, { limit: 50, cursor: nextCursor });
        expectEqual(rest.items, inOrder(list).slice(5), "the rows that follow");
        expectEqual(rest.nextCursor, null, "the last cursor");
      },
    },
    {
      id: `pages/${list.name}/invented-cursors`,
      rule: `A cursor that no page of ${list.name} returned is refused as invalid input.`,
      async run({ storage }) {
        const workspaceId = await tenRows(list, storage);
        const { nextCursor } = await list.page(storage, workspaceId, { limit: 5, cursor: null });
        expectTrue(nextCursor !== null, "the first page has a cursor");
        for (const cursor of [...malformedCursors, ` ${nextCursor}`, `${nextCursor}`.slice(0, 12)]) {
          await expectCsatError(
            () => list.page(storage, workspaceId, { limit: 5, cursor }),
            "invalid_input",
            `a page after ${JSON.stringify(cursor).slice(0, 60)}`,
          );
        }
      },
    },
  ];
}

/** Pages of every list: keysets, exact while others write. */
export const pageCases: readonly StorageCase[] = pagedLists.flatMap(casesOf);
