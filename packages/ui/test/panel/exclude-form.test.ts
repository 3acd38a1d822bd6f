import type { TicketPanel } from "@csat/core";
import { expect, test } from "vitest";
import { responsesView } from "../../src/dashboard/responses-view.ts";
import { toText } from "../../src/html.ts";
import { aContext, aLowRating, wordsOf } from "../dashboard/a-dashboard.ts";
import { anAnswer, drawPanel } from "./a-panel.ts";

const at = new Date("2026-11-29T10:00:00Z");
const excluded: TicketPanel = {
  ...(anAnswer() as Extract<TicketPanel, { readonly state: "answered" }>), // It is.
  excluded: { reason: "machine", actorId: "eve", actorName: "Eve <i>", at },
};

test("the panel says why an answer does not count, by whom and since when", async () => {
  // S76
  const words = wordsOf(await drawPanel(excluded));
  expect(words).toContain("CSAT 4/5");
  expect(words).toContain("Not counted: a machine answered, by Eve <i>, 29 Nov");
});

test("only who may is offered to exclude an answer, for a reason, and to take that back", async () => {
  // S76
  const [plain, offered] = [
    await drawPanel(anAnswer()),
    await drawPanel(anAnswer(), [], { mayExclude: true }),
  ];
  expect(plain).not.toContain("/exclude");
  expect(offered).toContain('method="post" action="/csat/api/tickets/T1/exclude"');
  expect([...offered.matchAll(/<option value="(\w+)">/g)].map(([, reason]) => reason)).toEqual([
    "machine",
    "agent",
    "mistake",
    "other",
  ]);
  expect(await drawPanel(excluded)).not.toContain("/restore");
  const restoring = await drawPanel(excluded, [], { mayExclude: true });
  expect(restoring).toContain('action="/csat/api/tickets/T1/restore"');
  expect(restoring).not.toContain("/exclude");
});

test("a list leads back to itself and says what was done, with the way to take it back", async () => {
  // S76
  const { response } = aLowRating();
  const row = {
    ...response,
    resolvedBy: null,
    resolvedByName: null,
    sentAt: at,
    excluded: false,
    slices: [],
  };
  const page = { items: [row], nextCursor: "more", resolverName: null };
  const draw = async (query: string, mayExclude: boolean) =>
    toText(responsesView({ ...page, mayExclude }, aContext("analytics/responses", { query })));
  expect(await draw("?days=7", false)).not.toContain("<form");
  const offered = await draw("?days=7", true);
  expect(offered).toContain(`value="/csat/api/analytics/responses?days=7&amp;excluded=${response.ticketId}"`);
  const done = await draw("?days=7&excluded=T9", true);
  expect(wordsOf(done)).toContain("The answer does not count any more. ticket T9");
  expect(done).toContain('action="/csat/api/tickets/T9/restore"');
  expect(done).toContain("?days=7&amp;cursor=more");
  expect(wordsOf(await draw("?days=7&restored=T9", true))).toContain("The answer counts again.");
});
