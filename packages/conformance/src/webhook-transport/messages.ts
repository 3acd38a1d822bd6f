import { createHmac } from "node:crypto";
import type { OutboxEvent } from "@csat/core";
import { expectEqual, expectPresent, expectTrue } from "../assertions.ts";
import { minute } from "../builders.ts";
import type { WebhookTransportCase } from "../case.ts";
import { anOutboxEvent, deliverTo, receivedBy } from "./deliver-to.ts";

/** What receivers get. */
export const messageCases: readonly WebhookTransportCase[] = [
  {
    id: "webhooks/message/envelope",
    rule: "The body is the JSON envelope of id, type, createdAt, workspaceId and data, and data has its four keys and no others.",
    async run(fixture) {
      const event = anOutboxEvent();
      const data = { ...event.data, surveyToken: "for nobody" };
      const carriesMore: OutboxEvent = { ...event, data };
      await deliverTo({ fixture, event: carriesMore });
      const [post] = await receivedBy(fixture);
      expectEqual<unknown>(
        JSON.parse(expectPresent(post, "the POST").body),
        {
          id: event.id,
          type: "ticket.csat_received",
          createdAt: minute(120).toISOString(),
          workspaceId: "acme",
          data: {
            ticketId: "T1",
            rating: 4,
            comment: "Thanks — 素晴らしい",
            respondedAt: minute(120).toISOString(),
          },
        },
        "the body",
      );
    },
  },
  {
    id: "webhooks/message/no-comment-is-null",
    rule: "An answer without a comment has the comment null.",
    async run(fixture) {
      const event = anOutboxEvent();
      await deliverTo({ fixture, event: { ...event, data: { ...event.data, comment: null } } });
      const [post] = await receivedBy(fixture);
      expectTrue(expectPresent(post, "the POST").body.includes('"comment":null'), "the comment is null");
    },
  },
  {
    id: "webhooks/message/excluded",
    rule: "An answer that is excluded or counts again is told without its comment: five keys of data, and four.",
    async run(fixture) {
      const about = { ticketId: "T1", rating: 4, respondedAt: minute(120).toISOString() } as const;
      const excluded = { ...about, reason: "agent", excludedAt: minute(180).toISOString() } as const;
      const restored = { ...about, restoredAt: minute(240).toISOString() };
      const more = { comment: "for nobody" };
      const { data: _data, ...event } = anOutboxEvent();
      const told: readonly OutboxEvent[] = [
        { ...event, type: "ticket.csat_excluded", data: { ...more, ...excluded } },
        { ...event, type: "ticket.csat_restored", data: { ...more, ...restored } },
      ];
      for (const one of told) await deliverTo({ fixture, event: one });
      const bodies = (await receivedBy(fixture)).map(({ body }) => JSON.parse(body));
      expectEqual<unknown>(
        bodies.map(({ type, data }) => ({ type, data })),
        [
          { type: "ticket.csat_excluded", data: excluded },
          { type: "ticket.csat_restored", data: restored },
        ],
        "the bodies",
      );
    },
  },
  {
    id: "webhooks/message/headers",
    rule: "A delivery is JSON, with the event's id, the attempt's time in seconds and a v1 signature over id, time and raw body.",
    async run(fixture) {
      const event = anOutboxEvent();
      await deliverTo({ fixture, event });
      const [post] = await receivedBy(fixture);
      const { headers, body } = expectPresent(post, "the POST");
      expectTrue(`${headers["content-type"]}`.startsWith("application/json"), "the content is JSON");
      expectEqual(headers["webhook-id"], event.id, "webhook-id");
      const timestamp = `${headers["webhook-timestamp"]}`;
      expectTrue(/^\d{10}$/.test(timestamp), "webhook-timestamp is in whole seconds");
      const signatures = `${headers["webhook-signature"]}`.split(" ");
      expectTrue(
        signatures.every((one) => /^v1,[A-Za-z0-9+/]{43}=$/.test(one)),
        "webhook-signature lists v1 signatures",
      );
      if (fixture.secret === undefined) return;
      const key = Buffer.from(fixture.secret.replace(/^whsec_/, ""), "base64");
      const mac = createHmac("sha256", key).update(`${event.id}.${timestamp}.${body}`).digest("base64");
      expectTrue(signatures.includes(`v1,${mac}`), "a signature is the secret's");
    },
  },
  {
    id: "webhooks/message/same-id-when-repeated",
    rule: "Every attempt carries the event's id, so that receivers can tell repetitions; another event has another one.",
    async run(fixture) {
      const event = anOutboxEvent();
      await deliverTo({ fixture, event, path: "/status/500" });
      await deliverTo({ fixture, event });
      await deliverTo({ fixture });
      const ids = (await receivedBy(fixture)).map(({ headers }) => headers["webhook-id"]);
      expectEqual([ids.length, ids[0], ids[1]], [3, event.id, event.id], "the ids");
      expectTrue(ids[2] !== event.id, "another event has another id");
    },
  },
];
