import { LibsqlError } from "@libsql/client";

/** What the driver itself threw. It names tables and columns; drizzle's error around it quotes parameters, and those hold comments. */
export function driverError(error: unknown): unknown {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at instanceof LibsqlError) return at;
  }
  return error;
}

/** True when somebody else is writing. */
export function isBusy(error: unknown): boolean {
  const thrown = driverError(error);
  return thrown instanceof LibsqlError && thrown.code === "SQLITE_BUSY";
}
