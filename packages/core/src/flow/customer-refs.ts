import * as z from "zod/mini";
import type { CustomerRef } from "../customers.ts";
import type { Recipient } from "../policy/transition/ticket-state.ts";
import { normalAddress } from "../survey/normal-address.ts";
import { secretOf } from "./change-settings.ts";
import type { Context } from "./context.ts";
import { idSchema } from "./validate.ts";
import { keyed } from "./whom-facts.ts";
import { workspaceKey, workspaceOf } from "./workspace-settings.ts";

// The longest address that SMTP takes has 254 characters; another channel's name of a person may be a longer one.
const addressSchema = z
  .string("must be text")
  .check(z.refine((text) => text.trim() !== "" && text.length <= 1_000, "must be 1–1,000 characters"));

/** What a customer may be named by. */
export const customerShape = {
  address: z.optional(addressSchema),
  id: z.optional(idSchema),
  key: z.optional(
    z.string("must be text").check(z.regex(/^[\w-]{43}$/, "must be a key that listSuppressed gave")),
  ),
};

/** True when somebody is named at all. */
export function namesSomebody({ address, id, key }: CustomerRef): boolean {
  return address !== undefined || id !== undefined || key !== undefined;
}

/** What is said where nobody is named. */
export const nobodyNamed = "must name the customer by address, id or key";

/** Named by at least one of the three. */
export const customerRefSchema = z
  .object(customerShape, nobodyNamed)
  .check(z.refine(namesSomebody, nobodyNamed));

/** The keys that customers are named by, in their order; `key` stands as it is. One statement, whatever their number. */
export async function keysOfRefs<Tx>(
  context: Context<Tx>,
  {
    workspaceId,
    refs,
    tx,
  }: {
    readonly workspaceId: string;
    readonly refs: readonly CustomerRef[];
    readonly tx?: Tx | undefined;
  },
): Promise<readonly (Recipient & { readonly key: string | null })[]> {
  const { storage } = context;
  const session = tx === undefined ? storage.auto : storage.within(tx);
  const [head] = await session.read([workspaceKey(workspaceId)]);
  const kept = workspaceOf(head ?? null).customerSecret;
  const secret = await secretOf(context, { workspaceId, kept, tx });
  return Promise.all(
    refs.map(async ({ address, id, key = null }) => ({
      id: id === undefined ? null : await keyed(secret, { workspaceId, kind: "id", text: id.trim() }),
      address:
        address === undefined
          ? null
          : await keyed(secret, { workspaceId, kind: "address", text: normalAddress(address) }),
      key,
    })),
  );
}

/** The keys alone, each once. */
export function namedKeys(keys: readonly (Recipient & { readonly key: string | null })[]): readonly string[] {
  return [
    ...new Set(keys.flatMap(({ id, address, key }) => [id, address, key].filter((one) => one !== null))),
  ];
}
