import { expect, test } from "vitest";
import { connections } from "./support/connections.ts";
import { countsThatAreOff } from "./support/counts-that-are-off.ts";
import { numbers, randomSteps, type Side } from "./support/random-steps.ts";

const server = connections(12);

/** Rows that contradict each other; each query finds none. */
const contradictions = {
  "a survey that waits without due work": `select s.id from csat.surveys s left join csat.due_surveys d
    on d.workspace_id = s.workspace_id and d.survey_id = s.id
    where s.status in ('scheduled', 'sending', 'failed') and d.survey_id is null`,
  "a scheduled survey that is leased, left or due at another time": `select s.id from csat.surveys s
    join csat.due_surveys d on d.workspace_id = s.workspace_id and d.survey_id = s.id
    where s.status = 'scheduled' and (d.lease_until is not null or d.wake_at <> s.due_at or s.left_at is not null)`,
  "a sending survey under another lease": `select s.id from csat.surveys s
    join csat.due_surveys d on d.workspace_id = s.workspace_id and d.survey_id = s.id
    where s.status = 'sending' and d.lease_id is distinct from s.last_lease_id`,
  "an answered survey without a response, or the reverse": `select s.id from csat.surveys s
    left join csat.responses r on r.workspace_id = s.workspace_id and r.survey_id = s.id
    where (s.status = 'answered') <> (r.survey_id is not null)`,
  "a response without its one event": `select r.survey_id from csat.responses r left join csat.events e
    on e.workspace_id = r.workspace_id and e.survey_id = r.survey_id group by 1 having count(e.id) = 0`,
  "a survey of another resolver than its ticket": `select s.id from csat.surveys s
    join csat.tickets t using (workspace_id, ticket_id) where s.resolved_by is distinct from t.first_actor_id`,
  "an erased survey of which something is left": `select s.id from csat.surveys s
    join csat.tickets t using (workspace_id, ticket_id)
    where (s.status = 'erased') <> t.erased or s.status = 'erased' and exists (
      select 1 from csat.tokens l where l.workspace_id = s.workspace_id and l.survey_id = s.id)`,
  "a response of another resolver than its survey": `select s.id from csat.surveys s
    join csat.responses r on r.workspace_id = s.workspace_id and r.survey_id = s.id
    where r.resolved_by is distinct from coalesce(s.resolved_by, '')`,
  "a count that is not its rows": countsThatAreOff,
};

test("twelve connections that do everything at once to twelve tickets, while two fold and recount, meet no error, and no two rows contradict each other", async () => {
  // S57
  const worker = async (seed: number) => {
    const side: Side = { storage: server.storage(), leases: [] };
    const nextStep = randomSteps(numbers(seed * 104_729));
    for (let count = 0; count < 120; count++) await nextStep()(side);
  };
  const working = Promise.all(Array.from({ length: 12 }, (_, index) => worker(index + 1)));
  const over = new AbortController();
  const folding = async () => {
    while (!over.signal.aborted) {
      await server.storage().maintain(new Date(), over.signal);
      // A recount finds what is off; here that would be a mistake of ours.
      for (const workspaceId of ["a", "B", "é"])
        expect(await server.storage().recount(workspaceId)).toEqual([]);
    }
  };
  const folds = [folding(), folding()];
  await working.finally(() => over.abort());
  await Promise.all(folds);
  for (const [what, query] of Object.entries(contradictions)) {
    const { rows } = await server.pool().query(query);
    expect(rows, what).toEqual([]);
  }
  const { rows } = await server
    .pool()
    .query("select count(distinct status)::int as statuses from csat.surveys");
  expect(rows[0]?.statuses).toBeGreaterThan(1);
});
