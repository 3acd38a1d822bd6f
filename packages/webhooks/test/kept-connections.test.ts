import { expect, test } from "vitest";
import { webhookTransport } from "../src/index.ts";
import { anEvent, secret } from "./support/events.ts";
import { aReceiver } from "./support/receiver.ts";

/** Delivers events one after the other by one transport. */
function deliveries(url: string, lookup?: (hostname: string) => Promise<readonly string[]>) {
  const transport = webhookTransport({
    endpoints: [{ id: "hook", url, secret }],
    allowPrivateAddresses: ["127.0.0.0/8", "localhost"],
    ...(lookup === undefined ? {} : { lookup }),
  });
  return async (id: string) => {
    const event = anEvent({ id });
    const [endpoint] = await transport.endpointsFor(event);
    if (endpoint === undefined) throw new Error("no endpoint");
    return transport.deliver(endpoint, event, new AbortController().signal);
  };
}

test("events that follow each other share connections", async () => {
  const receiver = await aReceiver();
  const deliver = deliveries(receiver.origin);
  const ids = Array.from({ length: 20 }, (_, place) => `event-${place}`);
  for (const id of ids) expect(await deliver(id)).toEqual({ ok: true });
  // Two where the first was not yet free again when the second was wanted.
  expect([receiver.arrived.length, receiver.connections() <= 2]).toEqual([20, true]);
});

test("a kept connection that the receiver closes under the next event is no failed attempt", async () => {
  const receiver = await aReceiver({
    answer: (response, { headers }) => {
      if (headers["webhook-id"] === "second" && receiver.connections() === 1) response.destroy();
      else response.end();
    },
  });
  const deliver = deliveries(receiver.origin);
  expect(await deliver("first")).toEqual({ ok: true });
  expect(await deliver("second")).toEqual({ ok: true });
  expect(receiver.connections()).toBe(2);
});

test("a receiver that closes a new connection has failed: it is not asked twice in one attempt", async () => {
  const receiver = await aReceiver({ answer: (response) => void response.destroy() });
  expect(await deliveries(receiver.origin)("only")).toMatchObject({ ok: false, retryable: true });
  expect(receiver.arrived).toHaveLength(1);
});

test("a name that resolves elsewhere since has a connection of its own", async () => {
  const receiver = await aReceiver();
  const answers = [["127.0.0.1"], ["127.0.0.2"], ["127.0.0.1"]];
  const deliver = deliveries(`http://localhost:${receiver.port}`, async () => answers.shift() ?? []);
  expect(await deliver("a")).toEqual({ ok: true });
  // Nobody listens there: the connection to the other address is not taken for it.
  expect(await deliver("b")).toMatchObject({ ok: false });
  expect(await deliver("c")).toEqual({ ok: true });
  expect([receiver.arrived.map(({ headers }) => headers["webhook-id"]), receiver.connections()]).toEqual([
    ["a", "c"],
    1,
  ]);
});
