import type { JournalEvent, OutboxEvent, SendDelay, Survey, SurveyStatus } from "@csat/core";
import { type Row, text } from "./row.ts";

/** The columns that hold a word of a closed list. */
interface Words {
  readonly status: SurveyStatus;
  readonly reason: NonNullable<Survey["reason"]>;
  readonly event: JournalEvent;
  readonly type: OutboxEvent["type"];
  readonly send_delay: SendDelay;
}

/**
 * Reads a word such as a status. It is not looked up in its list: only this package writes these columns, from values
 * of the type, and a word that a newer release wrote is passed on as it stands.
 */
export function word<Column extends keyof Words>(row: Row, column: Column): Words[Column] {
  // True for every value this release wrote; see above for the others.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return text(row, column) as Words[Column];
}
