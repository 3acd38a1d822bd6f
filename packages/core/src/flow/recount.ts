import type { CorrectedDay } from "../ports/store/store.ts";
import type { Context } from "./context.ts";
import { idSchema, validate } from "./validate.ts";

/** Rebuilds a workspace's counts from its rows and answers the days that were off. @throws CsatError `invalid_input`, `storage_failed` */
export async function recount<Tx>(
  { storage }: Context<Tx>,
  workspaceId: string,
): Promise<readonly CorrectedDay[]> {
  return storage.recount(
    validate({ schema: idSchema, value: workspaceId, where: "The workspace id is invalid" }),
  );
}
