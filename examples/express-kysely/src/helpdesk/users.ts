import type { Kysely } from "kysely";
import type { Tables, User } from "./tables.ts";

/** The user of an `Authorization: Bearer` header; null when it names none. */
export async function userOf(
  database: Kysely<Tables>,
  authorization: string | null | undefined,
): Promise<User | null> {
  const key = /^Bearer (\S+)$/.exec(authorization ?? "")?.[1];
  if (key === undefined) return null;
  const user = database.selectFrom("users").selectAll().where("api_key", "=", key);
  return (await user.executeTakeFirst()) ?? null;
}
