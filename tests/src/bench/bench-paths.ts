import type { BenchPath } from "./bench-path.ts";
import { bulkResolve, conflictingResolve } from "./paths/bulk-resolve.ts";
import { crowdedClaim, crowdedDueClaim } from "./paths/crowded-claim.ts";
import { deliverEvents } from "./paths/deliver-events.ts";
import { healthProbe } from "./paths/health.ts";
import { bulkResolveOnMysql, resolveOnMysql } from "./paths/on-mysql.ts";
import { answerRequests, pageRequests } from "./paths/public-page.ts";
import { resolveWithDrizzle, resolveWithPg } from "./paths/resolve-in-transaction.ts";
import { retention } from "./paths/retention.ts";
import { sendMails } from "./paths/send-mails.ts";
import { surveyLifeCpu, surveyLifeStatements } from "./paths/survey-life.ts";
import { workerMemory } from "./paths/worker-memory.ts";

/** Every path that `npm run bench` measures, in the order of its table. */
export const benchPaths: readonly BenchPath[] = [
  resolveWithPg,
  resolveWithDrizzle,
  bulkResolve,
  conflictingResolve,
  answerRequests,
  pageRequests,
  sendMails,
  deliverEvents,
  surveyLifeCpu,
  surveyLifeStatements,
  crowdedClaim,
  crowdedDueClaim,
  healthProbe,
  retention,
  workerMemory,
  resolveOnMysql,
  bulkResolveOnMysql,
];
