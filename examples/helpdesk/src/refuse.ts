import { HTTPException } from "hono/http-exception";

/** What the demo refuses with, apart from the library's own routes. */
export type RefusalStatus = 400 | 401 | 403 | 404 | 409 | 413;

/** Ends the request with this status, a machine-readable code and a sentence that says what to do. */
export function refuse(status: RefusalStatus, code: string, message: string): never {
  throw new HTTPException(status, { message, cause: { code } });
}
