import { describe, expect, test } from "vitest";
import { minute, tell, ticketAfter } from "../../../test/transition/words.ts";
import type { TicketState } from "../transition/ticket-state.ts";
import { type CustomerState, customerAfter, nobodyAsked } from "./customer-state.ts";

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
