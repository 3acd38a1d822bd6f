import type { RecordedAnswer, RecordOutcome, ResponseStore, SurveyResponse, TicketRef } from "@csat/core";
import type { Access } from "./access.ts";
import { append } from "./journal.ts";
import { raise } from "./outbox.ts";
import { atRest, saveSurvey } from "./survey-row.ts";
import { type Tables, ticketKey } from "./tables.ts";

/** The customers' answers. */
export function responseStore({ read, write }: Access): ResponseStore {
  return { record: write(record), find: read(find) };
}

function record(tables: Tables, answer: RecordedAnswer): RecordOutcome {
  const key = tables.ticketOfToken.get(answer.tokenHash);
  const survey = key === undefined ? undefined : tables.surveys.get(key);
  if (survey === undefined || survey.status === "erased") return { kind: "unknown_token" };
  if (survey.status === "answered") return { kind: "duplicate" };

  const { workspaceId, ticketId, id: surveyId } = survey;
  const { rating, comment, respondedAt, eventId } = answer;
  const response: SurveyResponse = { workspaceId, ticketId, surveyId, rating, comment, respondedAt };
  tables.responses.set(ticketKey(survey), response);
  saveSurvey(tables, {
    ...atRest(survey),
    status: "answered",
    // An answer proves that its mail arrived, so it was sent when its send began.
    sentAt: survey.sentAt ?? survey.sendBegunAt,
    eventId,
  });
  append(tables, [
    { workspaceId, ticketId, at: respondedAt, event: "answered", reason: null, actorId: null },
  ]);
  if (eventId !== null) raise(tables, { eventId, response });
  return { kind: "recorded", response };
}

function find(tables: Tables, ref: TicketRef): SurveyResponse | null {
  return tables.responses.get(ticketKey(ref)) ?? null;
}
