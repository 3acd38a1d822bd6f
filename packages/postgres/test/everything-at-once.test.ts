import { expect, test } from "vitest";
import { connections } from "./support/connections.ts";
import { countsThatAreOff } from "./support/counts-that-are-off.ts";
import { aHelpdesk, tokenOf } from "./support/helpdesk.ts";

const server = connections(16);
const workspaces = ["a", "B", "é"];

/** Rows that contradict each other; each query finds none. */
const contradictions = {
  "a ticket that waits without a due row, or the reverse": `select t.id from csat.tickets t
    full join csat.due_tickets d on d.workspace_id = t.workspace_id and d.id = t.id
    where (t.state -> 'survey' ->> 'status' in ('scheduled', 'sending', 'failed')) is distinct from (d.id is not null)
      and (t.state -> 'survey' ->> 'status' in ('scheduled', 'sending', 'failed') or d.id is not null)`,
  "an answer of a ticket that was not sent, or of another resolver": `select a.ticket_id from csat.answers a
    left join csat.tickets t on t.workspace_id = a.workspace_id and t.id = a.ticket_id
    where t.sent_at is null or a.resolved_by is distinct from coalesce(t.resolved_by, '')`,
  "an answer without its one event": `select a.ticket_id from csat.answers a left join csat.events e
    on e.workspace_id = a.workspace_id and e.ticket_id = a.ticket_id group by a.workspace_id, a.ticket_id having count(e.id) <> 1`,
  "something of an erased ticket": `select t.id from csat.tickets t where t.state ->> 'erased' = 'true' and (
    exists (select 1 from csat.tokens l where l.workspace_id = t.workspace_id and l.id = t.id)
    or exists (select 1 from csat.answers a where a.workspace_id = t.workspace_id and a.ticket_id = t.id)
    or exists (select 1 from csat.events e where e.workspace_id = t.workspace_id and e.ticket_id = t.id))`,
  "a due row of an event that is gone": `select d.id from csat.due_events d left join csat.events e
    on e.workspace_id = d.workspace_id and e.id = d.id where e.id is null`,
  "a count that is not its rows": countsThatAreOff,
};

test("processes that resolve, leave, send, answer, erase, fold and recount at once meet no error, and no two rows contradict each other", async () => {
  // S57
  const desk = await aHelpdesk(server.storage(), workspaces);
  const { csat } = desk;
  const refs = workspaces.flatMap((workspaceId) =>
    Array.from({ length: 8 }, (_, index) => ({ workspaceId, ticketId: `T${index}` })),
  );
  const actors = ["ann", "ben", null];
  const over = new AbortController();
  const folding = async () => {
    while (!over.signal.aborted) {
      await server.storage().keepHouse(desk.now(), over.signal);
      // A recount finds what is off; here that would be a mistake of ours.
      for (const workspaceId of workspaces) expect(await server.storage().recount(workspaceId)).toEqual([]);
    }
  };
  const sending = async () => {
    while (!over.signal.aborted) await csat.runDue();
  };
  const answering = async () => {
    for (let answered = 0; !over.signal.aborted; ) {
      const mail = desk.mails[answered];
      if (mail === undefined) await csat.health();
      else {
        answered++;
        await csat
          .submitResponse({ token: tokenOf(mail), rating: 4, comment: null })
          .catch((error: unknown) => {
            // Erased meanwhile.
            expect(error).toMatchObject({ code: "survey_not_found" });
          });
      }
    }
  };
  const telling = async (seed: number) => {
    for (let step = 0; step < 60; step++) {
      const number = (seed * 7919 + step * 104_729) % 997;
      const some = refs.filter((_, index) => (index + number) % 3 === 0);
      const order = number % 2 === 0 ? some : some.toReversed();
      const at = new Date(desk.now().getTime() - (number % 7) * 1000);
      const actorId = actors[number % 3] ?? null;
      if (number % 11 === 0) await csat.eraseTickets(order.slice(0, 1));
      else if (number % 3 === 0)
        await csat.ticketsLeft(order.map((ref) => ({ ...ref, at, reason: "reopened" as const })));
      else await csat.ticketsResolved(order.map((ref) => ({ ...ref, actorId, resolvedAt: at })));
      desk.pass(5);
    }
  };
  const others = [folding(), folding(), sending(), sending(), answering()];
  await Promise.all(Array.from({ length: 6 }, (_, index) => telling(index + 1))).finally(() => over.abort());
  await Promise.all(others);
  for (const [what, query] of Object.entries(contradictions)) {
    const { rows } = await server.pool().query(query);
    expect(rows, what).toEqual([]);
  }
  expect(desk.mails.length).toBeGreaterThan(0);
  const { rows } = await server.pool().query("select count(*)::int as answers from csat.answers");
  expect(rows[0]?.answers).toBeGreaterThan(0);
});
