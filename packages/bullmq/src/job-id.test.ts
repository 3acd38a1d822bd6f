import type { Job } from "@csat/core";
import { expect, test } from "vitest";
import { jobId, jobIds } from "./job-id.ts";

const send = { kind: "send_survey", workspaceId: "acme", surveyId: "s1", generation: 2, attempt: 3 } as const;
const deliver = { kind: "deliver_event", workspaceId: "acme", eventId: "s1", attempt: 3 } as const;

test("the name of a job is made from its survey or event, generation and attempt", () => {
  expect(jobId(send)).toMatch(/^survey-[\w-]{43}-g2-a3$/);
  expect(jobId(deliver)).toMatch(/^event-[\w-]{43}-a3$/);
  expect(jobId({ attempt: 3, generation: 2, surveyId: "s1", workspaceId: "acme", kind: "send_survey" })).toBe(
    jobId(send),
  );
});

test("jobs that differ in any field have different names", () => {
  const jobs: readonly Job[] = [
    send,
    deliver,
    { ...send, attempt: 4 },
    { ...send, generation: 3 },
    { ...send, generation: 23, attempt: 3 },
    { ...send, surveyId: "s2" },
    { ...send, workspaceId: "acme2" },
    { ...send, workspaceId: "ac", surveyId: "mes1" },
    { ...send, surveyId: "\ud800" },
    { ...send, surveyId: "\ud801" },
    { ...send, surveyId: "é" },
    { ...send, surveyId: "e\u0301" },
    { ...deliver, eventId: "1" },
  ];
  const names = jobs.flatMap((job) => jobIds(job));
  expect(new Set(names).size).toBe(2 * jobs.length);
});

test.each(["1", ":", "a:b:c", "", " ", "*", "漢".repeat(500), "__proto__"])(
  "the name of a survey with the id %j is one that BullMQ takes: short, no colon, not digits alone",
  (id) => {
    for (const name of jobIds({ ...send, workspaceId: id, surveyId: id })) {
      expect(name).toMatch(/^survey-[\w-]{1,70}$/);
    }
  },
);
