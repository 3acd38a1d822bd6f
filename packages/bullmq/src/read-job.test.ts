import { expect, test } from "vitest";
import { readJob } from "./read-job.ts";

const send = { kind: "send_survey", workspaceId: "acme", surveyId: "s1", generation: 2, attempt: 3 };
const deliver = { kind: "deliver_event", workspaceId: "acme", eventId: "e1", attempt: 0 };

test("a job comes back field by field, without what a newer release added", () => {
  expect(readJob({ ...send, color: "red" })).toEqual(send);
  expect(readJob({ ...deliver, color: "red" })).toEqual(deliver);
});

test.each([
  null,
  undefined,
  "send_survey",
  7,
  [],
  {},
  { ...send, kind: "remind_customer" },
  { ...send, kind: "constructor" },
  { ...send, generation: "2" },
  { ...send, attempt: -1 },
  { ...send, attempt: 1.5 },
  { ...send, surveyId: 7 },
  { ...deliver, workspaceId: null },
  { ...deliver, eventId: undefined },
])("what no release of ours wrote is no job: %j", (payload) => {
  expect(readJob(payload)).toBeNull();
});
