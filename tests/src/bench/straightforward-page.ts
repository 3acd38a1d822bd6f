import type { Pool } from "pg";
import { type Figures, type PeriodFigures, rounded } from "./figures.ts";

/** Whole days: the first inside, the last outside. */
export interface Span {
  readonly from: Date;
  readonly until: Date;
}

/**
 * The same page from the rows: one query per figure, as one would write it first. Each has an index to walk:
 * (workspace, responded_at) or (workspace, sent_at).
 */
export async function countPage(
  pool: Pool,
  workspaceId: string,
  { current, previous }: { readonly current: Span; readonly previous: Span },
): Promise<Figures> {
  const ask = async (query: string, { from, until }: Span): Promise<readonly unknown[][]> => {
    const { rows } = await pool.query<unknown[]>({
      text: query,
      values: [workspaceId, from, until],
      rowMode: "array",
    });
    return rows;
  };
  const period = async (span: Span): Promise<PeriodFigures> => {
    const [[sent] = []] = await ask(`select count(*) from csat.tickets where ${sentIn}`, span);
    const [[responses] = []] = await ask(`select count(*) from csat.answers where ${answeredIn}`, span);
    const [[average] = []] = await ask(
      `select avg(rating)::float8 from csat.answers where ${answeredIn}`,
      span,
    );
    const counts = await ask(
      `select rating, count(*) from csat.answers where ${answeredIn} group by rating`,
      span,
    );
    const byRating = new Map(counts.map(([rating, count]) => [Number(rating), Number(count)]));
    return {
      sent: Number(sent),
      responses: Number(responses),
      average: rounded(average === null ? null : Number(average)),
      distribution: [1, 2, 3, 4, 5].map((rating) => byRating.get(rating) ?? 0),
    };
  };
  const grouped = (rows: readonly unknown[][]) =>
    rows.map(([key, count, average]) => [String(key), Number(count), rounded(Number(average))] as const);
  const [[cohortAnswered] = []] = await ask(
    `select count(*) from csat.tickets t where ${sentIn}
       and exists (select 1 from csat.answers a where a.workspace_id = t.workspace_id and a.ticket_id = t.id)`,
    current,
  );
  return {
    current: await period(current),
    previous: await period(previous),
    cohortAnswered: Number(cohortAnswered),
    daily: grouped(
      await ask(
        `select to_char(responded_at at time zone 'UTC', 'YYYY-MM-DD'), count(*), avg(rating)::float8
         from csat.answers where ${answeredIn} group by 1 order by 1`,
        current,
      ),
    ),
    resolvers: grouped(
      await ask(
        `select resolved_by, count(*), avg(rating)::float8
         from csat.answers where ${answeredIn} group by resolved_by order by resolved_by`,
        current,
      ),
    ),
    lowRatings: (
      await ask(
        `select survey_id from csat.answers where ${answeredIn} and rating in (1, 2)
         order by responded_at desc, survey_id desc limit 50`,
        current,
      )
    ).map(([surveyId]) => String(surveyId)),
  };
}

const answeredIn = "workspace_id = $1 and responded_at >= $2 and responded_at < $3";
const sentIn = "workspace_id = $1 and sent_at >= $2 and sent_at < $3";
