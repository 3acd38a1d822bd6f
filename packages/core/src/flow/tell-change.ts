import type { AdminChange } from "../by-admins.ts";
import type { Context } from "./context.ts";
import { tellHost } from "./tell-host.ts";

/** Tells the host of a change that is stored. Never rejects. */
export async function tellChange<Tx>({ onChange, logger }: Context<Tx>, change: AdminChange): Promise<void> {
  if (onChange === null) return;
  const about = { kind: change.kind, workspaceId: change.workspaceId };
  await tellHost({ name: "onChange", call: () => onChange(change), about, logger });
}
