import { CsatError } from "@csat/core";

/** Where the tables live unless the host says otherwise. */
export const defaultSchemaName = "csat";

const plainIdentifier = /^[a-z_][a-z0-9_]{0,62}$/;
const reserved = /^(pg_.*|information_schema|public)$/;

/**
 * Returns `name` when it can be the schema of our tables: lower-case letters, digits and underscores, 63 at most, no
 * schema of the system. `public` is refused because tables called `tickets` or `events` belong to the host there.
 * @throws CsatError `invalid_config`
 */
export function checkedSchemaName(name: unknown): string {
  if (typeof name === "string" && plainIdentifier.test(name) && !reserved.test(name)) return name;
  const message = `schema must be a plain identifier of its own such as "${defaultSchemaName}": lower-case letters, digits and underscores, not public and not pg_… (got ${JSON.stringify(name)}).`;
  throw new CsatError("invalid_config", message, { issues: [{ path: "schema", message }] });
}
