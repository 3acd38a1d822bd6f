// For samples that prove an adapter: what its author has around it.
import type { TestRunner } from "@csat/conformance";
import type { Connection } from "./src/index.ts";

declare global {
  const runner: TestRunner;
  /** A database without tables, that no other fixture uses. */
  function emptyDatabase(): Promise<{
    connect(): Connection;
    transaction(work: (tx: Connection) => Promise<"commit" | "rollback">): Promise<void>;
    close(): Promise<void>;
  }>;
  /** Where a mailer under test delivers to. */
  function anInbox(): Promise<{
    readonly url: string;
    readonly mails: readonly { readonly raw: string }[];
    close(): Promise<void>;
  }>;
}
