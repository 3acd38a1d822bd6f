import { systemClock } from "@csat/core";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase } from "../database.ts";
import { createTables } from "../tables/tables.ts";
import { bodyOf, listReceived } from "./received.ts";
import { type ReceiverServer, startReceiver } from "./receiver-server.ts";
import { receiverOf, setReceiverMode } from "./receivers.ts";

let opened: Awaited<ReturnType<typeof openDatabase>>;
let server: ReceiverServer;
beforeAll(async () => {
  opened = await openDatabase({ kind: "memory" });
  await createTables(opened.database);
  server = await startReceiver({ database: opened.database, clock: systemClock });
});
afterAll(async () => {
  await server.close();
  await opened.close();
});

/** Posts `body`, signed with `secret` as it says. */
function post({
  body,
  secret,
  path = server.urlFor("acme"),
}: {
  body: string;
  secret: string;
  path?: string;
}) {
  const now = new Date();
  return fetch(path, {
    method: "POST",
    body,
    headers: {
      "webhook-id": "event-1",
      "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
      "webhook-signature": new Webhook(secret).sign("event-1", now, body),
    },
  });
}

test("only what its own secret signed is verified, and everything is kept in its order", async () => {
  // S54
  const { secret } = await receiverOf(opened.database, "acme");
  const { secret: foreign } = await receiverOf(opened.database, "globex");
  const statuses = [
    (await post({ body: '{"id":"event-1"}', secret })).status,
    (await post({ body: '{"id":"event-1"}', secret: foreign })).status,
    (await fetch(server.urlFor("acme"), { method: "POST", body: "not JSON" })).status,
  ];
  expect(statuses).toEqual([204, 401, 401]);
  const kept = await listReceived(opened.database, "acme");
  expect(kept.map(({ verified, answered }) => [verified, answered])).toEqual([
    [true, 204],
    [false, 401],
    [false, 401],
  ]);
  expect(kept.map(bodyOf)).toEqual([{ id: "event-1" }, { id: "event-1" }, "not JSON"]);
  expect(await listReceived(opened.database, "globex")).toEqual([]);
});

test("it answers as it was told to", async () => {
  const { secret } = await receiverOf(opened.database, "globex");
  const path = server.urlFor("globex");
  for (const [mode, status] of [
    ["failing", 500],
    ["gone", 410],
    ["well", 204],
  ] as const) {
    await setReceiverMode(opened.database, { workspaceId: "globex", mode });
    expect((await post({ body: "{}", secret, path })).status).toBe(status);
  }
});

test("there is nothing for unknown workspaces and other methods", async () => {
  expect((await fetch(server.urlFor("nobody"), { method: "POST", body: "{}" })).status).toBe(404);
  expect((await fetch(server.urlFor("acme"))).status).toBe(404);
});
