import { expectEqual, expectTrue } from "../assertions.ts";
import { uniqueId } from "../builders.ts";
import type { WebhookTransportCase } from "../case.ts";
import { anOutboxEvent, deliverTo, receivedBy } from "./deliver-to.ts";

/** What becomes of an attempt. */
export const resultCases: readonly WebhookTransportCase[] = [
  {
    id: "webhooks/endpoints/stable-ids",
    rule: "Endpoints have ids of their own, the same whenever they are asked for.",
    async run({ transport }) {
      const idsOf = async () => (await transport.endpointsFor(anOutboxEvent())).map(({ id }) => id);
      const ids = await idsOf();
      expectTrue(
        ids.length > 0 && new Set(ids).size === ids.length,
        "there are endpoints, with distinct ids",
      );
      expectEqual(await idsOf(), ids, "the ids when asked again");
    },
  },
  {
    id: "webhooks/result/delivered",
    rule: "An attempt that the receiver takes is a delivery.",
    async run(fixture) {
      expectEqual(await deliverTo({ fixture }), { ok: true }, "the result");
    },
  },
  {
    id: "webhooks/result/any-success",
    rule: "Every status from 200 to 299 is a delivery.",
    async run(fixture) {
      for (const status of [200, 201, 202, 204, 299]) {
        expectEqual(await deliverTo({ fixture, path: `/status/${status}` }), { ok: true }, `after ${status}`);
      }
    },
  },
  {
    id: "webhooks/result/failures-are-tried-again",
    rule: "Every other status but 410 is a failure to be tried again.",
    async run(fixture) {
      for (const status of [400, 401, 404, 429, 500, 503]) {
        const result = await deliverTo({ fixture, path: `/status/${status}` });
        expectTrue(!result.ok && result.retryable, `${status} is tried again`);
      }
    },
  },
  {
    id: "webhooks/result/gone",
    rule: "A receiver that answers 410 is not tried again.",
    async run(fixture) {
      const result = await deliverTo({ fixture, path: "/status/410" });
      expectTrue(!result.ok && !result.retryable, "410 is a failure for good");
    },
  },
  {
    id: "webhooks/result/retry-after",
    rule: "What a receiver asks for in Retry-After is told in milliseconds, and null when it says nothing.",
    async run(fixture) {
      const asked = await deliverTo({ fixture, path: "/status/503?retry-after=120" });
      expectEqual(asked.ok ? undefined : asked.retryAfterMs, 120_000, "after two minutes were asked for");
      const silent = await deliverTo({ fixture, path: "/status/503" });
      expectEqual(silent.ok ? undefined : silent.retryAfterMs, null, "after nothing was asked for");
    },
  },
  {
    id: "webhooks/result/no-redirect-followed",
    rule: "A redirect is a failure: the event goes nowhere but to its receiver.",
    async run(fixture) {
      const { ok } = await deliverTo({ fixture, path: "/redirect" });
      const paths = (await receivedBy(fixture)).map(({ path }) => path);
      expectEqual([ok, paths], [false, ["/redirect"]], "the result and what the receiver got");
    },
  },
  {
    id: "webhooks/result/broken-connection",
    rule: "A connection that breaks is a failure to be tried again, never an exception.",
    async run(fixture) {
      const result = await deliverTo({ fixture, path: "/hang-up" });
      expectTrue(!result.ok && result.retryable, "a broken connection is tried again");
    },
  },
  {
    id: "webhooks/result/errors-are-discreet",
    rule: "An error is short, and holds neither the URL's query nor what the receiver said.",
    async run(fixture) {
      const hidden = uniqueId("hidden");
      for (const path of ["/status/500", "/status/410", "/hang-up", "/redirect"]) {
        const result = await deliverTo({ fixture, path: `${path}?key=${hidden}` });
        const error = result.ok ? "" : result.error;
        expectTrue(error.length > 0 && error.length <= 200, `the error of ${path} has 1 to 200 characters`);
        expectTrue(
          !error.includes(hidden) && !error.includes("words of the receiver"),
          `${path} is discreet`,
        );
      }
    },
  },
  {
    id: "webhooks/abort/before-the-attempt",
    rule: "An attempt whose signal was aborted before it posts nothing and is to be tried again.",
    async run(fixture) {
      const result = await deliverTo({ fixture, signal: AbortSignal.abort() });
      expectTrue(!result.ok && result.retryable, "the attempt is tried again");
    },
  },
  {
    id: "webhooks/abort/posts-nothing",
    rule: "A receiver sees nothing of an attempt that was aborted before it began.",
    async run(fixture) {
      await deliverTo({ fixture, signal: AbortSignal.abort() });
      expectEqual((await receivedBy(fixture)).length, 0, "POSTs");
    },
  },
  {
    id: "webhooks/abort/slow-receiver",
    rule: "An abort ends an attempt at a receiver that does not answer, as one to be tried again.",
    async run(fixture) {
      const aborting = new AbortController();
      const delivering = deliverTo({ fixture, path: "/slow", signal: aborting.signal });
      while ((await receivedBy(fixture)).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      aborting.abort();
      const result = await delivering;
      expectTrue(!result.ok && result.retryable, "the attempt is tried again");
    },
  },
  {
    id: "webhooks/result/many-at-once",
    rule: "Ten deliveries at once all arrive, each with its own event, and a failing one disturbs no other.",
    async run(fixture) {
      const events = Array.from({ length: 10 }, () => anOutboxEvent());
      const results = await Promise.all(
        events.map((event, index) => deliverTo({ fixture, event, path: index === 3 ? "/hang-up" : "/" })),
      );
      expectEqual(
        results.map(({ ok }) => ok),
        events.map((_, index) => index !== 3),
        "the results",
      );
      const seen = new Set((await receivedBy(fixture)).map(({ headers }) => headers["webhook-id"]));
      expectTrue(
        events.every(({ id }) => seen.has(id)),
        "every event arrived",
      );
    },
  },
];
