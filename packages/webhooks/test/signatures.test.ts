import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { webhookTransport } from "../src/index.ts";
import { deliverTo } from "./support/deliver.ts";
import { anEvent, nextSecret, secret } from "./support/events.ts";
import { type Arrived, aReceiver } from "./support/receiver.ts";

/** What a receiver that knows `key` makes of a request. */
function verified({ headers, body }: Arrived, key: string): unknown {
  const text = (name: string) => String(headers[name]);
  return new Webhook(key).verify(body, {
    "webhook-id": text("webhook-id"),
    "webhook-timestamp": text("webhook-timestamp"),
    "webhook-signature": text("webhook-signature"),
  });
}

test("the body is the envelope and data holds exactly four keys", async () => {
  // S53
  const receiver = await aReceiver();
  const event = anEvent();
  Object.assign(event.data, { token: "not for receivers" });
  expect(await deliverTo({ url: `${receiver.origin}/csat`, event })).toEqual({ ok: true });
  expect(receiver.arrived[0]?.path).toBe("/csat");
  expect(receiver.arrived[0]?.headers["content-type"]).toBe("application/json");
  expect(receiver.arrived[0]?.body).toBe(
    '{"id":"event-1","type":"ticket.csat_received","createdAt":"2026-03-01T12:00:00.000Z","workspaceId":"acme","data":{"ticketId":"T1","rating":5,"comment":"Thanks — 素晴らしい","respondedAt":"2026-03-01T11:59:59.123Z"}}',
  );
});

test("a receiver verifies the raw body with the secret, and with no other", async () => {
  // S54
  const receiver = await aReceiver();
  await deliverTo({ url: receiver.origin });
  const [arrived] = receiver.arrived;
  if (arrived === undefined) throw new Error("nothing arrived");
  expect(verified(arrived, secret)).toMatchObject({ id: "event-1", data: { rating: 5 } });
  expect(() => verified(arrived, nextSecret)).toThrow("No matching signature found");
  const changed = { ...arrived, body: arrived.body.replace('"rating":5', '"rating":1') };
  expect(() => verified(changed, secret)).toThrow("No matching signature found");
});

test("every attempt is signed afresh under the event's id", async () => {
  // S54
  const receiver = await aReceiver();
  for (const time of ["2026-03-01T12:00:00.900Z", "2026-03-01T12:05:00.000Z"]) {
    await deliverTo({ url: receiver.origin, options: { clock: { now: () => new Date(time) } } });
  }
  const seen = receiver.arrived.map(({ headers }) => headers);
  expect(seen.map((headers) => headers["webhook-id"])).toEqual(["event-1", "event-1"]);
  expect(seen.map((headers) => headers["webhook-timestamp"])).toEqual(["1772366400", "1772366700"]);
  expect(new Set(seen.map((headers) => headers["webhook-signature"])).size).toBe(2);
});

test("while a secret is replaced, receivers with the old and with the new one verify the same delivery", async () => {
  // S54
  const receiver = await aReceiver();
  const url = receiver.origin;
  await deliverTo({ url, options: { endpoints: [{ id: "hook", url, secret: [secret, nextSecret] }] } });
  const [arrived] = receiver.arrived;
  if (arrived === undefined) throw new Error("nothing arrived");
  expect(arrived.headers["webhook-signature"]).toMatch(/^v1,\S+ v1,\S+$/);
  for (const key of [secret, nextSecret]) expect(verified(arrived, key)).toMatchObject({ id: "event-1" });
});

test("what the core is handed holds no secret, and is signed all the same", async () => {
  const receiver = await aReceiver();
  const url = receiver.origin;
  const transport = webhookTransport({
    endpoints: [{ id: "hook", url, secret }],
    allowPrivateAddresses: ["127.0.0.0/8"],
  });
  expect(await transport.endpointsFor(anEvent())).toEqual([{ id: "hook", url }]);
  const result = await transport.deliver({ id: "hook", url }, anEvent(), new AbortController().signal);
  expect(result).toEqual({ ok: true });
  expect(await transport.deliver({ id: "other", url }, anEvent(), new AbortController().signal)).toEqual({
    ok: false,
    retryable: false,
    retryAfterMs: null,
    error: "the endpoint has no valid secret",
    errorType: "endpoint_invalid",
  });
});

test("an endpoint of one workspace gets no event of another", async () => {
  // S49
  const url = "https://hooks.example/csat";
  const transport = webhookTransport({
    endpoints: [
      { id: "all", url, secret },
      { id: "acme", url, secret, workspaceId: "acme" },
    ],
  });
  const idsFor = async (workspaceId: string) =>
    (await transport.endpointsFor(anEvent({ workspaceId }))).map(({ id }) => id);
  expect(await idsFor("acme")).toEqual(["all", "acme"]);
  expect(await idsFor("globex")).toEqual(["all"]);
});
