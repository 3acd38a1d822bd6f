import { type Csat, createCsat, type Store, silentLogger } from "@csat/core";
import type { HostTransaction } from "@csat/core/transactions";
import { inProcessScheduler, memoryMailer, memoryTickets } from "@csat/memory";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Host, HostLibrary } from "./host.ts";

/** A database of the test file's own, with our tables. */
export interface Base {
  readonly url: string;
  readonly storage: Store<HostTransaction>;
  close(): Promise<void>;
}

/** A host with surveys in it. */
export interface Desk {
  readonly host: Host;
  readonly csat: Csat<HostTransaction>;
  /** What happened to a ticket so far, oldest first. */
  storyOf(ticketId: string): Promise<readonly string[]>;
}

/** The one workspace. */
export const workspaceId = "acme";
const resolvedAt = new Date();

/** A ticket is resolved. */
export const resolved = (ticketId: string) => ({ workspaceId, ticketId, actorId: "olivia", resolvedAt });

/** What holds of every library on this database; `more` is what holds on this database alone. */
export function hostRules({
  on,
  libraries,
  open,
  more,
}: {
  readonly on: string;
  readonly libraries: readonly HostLibrary[];
  readonly open: () => Promise<Base>;
  readonly more: (desk: () => Desk) => void;
}): void {
  describe.each(libraries)(`$name on ${on}`, (library) => {
    let opened: (Desk & { close(): Promise<void> }) | undefined;
    const desk = () => {
      if (opened === undefined) throw new Error("The database is open from beforeAll on.");
      return opened;
    };

    beforeAll(async () => {
      const { url, storage, close } = await open();
      const host = await library.open(url);
      const csat = createCsat({
        storage,
        scheduler: inProcessScheduler(),
        mailer: memoryMailer(),
        tickets: memoryTickets(),
        publicUrl: "https://help.example.com/csat",
        logger: silentLogger,
      });
      await csat.updateSettings(workspaceId, { enabled: true });
      opened = {
        host,
        csat,
        storyOf: async (ticketId) =>
          (await csat.explain({ workspaceId, ticketId })).map(({ event }) => event),
        async close() {
          await host.close();
          await close();
        },
      };
    });
    afterAll(() => opened?.close());

    test("what is committed stands", async () => {
      // S84, S57
      const { host, csat } = desk();
      const outcome = await host.transaction((tx) => csat.ticketResolved(resolved("committed"), { tx }));
      expect(outcome).toMatchObject({ kind: "scheduled" });
      expect(await desk().storyOf("committed")).toEqual(["resolved", "scheduled"]);
    });

    test("what is rolled back leaves nothing", async () => {
      // S84, S57
      const { host, csat } = desk();
      const change = host.transaction(async (tx) => {
        expect(await csat.ticketResolved(resolved("rolled-back"), { tx })).toMatchObject({
          kind: "scheduled",
        });
        throw new Error("the host thinks better of it");
      });
      await expect(change).rejects.toThrow("the host thinks better of it");
      expect(await desk().storyOf("rolled-back")).toEqual([]);
    });

    test("a thousand events stand or fall with one transaction", async () => {
      // S84, S57
      const { host, csat } = desk();
      const events = Array.from({ length: 1_000 }, (_, place) => resolved(`of a thousand ${place}`));
      const attempt = (goesWell: boolean) =>
        host.transaction(async (tx) => {
          const outcomes = await csat.ticketsResolved(events, { tx });
          if (!goesWell) throw new Error("the host thinks better of it");
          return new Set(outcomes.map(({ kind }) => kind));
        });
      await expect(attempt(false)).rejects.toThrow("the host thinks better of it");
      expect(await desk().storyOf("of a thousand 999")).toEqual([]);
      expect(await attempt(true)).toEqual(new Set(["scheduled"]));
      expect(await desk().storyOf("of a thousand 999")).toEqual(["resolved", "scheduled"]);
    });

    test("several calls in one transaction see what the earlier ones did", async () => {
      // S84
      const { host, csat } = desk();
      await host.transaction(async (tx) => {
        await csat.ticketResolved(resolved("twice"), { tx });
        expect(await csat.ticketResolved(resolved("twice"), { tx })).toMatchObject({
          reason: "already_scheduled",
        });
      });
      expect(await desk().storyOf("twice")).toEqual(["resolved", "scheduled"]);
    });

    test("a transaction that has ended is refused, and nothing is written outside of it", async () => {
      // S84
      const { host, csat } = desk();
      let kept: HostTransaction | undefined;
      await host.transaction(async (tx) => {
        kept = tx;
        await csat.ticketResolved(resolved("in time"), { tx });
      });
      const tx = kept ?? expect.unreachable();
      await expect(csat.ticketResolved(resolved("late"), { tx })).rejects.toMatchObject({
        code: "invalid_input",
      });
      expect(await desk().storyOf("late")).toEqual([]);
    });

    test("nothing, and the database itself, are refused at once", () => {
      // S84
      const { host } = desk();
      expect(() => host.ofNothing()).toThrow(/no transaction was given/);
      expect(() => host.ofDatabase()).toThrow(/the database or a pool, no transaction/);
    });

    more(desk);
  });
}
