import type { StorageCase } from "../case.ts";
import { answerListCases } from "./answer-lists.ts";
import { answerCases } from "./answers.ts";
import { backlogCases } from "./backlog.ts";
import { claimCases } from "./claim.ts";
import { claimRaceCases } from "./claim-race.ts";
import { claimTurnsCases } from "./claim-turns.ts";
import { comparedCases } from "./compared.ts";
import { comparedRaceCases } from "./compared-race.ts";
import { countCases } from "./counts.ts";
import { customerTicketCases } from "./customer-tickets.ts";
import { eventCases } from "./events.ts";
import { failedCases } from "./failed.ts";
import { forgetCases } from "./forget.ts";
import { historyCases } from "./history.ts";
import { hostTransactionCases } from "./host-transactions.ts";
import { housekeepingCases } from "./housekeeping.ts";
import { inBulkCases } from "./in-bulk.ts";
import { isolationCases } from "./isolation.ts";
import { journalCases } from "./journal.ts";
import { keptPartCases } from "./kept-parts.ts";
import { leaseCases } from "./lease.ts";
import { leaseWriteCases } from "./lease-writes.ts";
import { lockCases } from "./locks.ts";
import { locksInBulkCases } from "./locks-in-bulk.ts";
import { manyCases } from "./many.ts";
import { markedAnswerCases } from "./marked-answers.ts";
import { ownTransactionCases } from "./own-transactions.ts";
import { pageCases } from "./pages.ts";
import { partCases } from "./parts.ts";
import { pruneCases } from "./prune.ts";
import { pruneRaceCases } from "./prune-race.ts";
import { readCases } from "./read.ts";
import { recountCases } from "./recount.ts";
import { suppressedCases } from "./suppressed.ts";
import { tokenCases } from "./tokens.ts";
import { valueCases } from "./values.ts";
import { writeCases } from "./write.ts";
import { writeRaceCases } from "./write-race.ts";
import { writeWholeCases } from "./write-whole.ts";
import { zoneCases } from "./zones.ts";

/** Every case for a store, in the order in which one is best written. */
export const storageCases: readonly StorageCase[] = [
  ...readCases,
  ...writeCases,
  ...writeWholeCases,
  ...comparedCases,
  ...manyCases,
  ...valueCases,
  ...isolationCases,
  ...tokenCases,
  ...answerCases,
  ...answerListCases,
  ...markedAnswerCases,
  ...journalCases,
  ...historyCases,
  ...eventCases,
  ...failedCases,
  ...customerTicketCases,
  ...suppressedCases,
  ...pageCases,
  ...forgetCases,
  ...claimCases,
  ...claimTurnsCases,
  ...leaseCases,
  ...leaseWriteCases,
  ...inBulkCases,
  ...ownTransactionCases,
  ...lockCases,
  ...locksInBulkCases,
  ...writeRaceCases,
  ...comparedRaceCases,
  ...claimRaceCases,
  ...countCases,
  ...partCases,
  ...keptPartCases,
  ...recountCases,
  ...housekeepingCases,
  ...pruneCases,
  ...pruneRaceCases,
  ...backlogCases,
  ...zoneCases,
  ...hostTransactionCases,
];
