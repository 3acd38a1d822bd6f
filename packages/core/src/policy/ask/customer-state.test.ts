import { describe, expect, test } from "vitest";
import { minute, tell, ticketAfter } from "../../../test/transition/words.ts";
import type { TicketState } from "../transition/ticket-state.ts";
import {
  type CustomerState,
  customerAfter,
  erasedRecord,
  isErasedSince,
  nobodyAsked,
} from "./customer-state.ts";

/** What a customer's record says when a ticket went through these events, one after the other. */
function after(before: CustomerState, from: readonly string[], ...said: readonly string[]): CustomerState {
  let ticket: TicketState = ticketAfter(...from);
  let customer = before;
  for (const words of said) {
    const { state } = tell(ticket, words);
    customer = customerAfter(customer, { key: "ann", ticketId: "T1", before: ticket, after: state });
    ticket = state;
  }
  return customer;
}

const begun = minute(60);
const mine = { at: begun, ticketId: "T1" };

describe("a customer's record", () => {
  // S61
  test("is reserved by a send that begins, and asked when the mail is taken", () => {
    expect(after(nobodyAsked, ["resolved 0"], "begun A")).toEqual({ ...nobodyAsked, reserved: mine });
    expect(after(nobodyAsked, ["resolved 0"], "begun A", "accepted A")).toEqual({
      ...nobodyAsked,
      asked: mine,
    });
  });

  test.each(["refused A", "busy A", "outage A", "busy at last A"])(
    "is given back by a send that certainly reached nobody: %s",
    (words) => {
      expect(after(nobodyAsked, ["resolved 0"], "begun A", words)).toEqual(nobodyAsked);
    },
  );

  test.each([
    ["nobody knows whether it arrived", ["unknown A"]],
    ["the last attempt may have arrived", ["unknown at last A"]],
    ["it was answered before the server's yes was known", ["answered"]],
    ["the ticket was erased meanwhile", ["erased"]],
  ])("is asked when %s", (_name, said) => {
    expect(after(nobodyAsked, ["resolved 0"], "begun A", ...said)).toMatchObject({
      asked: mine,
      reserved: null,
    });
  });

  test("stays reserved while a worker takes over a send that never came back", () => {
    expect(after(nobodyAsked, ["resolved 0"], "begun A", "begun B")).toEqual({
      ...nobodyAsked,
      reserved: mine,
    });
  });

  test("keeps the later of two askings, and what belongs to another ticket", () => {
    const asked = { at: minute(500), ticketId: "T0" };
    expect(after({ ...nobodyAsked, asked }, ["resolved 0"], "begun A", "accepted A").asked).toEqual(asked);
    const reserved = { at: minute(500), ticketId: "T0" };
    const taken = after({ ...nobodyAsked, reserved }, ["resolved 0", "begun A"], "accepted A");
    expect(taken).toEqual({ ...nobodyAsked, reserved });
  });

  test("is asked by links of the host's own, and answered by whichever answer counts", () => {
    // S81, S82
    const issued = after(nobodyAsked, ["resolved 0"], "issued", "answered");
    expect(issued).toEqual({
      ...nobodyAsked,
      asked: { at: minute(100), ticketId: "T1" },
      answered: { at: minute(90), ticketId: "T1" },
    });
    expect(after(nobodyAsked, ["resolved 0"], "issued", "phoned").answered).toEqual({
      at: minute(90),
      ticketId: "T1",
    });
  });

  test("stays as it is, the very record, where nothing happened to the survey", () => {
    expect(after(nobodyAsked, ["resolved 0"], "reopened -10", "skipped A")).toBe(nobodyAsked);
  });

  test("is reserved from when it was due by a send whose begin is not known", () => {
    const before = ticketAfter("resolved 0");
    const { state } = tell(before, "begun A");
    const unknown = {
      ...state,
      survey: state.survey === null ? null : { ...state.survey, sendBegunAt: null },
    };
    expect(
      customerAfter(nobodyAsked, { key: "ann", ticketId: "T1", before, after: unknown }).reserved,
    ).toEqual({
      at: minute(60),
      ticketId: "T1",
    });
  });
});

const recipient = { id: "id-ann", address: "ann" };

/** What the record under `key` says of a ticket that went through these events and whose mail went to an id and an address. */
function ofPerson(key: string, before: CustomerState, ...said: readonly string[]): CustomerState {
  let ticket: TicketState = ticketAfter("resolved 0");
  let customer = before;
  for (const words of said) {
    const { state } = tell(ticket, words);
    const { survey } = state;
    const after = survey?.recipient == null ? state : { ...state, survey: { ...survey, recipient } };
    customer = customerAfter(customer, { key, ticketId: "T1", before: ticket, after });
    ticket = after;
  }
  return customer;
}

describe("a customer who is known by id and address", () => {
  test("is known under each by the other, once", () => {
    // S74, S77
    const mailed = ["begun A", "accepted A"];
    expect(ofPerson("id-ann", nobodyAsked, ...mailed).alsoKnownAs).toEqual(["ann"]);
    expect(ofPerson("ann", nobodyAsked, ...mailed).alsoKnownAs).toEqual(["id-ann"]);
    const known = ofPerson("ann", nobodyAsked, "begun A");
    expect(ofPerson("ann", known, ...mailed).alsoKnownAs).toEqual(["id-ann"]);
    expect(ofPerson("bob", nobodyAsked, ...mailed)).toBe(nobodyAsked);
    expect([ofPerson("id-ann", nobodyAsked, ...mailed).keyOf, known.keyOf]).toEqual(["id", "address"]);
  });

  test("is known by the ten latest others", () => {
    // S77
    const alsoKnownAs = Array.from({ length: 10 }, (_, place) => `old-${place}`);
    expect(ofPerson("ann", { ...nobodyAsked, alsoKnownAs }, "begun A").alsoKnownAs).toEqual([
      ...alsoKnownAs.slice(1),
      "id-ann",
    ]);
  });

  test("whose mail came back is not asked at that address; the id is free", () => {
    // S73, S74
    const said = ["begun A", "accepted A", "bounced"];
    const bounced = { at: minute(85), actorId: null };
    expect(ofPerson("ann", nobodyAsked, ...said).suppressed).toEqual({ bounced });
    expect(ofPerson("id-ann", nobodyAsked, ...said).suppressed).toEqual({});
  });

  test("who complains is not asked under either; told again the first time stands", () => {
    // S73, S74
    const said = ["begun A", "accepted A", "complained"];
    const complained = { at: minute(86), actorId: null };
    for (const key of ["ann", "id-ann"])
      expect(ofPerson(key, nobodyAsked, ...said, "complained", "answered").suppressed).toEqual({
        complained,
      });
    const before = { ...nobodyAsked, suppressed: { complained: { at: minute(1), actorId: null } } };
    expect(ofPerson("ann", before, ...said).suppressed).toBe(before.suppressed);
  });

  test("who was lifted stays so: an old report suppresses nobody anew", () => {
    // S73, S74
    const ticket = ticketAfter("resolved 0", "begun A", "accepted A", "bounced", "complained");
    const { state } = tell(ticket, "answered");
    const step = { key: "ann", ticketId: "T1", before: ticket, after: state };
    expect(customerAfter(nobodyAsked, step).suppressed).toEqual({});
  });
});

describe("a mail that came back", () => {
  const asked = { ...nobodyAsked, asked: mine };

  test("frees the place of its asking, and no other ticket's", () => {
    // S73, S61
    const said = ["resolved 0", "begun A", "accepted A"];
    expect(after(asked, said, "bounced").asked).toBeNull();
    const other = { at: minute(500), ticketId: "T2" };
    expect(after({ ...asked, asked: other }, said, "bounced").asked).toEqual(other);
    const kept = { ...asked, answered: other, reserved: other };
    expect(after(kept, said, "bounced")).toMatchObject({ asked: null, answered: other, reserved: other });
  });

  test("before the server's yes leaves no asking behind", () => {
    // S73, S61
    const { asked: none, reserved } = after(nobodyAsked, ["resolved 0"], "begun A", "bounced", "accepted A");
    expect([none, reserved]).toEqual([null, null]);
  });

  test("of a survey that was answered frees nothing", () => {
    // S73
    const said = ["resolved 0", "begun A", "accepted A", "answered"];
    expect(after(asked, said, "bounced").asked).toEqual(mine);
    expect(after(asked, ["resolved 0", "begun A", "accepted A"], "complained").asked).toEqual(mine);
  });
});

test("of an erased person their no stays, with the keys that it stands on, and since when they are erased", () => {
  // S77
  const suppressed = { opted_out: { at: minute(5), actorId: null } };
  const consent = { givenAt: minute(1), at: minute(2), actorId: "eve" };
  const full = { asked: mine, answered: mine, reserved: mine, alsoKnownAs: ["id-ann"], erasedAt: null };
  expect(erasedRecord({ ...full, keyOf: "address", suppressed, consent }, minute(9))).toEqual({
    ...nobodyAsked,
    alsoKnownAs: ["id-ann"],
    keyOf: "address",
    suppressed,
    consent,
    erasedAt: minute(9),
  });
});

test.each<[isErased: boolean, erased: (number | null)[], armed: number]>([
  [true, [9, null], 8],
  [true, [null, 9], 9],
  [false, [9, null], 10],
  [false, [null, null], 8],
  [false, [], 8],
])("what was armed up to the erasing is erased, what came later is not: %s", (isErased, erased, armed) => {
  // S77
  const records = erased.map((at) => ({ ...nobodyAsked, erasedAt: at === null ? null : minute(at) }));
  expect(isErasedSince(records, minute(armed))).toBe(isErased);
});
