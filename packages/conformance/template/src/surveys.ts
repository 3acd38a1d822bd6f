import type { SurveyStore } from "@csat/core";
import type { Connection } from "./connection.ts";
import { notWrittenYet } from "./not-written-yet.ts";

/** The surveys, one per ticket for ever. */
export function surveyStore(_connection: Connection): SurveyStore {
  return {
    arm: async () => notWrittenYet("surveys.arm"),
    leave: async () => notWrittenYet("surveys.leave"),
    find: async () => notWrittenYet("surveys.find"),
    findByToken: async () => notWrittenYet("surveys.findByToken"),
    claimDue: async () => notWrittenYet("surveys.claimDue"),
    release: async () => notWrittenYet("surveys.release"),
    beginSend: async () => notWrittenYet("surveys.beginSend"),
    markSent: async () => notWrittenYet("surveys.markSent"),
    markSkipped: async () => notWrittenYet("surveys.markSkipped"),
    markFailed: async () => notWrittenYet("surveys.markFailed"),
    retryFailed: async () => notWrittenYet("surveys.retryFailed"),
    erase: async () => notWrittenYet("surveys.erase"),
  };
}
