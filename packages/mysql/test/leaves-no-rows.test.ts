import type { CountDelta } from "@csat/core";
import type { RowDataPacket } from "mysql2/promise";
import { expect, test } from "vitest";
import { connections } from "./support/connections.ts";
import { at, aWorkspace, eventHead, ticketHead, ticketKey } from "./support/heads.ts";

const server = connections(4);

/** Rows of a workspace, those included that no list shows. */
async function rowsOf(table: string, workspaceId: string): Promise<number> {
  const [[row]] = await server
    .pool()
    .query<RowDataPacket[]>(`select count(*) as count from csat_${table} where workspace_id = ?`, [
      workspaceId,
    ]);
  return Number(row?.count);
}

test("an answer that came second leaves no row of the event that it would have raised", async () => {
  // S24
  const workspaceId = aWorkspace();
  const key = ticketKey(workspaceId);
  const { auto } = server.storage();
  const answered = (id: string) => ({ heads: [ticketHead(key), eventHead(workspaceId, id)] });
  expect(await auto.write([answered("E1")])).toEqual(["written"]);
  expect(await auto.write([answered("E2")])).toEqual(["conflict"]);
  // In one write with a change that is written, too.
  const other = { heads: [ticketHead(ticketKey(workspaceId, "T2")), eventHead(workspaceId, "E3")] };
  expect(await auto.write([answered("E4"), other])).toEqual(["conflict", "written"]);
  expect(await rowsOf("events", workspaceId)).toBe(2);
});

test("what was counted, folded and taken back leaves no row, nor the name of an operator in it", async () => {
  // S56
  const workspaceId = aWorkspace();
  const storage = server.storage();
  const counted = (times: 1 | -1, expected: number) => {
    const delta: CountDelta = {
      day: "2026-01-05",
      resolvedBy: "ada",
      sent: times,
      answered: times,
      ratings: [0, 0, 0, 0, times],
    };
    return { heads: [ticketHead(ticketKey(workspaceId), { expected })], deltas: [delta] };
  };
  const keepHouse = () => storage.keepHouse(at(0), new AbortController().signal);
  await storage.auto.write([counted(1, 0)]);
  await keepHouse();
  expect(await rowsOf("daily_counts", workspaceId)).toBe(1);
  await storage.auto.write([counted(-1, 1)]);
  await keepHouse();
  expect(await rowsOf("daily_counts", workspaceId)).toBe(0);
  expect(await rowsOf("count_deltas", workspaceId)).toBe(0);
});
