// For samples that prove an adapter: what its author has around it.
import type { ChannelTrouble, TestRunner } from "@csat/conformance";
import type { Connection } from "./src/index.ts";

declare global {
  const runner: TestRunner;
  /** A database without tables, that no other fixture uses. */
  function emptyDatabase(): Promise<{
    /** With `zone`: its sessions live in that time zone. */
    connect(options?: { readonly zone: string }): Connection;
    transaction(work: (tx: Connection) => Promise<"commit" | "rollback">): Promise<void>;
    close(): Promise<void>;
  }>;
  /** Where a channel's mailer under test sends to. */
  function aChatService(): Promise<{
    readonly url: string;
    readonly messages: readonly { readonly address: string; readonly text: string }[];
    failOnce(trouble: ChannelTrouble): void;
    close(): Promise<void>;
  }>;
}
