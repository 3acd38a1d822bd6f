import type { Change, Session, Store } from "@csat/core";
import { expectEqual } from "../assertions.ts";
import { aChange, aHead, aKey, uniqueId } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { answerCases } from "./answers.ts";
import { comparedCases } from "./compared.ts";
import { comparedRaceCases } from "./compared-race.ts";
import { customerTicketCases } from "./customer-tickets.ts";
import { forgetCases } from "./forget.ts";
import { historyCases } from "./history.ts";
import { isolationCases } from "./isolation.ts";
import { journalCases } from "./journal.ts";
import { keptPartCases } from "./kept-parts.ts";
import { leaseCases } from "./lease.ts";
import { leaseWriteCases } from "./lease-writes.ts";
import { markedAnswerCases } from "./marked-answers.ts";
import { partCases } from "./parts.ts";
import { suppressedCases } from "./suppressed.ts";
import { tokenCases } from "./tokens.ts";
import { valueCases } from "./values.ts";
import { writeCases } from "./write.ts";
import { writeWholeCases } from "./write-whole.ts";
import { zoneCases } from "./zones.ts";

/** What holds for a change by itself holds for one among others: stores may write the two in different ways. */
export const inBulkCases: readonly StorageCase[] = [
  ...writeCases,
  ...writeWholeCases,
  ...comparedCases,
  ...comparedRaceCases,
  ...valueCases,
  ...isolationCases,
  ...tokenCases,
  ...answerCases,
  ...markedAnswerCases,
  ...customerTicketCases,
  ...suppressedCases,
  ...journalCases,
  ...historyCases,
  ...partCases,
  ...keptPartCases,
  ...forgetCases,
  ...leaseCases,
  ...leaseWriteCases,
  ...zoneCases,
]
  .filter(({ id }) => id !== "write/nothing")
  .map(({ id, rule, run }) => ({
    id: `bulk/${id}`,
    rule: `In one call with another change: ${rule}`,
    run: (fixture) =>
      run({
        ...fixture,
        storage: amongOthers(fixture.storage),
        otherProcess: amongOthers(fixture.otherProcess),
        inZone: async (zone) => amongOthers(await fixture.inZone(zone)),
      }),
  }));

/** The same store, whose every write has one change more: a record that nobody else knows, which comes last in key order. */
function amongOthers<Tx>(store: Store<Tx>): Store<Tx> {
  return {
    ...store,
    auto: withOneMore(store.auto),
    own: (work) => store.own((session) => work(withOneMore(session))),
    within: (tx) => withOneMore(store.within(tx)),
  };
}

function withOneMore(session: Session): Session {
  return {
    ...session,
    async write(changes) {
      const outcomes = await session.write([...changes, bystander(changes)]);
      expectEqual(outcomes.length, changes.length + 1, "the outcomes of a write");
      expectEqual(outcomes.at(-1), "written", "the outcome of the change that meets no other");
      return outcomes.slice(0, -1);
    },
  };
}

function bystander(changes: readonly Change[]): Change {
  const kind = changes.at(-1)?.heads.at(-1)?.key.kind ?? "ticket";
  return aChange([aHead(aKey({ kind, workspaceId: uniqueId("~bystander") }))]);
}
