import { expect } from "vitest";
import type { Tally } from "./facts.ts";

const kinds = [
  "answer",
  "answer after coming back",
  "answer after erasing",
  "answer after the ticket was left or deleted",
  "answer before its mail was accepted",
  "came back",
  "came back after its answer",
  "came back again",
  "came back before it was accepted",
  "canceled",
  "complained",
  "deleted in the host",
  "died before it was known that the mail was accepted",
  "earlier or equal resolution told after the answer",
  "earlier resolution told late",
  "erased",
  "event told late",
  "excluded",
  "left after a mail",
  "mail reported after erasing",
  "mail reported late or answered by a machine",
  "mail reported that nobody took",
  "mail reported twice at once",
  "mail that took its time",
  "maintained",
  "not surveyed: csat_disabled",
  "not surveyed: expired",
  "reassigned",
  "recounted",
  "resolved by nobody",
  "restored",
  "scheduled",
  "second answer",
  "tie of equal times",
  "told apart otherwise",
  "told apart otherwise after a mail",
  "two answers at once",
];

/** Fails where something never happened: histories without it would prove nothing about it. */
export function expectEveryKind(tally: Tally): void {
  expect(kinds.filter((kind) => !tally.has(kind))).toEqual([]);
}
