import type { Storage, StorageOperations } from "@csat/core";

/**
 * The same storage, where the process dies between the mail server's yes and our commit, for the surveys that `dies`
 * names: `markSent` throws, and the survey stays as it is.
 */
export function forgetfulStorage<Tx>(storage: Storage<Tx>, dies: (surveyId: string) => boolean): Storage<Tx> {
  const forgetful = (operations: StorageOperations): StorageOperations => ({
    ...operations,
    surveys: {
      ...operations.surveys,
      markSent: async (done) => {
        if (dies(done.id)) throw new Error("The process died here.");
        return operations.surveys.markSent(done);
      },
    },
  });
  return {
    ...storage,
    transaction: (work) => storage.transaction((operations) => work(forgetful(operations))),
  };
}
