import { expectEqual } from "../assertions.ts";
import { aChange, aHead, aKey, uniqueId } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { mustWrite, outcomeOf, rewritten, stored } from "../steps.ts";
import { aWhole } from "../traces.ts";

/** Links. */
export const tokenCases: readonly StorageCase[] = [
  {
    id: "tokens/open-records",
    rule: "A link opens the ticket or the customer that it was stored for, as that stands now.",
    async run({ storage, otherProcess }) {
      const ticket = aKey({ workspaceId: "acme", id: "same" });
      const customer = aKey({ kind: "customer", workspaceId: "acme", id: "same" });
      const hashes = { ticket: uniqueId("hash"), customer: uniqueId("hash") };
      await mustWrite(
        storage.auto,
        aChange([aHead(ticket), aHead(customer)], {
          tokens: [
            { hash: hashes.ticket, key: ticket },
            { hash: hashes.customer, key: customer },
          ],
        }),
      );
      await rewritten(storage.auto, ticket, { state: { text: "second" } });
      expectEqual(
        await otherProcess.auto.byToken(hashes.ticket),
        { key: ticket, version: 2, state: { text: "second" } },
        "what the ticket's link opens",
      );
      expectEqual(
        await otherProcess.auto.byToken(hashes.customer),
        { key: customer, version: 1, state: { text: "first" } },
        "what the customer's link opens",
      );
    },
  },
  {
    // S70
    id: "tokens/of-what-is-not-stored",
    rule: "A link of a customer who is not stored opens version 0, and the record once that is stored; it needs no ticket.",
    async run({ storage }) {
      const { ticket, customer } = aWhole();
      const [hash, another] = [uniqueId("hash"), uniqueId("hash")];
      await mustWrite(storage.auto, aChange([aHead(ticket)], { tokens: [{ hash, key: customer }] }));
      expectEqual(
        await storage.auto.byToken(hash),
        { key: customer, version: 0, state: null },
        "what it opens before",
      );
      const tokens = [{ hash: another, key: customer }];
      await mustWrite(storage.auto, aChange([aHead(customer, { state: "here" })], { tokens }));
      for (const one of [hash, another])
        expectEqual(
          await storage.auto.byToken(one),
          { key: customer, version: 1, state: "here" },
          "what they open afterwards",
        );
    },
  },
  {
    id: "tokens/unknown",
    rule: "A link that nobody stored opens nothing, whatever it looks like.",
    async run({ storage }) {
      await mustWrite(storage.auto, aChange([aHead(aKey())], { tokens: [{ hash: "known", key: aKey() }] }));
      for (const hash of ["", "KNOWN", "known ", "know%", "' or 1=1 --", "😀", "x".repeat(500), "known\n"])
        expectEqual(await storage.auto.byToken(hash), null, "what it opens");
    },
  },
  {
    // S13
    id: "tokens/every-link-works",
    rule: "A record has any number of links, and all of them open it; those of later changes take none away.",
    async run({ storage }) {
      const ticket = await stored(storage.auto, aKey());
      const hashes = Array.from({ length: 6 }, () => uniqueId("hash"));
      for (const [place, hash] of hashes.slice(0, 3).entries()) {
        const tokens = [{ hash, key: ticket }];
        await mustWrite(storage.auto, aChange([aHead(ticket, { expected: place + 1 })], { tokens }));
      }
      const tokens = hashes.slice(3).map((hash) => ({ hash, key: ticket }));
      await mustWrite(storage.auto, aChange([aHead(ticket, { expected: 4 })], { tokens }));
      for (const hash of hashes)
        expectEqual((await storage.auto.byToken(hash))?.key, ticket, "what a link opens");
    },
  },
  {
    id: "tokens/in-transactions",
    rule: "A transaction opens the links that it has stored; after a rollback they open nothing.",
    async run({ storage }) {
      const ticket = aKey();
      const hash = uniqueId("hash");
      const rolledBack = new Error("rolled back");
      await storage
        .own(async (session) => {
          await outcomeOf(session, aChange([aHead(ticket)], { tokens: [{ hash, key: ticket }] }));
          expectEqual((await session.byToken(hash))?.key, ticket, "what it opens inside");
          throw rolledBack;
        })
        .catch((error: unknown) => {
          if (error !== rolledBack) throw error;
        });
      expectEqual(await storage.auto.byToken(hash), null, "what it opens afterwards");
    },
  },
];
