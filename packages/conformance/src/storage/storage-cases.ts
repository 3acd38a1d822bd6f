import type { StorageCase } from "../case.ts";
import { eraseCases } from "./erase.ts";
import { hostTransactionsCases } from "./host-transactions.ts";
import { housekeepingCases } from "./housekeeping.ts";
import { isolationCases } from "./isolation.ts";
import { journalCases } from "./journal.ts";
import { metricsCases } from "./metrics.ts";
import { metricsOrderCases } from "./metrics-order.ts";
import { metricsResponsesCases } from "./metrics-responses.ts";
import { openTransactionsAnswersCases } from "./open-transactions-answers.ts";
import { openTransactionsSurveysCases } from "./open-transactions-surveys.ts";
import { otherReleasesCases } from "./other-releases.ts";
import { outboxCases } from "./outbox.ts";
import { outboxListsCases } from "./outbox-lists.ts";
import { resolutionsCases } from "./resolutions.ts";
import { responsesCases } from "./responses.ts";
import { responsesRacesCases } from "./responses-races.ts";
import { settingsCases } from "./settings.ts";
import { surveysArmCases } from "./surveys-arm.ts";
import { surveysClaimCases } from "./surveys-claim.ts";
import { surveysLateLeavingCases } from "./surveys-late-leaving.ts";
import { surveysLeaseCases } from "./surveys-lease.ts";
import { surveysLeaveCases } from "./surveys-leave.ts";
import { surveysRacesCases } from "./surveys-races.ts";
import { surveysRearmCases } from "./surveys-rearm.ts";
import { surveysRememberCases } from "./surveys-remember.ts";
import { surveysRetryFailedCases } from "./surveys-retry-failed.ts";
import { surveysSendCases } from "./surveys-send.ts";
import { surveysSettleCases } from "./surveys-settle.ts";
import { transactionsCases } from "./transactions.ts";

/** Every storage case, store by store. */
export const storageCases: readonly StorageCase[] = [
  ...settingsCases,
  ...resolutionsCases,
  ...surveysArmCases,
  ...surveysRearmCases,
  ...surveysLeaveCases,
  ...surveysLateLeavingCases,
  ...surveysClaimCases,
  ...otherReleasesCases,
  ...surveysLeaseCases,
  ...surveysSendCases,
  ...surveysSettleCases,
  ...surveysRememberCases,
  ...surveysRetryFailedCases,
  ...surveysRacesCases,
  ...eraseCases,
  ...responsesCases,
  ...responsesRacesCases,
  ...outboxCases,
  ...outboxListsCases,
  ...journalCases,
  ...metricsCases,
  ...metricsOrderCases,
  ...metricsResponsesCases,
  ...housekeepingCases,
  ...transactionsCases,
  ...openTransactionsSurveysCases,
  ...openTransactionsAnswersCases,
  ...hostTransactionsCases,
  ...isolationCases,
];
