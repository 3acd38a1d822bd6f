import { describe, expect, test } from "vitest";
import { minute } from "../../test/transition/words.ts";
import type { Head, HeadChange, Json } from "../ports/store/head.ts";
import type { Delivery, EventFacts, OutboxEvent } from "../ports/webhook-transport.ts";
import { eventOf, eventRaised, toHeadChange, wasAskedInVain } from "./event-document.ts";

const facts: EventFacts = {
  type: "ticket.csat_received",
  data: { ticketId: "T1", rating: 4, comment: null, respondedAt: "2026-03-02T10:01:00.000Z" },
};
const answer = { workspaceId: "acme", id: "E1", facts, now: minute(61) } as const;

const event: OutboxEvent = {
  id: "E1",
  workspaceId: "acme",
  createdAt: minute(61),
  deliveries: [],
  ...facts,
};

const firstDueAt = minute(61);
const now = minute(90);

const delivery = (endpointId: string, given: Partial<Delivery> = {}): Delivery => ({
  endpointId,
  state: "pending",
  attempts: 1,
  retryAt: minute(95),
  lastError: "HTTP 503",
  ...given,
});
const delivered = delivery("ok", { state: "delivered", retryAt: null, lastError: null });
const givenUp = delivery("dead", { state: "gave_up", attempts: 6, retryAt: null });

const settled = (...deliveries: readonly Delivery[]): HeadChange =>
  toHeadChange({ event: { ...event, deliveries }, expected: 1, firstDueAt, now });

/** The record as it stands once that was written. */
const written = ({ key, state }: HeadChange): Head => ({ key, version: 1, state });

test("a new event is due from the answer on, and its endpoints are not known", () => {
  // S52
  const raised = eventRaised(answer);
  expect(raised).toMatchObject({
    key: { kind: "event", workspaceId: "acme", id: "E1" },
    expected: 0,
    cells: { kind: "event", createdAt: minute(61), ticketId: "T1", dead: false },
    due: { kind: "waiting", wakeAt: minute(61), firstDueAt: minute(61) },
  });
  expect(eventOf(written(raised))).toEqual(event);
});

test.each<EventFacts>([
  {
    type: "ticket.csat_excluded",
    data: {
      ticketId: "T1",
      rating: 1,
      respondedAt: "2026-03-02T10:01:00.000Z",
      reason: "agent",
      excludedAt: "2026-03-02T10:01:00.000Z",
    },
  },
  {
    type: "ticket.csat_restored",
    data: {
      ticketId: "T1",
      rating: 1,
      respondedAt: "2026-03-02T10:01:00.000Z",
      restoredAt: "2026-03-02T10:01:00.000Z",
    },
  },
])("an event of type $type comes back as it was raised", (told) => {
  // S76
  const raised = eventRaised({ workspaceId: "acme", id: "E2", facts: told, now: minute(61) });
  expect(raised.cells).toMatchObject({ ticketId: "T1" });
  const { type, data } = told;
  expect(eventOf(written(raised))).toEqual({ ...event, id: "E2", type, data });
});

test("what is written comes back: deliveries with their times, and the four fields that receivers get", () => {
  // S53
  const deliveries = [delivery("crm"), delivered, givenUp];
  expect(eventOf(written(settled(...deliveries)))).toEqual({ ...event, deliveries });
});

describe("an event with deliveries is due", () => {
  test.each<readonly [name: string, deliveries: readonly Delivery[], due: HeadChange["due"], dead: boolean]>([
    [
      "when the earliest pending one is",
      [delivery("a", { retryAt: minute(99) }), delivery("b", { retryAt: minute(97) }), delivered],
      { kind: "waiting", wakeAt: minute(97), firstDueAt, failing: '["a","b"]' },
      false,
    ],
    [
      "now, where a pending one has no time",
      [delivery("a"), delivery("b", { retryAt: null })],
      { kind: "waiting", wakeAt: now, firstDueAt, failing: '["a","b"]' },
      false,
    ],
    [
      "for the pending ones, though another was given up",
      [givenUp, delivery("a")],
      { kind: "waiting", wakeAt: minute(95), firstDueAt, failing: '["a"]' },
      true,
    ],
    [
      "without a word of failing before its first attempt",
      [delivery("a", { attempts: 0 })],
      { kind: "waiting", wakeAt: minute(95), firstDueAt },
      false,
    ],
    [
      "and names as many failing endpoints as fit into an index",
      ["a", "b".repeat(170), "c".repeat(20), "d".repeat(300)].map((id) => delivery(id)),
      { kind: "waiting", wakeAt: minute(95), firstDueAt, failing: JSON.stringify(["a", "b".repeat(170)]) },
      false,
    ],
    [
      "no more, and stays for the list of dead ones, when one was given up",
      [givenUp, delivered],
      { kind: "failed", failedAt: now, reason: "gave_up" },
      true,
    ],
    ["no more when all are delivered", [delivered], null, false],
    ["no more when nobody wants it", [], null, false],
  ])("%s", (_name, deliveries, due, dead) => {
    // S54
    const change = settled(...deliveries);
    expect(change.due).toEqual(due);
    expect(change.cells).toMatchObject({ dead });
  });
});

test("while the host cannot name the endpoints it is to be asked again, and at last no more", () => {
  // S54
  const asking = (when: Date | "in_vain") =>
    toHeadChange({ event, expected: 1, firstDueAt, asking: when, now });
  expect(asking(minute(99)).due).toEqual({ kind: "waiting", wakeAt: minute(99), firstDueAt });
  expect(wasAskedInVain(written(asking(minute(99))))).toBe(false);
  expect(asking("in_vain")).toMatchObject({
    due: { kind: "failed", failedAt: now, reason: "no_endpoints" },
    cells: { dead: true },
  });
  expect(wasAskedInVain(written(asking("in_vain")))).toBe(true);
});

test("a worker's change names its lease; others name none", () => {
  // S54
  const lease = { id: "A", extendMs: null };
  expect(toHeadChange({ event, expected: 1, firstDueAt, lease, now }).lease).toEqual(lease);
  expect(settled()).not.toHaveProperty("lease");
});

describe("of a newer release", () => {
  const document = (change: { readonly [name: string]: Json }): Head => ({
    ...written(eventRaised(answer)),
    state: { ...Object(eventRaised(answer).state), ...change },
  });

  test.each<readonly [string, Head]>([
    ["a type", document({ type: "ticket.csat_reminded" })],
    ["a version of the document", document({ v: 2 })],
    ["a record without a document", { ...document({}), version: 0, state: null }],
  ])("%s is no event for this one", (_name, head) => {
    expect(eventOf(head)).toBeNull();
    expect(wasAskedInVain(head)).toBe(false);
  });

  test("fields are kept when this one writes, wherever they stand, and handed to no receiver", () => {
    const stored = {
      ...Object(settled(delivery("crm")).state),
      channel: "sms",
      data: { ...event.data, language: "de" },
      deliveries: [
        { endpointId: "crm", state: "pending", attempts: 1, retryAt: null, lastError: null, by: "eu-1" },
      ],
      askedInVain: true,
    };
    const read = eventOf({ ...written(settled()), state: stored });
    expect(read?.data).toEqual(event.data);
    const change = toHeadChange({
      event: { ...event, deliveries: [delivery("crm", { attempts: 2 }), delivered] },
      expected: 1,
      stored,
      firstDueAt,
      now,
    });
    expect(change.state).toEqual({
      v: 1,
      type: "ticket.csat_received",
      createdAt: "2026-03-02T10:01:00.000Z",
      channel: "sms",
      data: { ...event.data, language: "de" },
      deliveries: [
        {
          endpointId: "crm",
          state: "pending",
          attempts: 2,
          retryAt: "2026-03-02T10:35:00.000Z",
          lastError: "HTTP 503",
          by: "eu-1",
        },
        { endpointId: "ok", state: "delivered", attempts: 1, retryAt: null, lastError: null },
      ],
    });
  });
});
