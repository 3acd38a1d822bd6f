import type { RecordedAnswer, RecordOutcome, ResponseStore, SurveyResponse, TicketRef } from "@csat/core";
import { and, eq, getTableColumns } from "drizzle-orm";
import type { Access } from "./access.ts";
import { append } from "./journal.ts";
import type { Rows } from "./open-sqlite.ts";
import { raise } from "./outbox.ts";
import { responses, surveys, tokens } from "./schema.ts";
import { atRest, saveSurveys } from "./survey-row.ts";

/** The customers' answers. */
export function responseStore({ read, write }: Access): ResponseStore {
  return { record: write(record), find: read(find) };
}

async function record(rows: Rows, answer: RecordedAnswer): Promise<RecordOutcome> {
  const [survey] = await rows
    .select(getTableColumns(surveys))
    .from(tokens)
    .innerJoin(
      surveys,
      and(eq(surveys.workspaceId, tokens.workspaceId), eq(surveys.ticketId, tokens.ticketId)),
    )
    .where(eq(tokens.tokenHash, answer.tokenHash));
  if (survey === undefined || survey.status === "erased") return { kind: "unknown_token" };
  if (survey.status === "answered") return { kind: "duplicate" };

  const { workspaceId, ticketId, id: surveyId } = survey;
  const { rating, comment, respondedAt, eventId } = answer;
  const response: SurveyResponse = { workspaceId, ticketId, surveyId, rating, comment, respondedAt };
  await rows.insert(responses).values(response);
  // An answer proves that its mail arrived, so it was sent when its send began.
  const sentAt = survey.sentAt ?? survey.sendBegunAt;
  await saveSurveys(rows, [{ ...atRest(survey), status: "answered", sentAt }]);
  await append(rows, [
    { workspaceId, ticketId, at: respondedAt, event: "answered", reason: null, actorId: null },
  ]);
  if (eventId !== null) await raise(rows, { eventId, response });
  return { kind: "recorded", response };
}

async function find(rows: Rows, { workspaceId, ticketId }: TicketRef): Promise<SurveyResponse | null> {
  const [response] = await rows
    .select()
    .from(responses)
    .where(and(eq(responses.workspaceId, workspaceId), eq(responses.ticketId, ticketId)));
  return response ?? null;
}
