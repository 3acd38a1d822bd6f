import type { SurveyStore } from "@csat/core";
import { sql } from "drizzle-orm";
import { milliseconds, text, textOrNull, timeOrNull } from "./row.ts";
import type { Session } from "./session.ts";
import { armSurveys } from "./surveys/arm-surveys.ts";
import { beginSend } from "./surveys/begin-send.ts";
import { claimSurveys } from "./surveys/claim-surveys.ts";
import { eraseTickets } from "./surveys/erase-tickets.ts";
import { leaveTickets } from "./surveys/leave-tickets.ts";
import { releaseSurveys } from "./surveys/release-surveys.ts";
import { retryFailed } from "./surveys/retry-failed.ts";
import { markFailed, markSent, markSkipped } from "./surveys/settle-send.ts";
import { surveyColumns, toSurvey } from "./surveys/survey-row.ts";
import type { TableNames } from "./table-names.ts";

/** The surveys of one schema; each step of a survey's life stands in a file of its own under `surveys/`. */
export function surveyStore(session: Session, tables: TableNames): SurveyStore {
  return {
    arm: (surveys) => armSurveys(session, { tables, surveys }),
    leave: (leavings) => leaveTickets(session, { tables, leavings }),
    async find({ workspaceId, ticketId }) {
      const [row] = await session.execute(
        `finding the survey of ticket ${ticketId} of workspace ${workspaceId}`,
        sql`select ${surveyColumns} from ${tables.surveys} s
where s.workspace_id = ${workspaceId}::text and s.ticket_id = ${ticketId}::text`,
      );
      return row === undefined ? null : toSurvey(row);
    },
    async findByToken(tokenHash) {
      const [row] = await session.execute(
        "finding a survey by its link",
        sql`select s.workspace_id, s.page_workspace_name, s.page_ticket_subject, s.page_locale,
  ${milliseconds(sql`r.responded_at`)} as responded_at
from ${tables.tokens} l
  join ${tables.surveys} s on s.workspace_id = l.workspace_id and s.id = l.survey_id
  left join ${tables.responses} r on r.workspace_id = s.workspace_id and r.survey_id = s.id
where l.token_hash = ${tokenHash}::text and s.status <> 'erased'`,
      );
      if (row === undefined) return null;
      const page = {
        workspaceId: text(row, "workspace_id"),
        workspaceName: text(row, "page_workspace_name"),
        ticketSubject: text(row, "page_ticket_subject"),
        locale: textOrNull(row, "page_locale"),
      };
      return { page, respondedAt: timeOrNull(row, "responded_at") };
    },
    claimDue: (claim) => claimSurveys(session, { tables, claim }),
    release: (claims) => releaseSurveys(session, { tables, claims }),
    beginSend: (claim, send) => beginSend(session, { tables, claim, send }),
    markSent: (done) => markSent(session, { tables, done }),
    markSkipped: (done) => markSkipped(session, { tables, done }),
    markFailed: (done) => markFailed(session, { tables, done }),
    retryFailed: (workspaceId, now) => retryFailed(session, { tables, workspaceId, now }),
    erase: (refs) => eraseTickets(session, { tables, refs }),
  };
}
