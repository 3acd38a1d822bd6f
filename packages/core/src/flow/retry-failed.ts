import type { Context } from "./context.ts";
import { idSchema, validate } from "./validate.ts";

/** Makes a workspace's failed surveys due now and closes its mail breaker. Returns how many. @throws CsatError `invalid_input`, `storage_failed` */
export async function retryFailed<Tx>(
  { storage, clock, breakers }: Context<Tx>,
  workspaceId: string,
): Promise<number> {
  validate({ schema: idSchema, value: workspaceId, where: "The workspace id is invalid" });
  breakers.delete(workspaceId);
  return storage.surveys.retryFailed(workspaceId, clock.now());
}
