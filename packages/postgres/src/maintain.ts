import { sql } from "drizzle-orm";
import { foldCounts } from "./counts/fold-counts.ts";
import type { Session } from "./session.ts";
import type { TableNames } from "./table-names.ts";

const rowsPerStatement = 1000;

/** What `maintain` works on. */
interface Housekeeping {
  readonly schema: string;
  readonly tables: TableNames;
  readonly now: Date;
  readonly signal: AbortSignal;
}

/** Folds counts and removes due work that nobody needs; nothing old is pruned yet. */
export async function maintain(session: Session, work: Housekeeping): Promise<void> {
  await foldCounts(session, work);
  await removeDueWork(session, work);
}

/**
 * Removes due work, a day overdue, of surveys that are over. It can be left behind where a survey was armed and answered at the same
 * moment: the answer's statement does not see a row that was inserted after it began. Such rows are never claimed;
 * removing them keeps the queue short. The day keeps this from reading all that waits at every sweep.
 */
async function removeDueWork(session: Session, { tables, now, signal }: Housekeeping): Promise<void> {
  for (;;) {
    if (signal.aborted) return;
    const rows = await session.execute(
      "removing due work of surveys that are over",
      // Locked like a claim and asked again under the lock: nothing here may remove the due work of a survey that waits.
      sql`with over as materialized (
  select d.workspace_id, d.survey_id
  from ${tables.due_surveys} d join ${tables.surveys} s on s.workspace_id = d.workspace_id and s.id = d.survey_id
  where d.wake_at <= ${now.toISOString()}::timestamptz - interval '1 day' and s.status in ('sent', 'answered', 'erased')
  limit ${rowsPerStatement}::int for update of d, s skip locked
)
delete from ${tables.due_surveys} d using over
where d.workspace_id = over.workspace_id and d.survey_id = over.survey_id
returning d.survey_id`,
    );
    if (rows.length < rowsPerStatement) return;
  }
}
