import type { StorageCase } from "../case.ts";
import { surveysArmCases } from "./surveys-arm.ts";
import { surveysClaimCases } from "./surveys-claim.ts";
import { surveysLateLeavingCases } from "./surveys-late-leaving.ts";
import { surveysLeaseCases } from "./surveys-lease.ts";
import { surveysLeaveCases } from "./surveys-leave.ts";
import { surveysRearmCases } from "./surveys-rearm.ts";

/** Every storage case, store by store. */
export const storageCases: readonly StorageCase[] = [
  ...surveysArmCases,
  ...surveysRearmCases,
  ...surveysLeaveCases,
  ...surveysLateLeavingCases,
  ...surveysClaimCases,
  ...surveysLeaseCases,
];
