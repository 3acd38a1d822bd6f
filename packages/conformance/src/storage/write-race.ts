import type { WriteOutcome } from "@csat/core";
import { expectEqual, expectTrue } from "../assertions.ts";
import { aChange, aHead, aKey, anAnswer, someKeys } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { whileOpen } from "../open-transaction.ts";
import { headOf, outcomeOf, stored } from "../steps.ts";

const writers = Array.from({ length: 20 }, (_, writer) => writer);

/** Several writers of one record. */
export const writeRaceCases: readonly StorageCase[] = [
  {
    id: "write/race/one-of-many-wins",
    rule: "Of 20 simultaneous writes of one version, through two handles, exactly one is written, and it stands.",
    async run({ storage, otherProcess }) {
      // Several rounds: whether two writers really meet is up to the machine.
      for (const expected of [0, 1, 0, 1, 0, 1]) {
        const key = aKey();
        if (expected === 1) await stored(storage.auto, key);
        const outcomes = await Promise.all(
          writers.map((writer) =>
            outcomeOf(
              writer % 2 === 0 ? storage.auto : otherProcess.auto,
              aChange([aHead(key, { expected, state: { writer } })]),
            ),
          ),
        );
        const winners = writers.filter((writer) => outcomes[writer] === "written");
        expectEqual(winners.length, 1, `writers of version ${expected + 1}`);
        expectEqual(
          await headOf(storage.auto, key),
          { key, version: expected + 1, state: { writer: winners[0] ?? -1 } },
          "the record",
        );
      }
    },
  },
  {
    id: "write/race/behind-another-record",
    rule: "Calls for one record that come together behind a call for another write it once: a store may let callers share statements, but not these.",
    async run({ storage }) {
      for (const expected of [0, 1]) {
        const key = aKey({ kind: "event" });
        if (expected === 1) await stored(storage.auto, key);
        const [, ...outcomes] = await Promise.all([
          outcomeOf(storage.auto, aChange([aHead(aKey({ kind: "event" }))])),
          ...writers.map((writer) =>
            outcomeOf(storage.auto, aChange([aHead(key, { expected, state: { writer } })])),
          ),
        ]);
        const winners = writers.filter((writer) => outcomes[writer] === "written");
        expectEqual(winners.length, 1, `writers of version ${expected + 1}`);
        expectEqual(
          await headOf(storage.auto, key),
          { key, version: expected + 1, state: { writer: winners[0] ?? -1 } },
          "the record",
        );
      }
    },
  },
  {
    // S24
    id: "write/race/one-answer-of-many",
    rule: "Of 20 simultaneous answers to one ticket one is stored, and the others leave nothing.",
    async run({ storage, otherProcess }) {
      const ticket = await stored(storage.auto, aKey());
      const outcomes = await Promise.all(
        writers.map((writer) =>
          outcomeOf(
            writer % 2 === 0 ? storage.auto : otherProcess.auto,
            aChange([aHead(ticket, { expected: 1 })], { answer: anAnswer({ comment: `from ${writer}` }) }),
          ),
        ),
      );
      const winner = outcomes.indexOf("written");
      expectEqual(outcomes.filter((outcome) => outcome === "written").length, 1, "answers written");
      const { workspaceId, id: ticketId } = ticket;
      const answer = await storage.lists.answer({ workspaceId, ticketId });
      expectEqual(answer?.comment, `from ${winner}`, "the answer that stands");
    },
  },
  {
    id: "write/race/new-records-of-one-change",
    rule: "Of 20 simultaneous changes that each store a ticket of their own beside one new customer, one is written; the others store no ticket.",
    async run({ storage, otherProcess }) {
      const customer = aKey({ kind: "customer", workspaceId: "acme", id: "ann" });
      const tickets = someKeys(writers.length, { workspaceId: "acme" });
      const outcomes = await Promise.all(
        tickets.map((ticket, writer) =>
          outcomeOf(
            writer % 2 === 0 ? storage.auto : otherProcess.auto,
            aChange([aHead(ticket), aHead(customer)]),
          ),
        ),
      );
      expectEqual(outcomes.filter((outcome) => outcome === "written").length, 1, "changes written");
      const heads = await storage.auto.read(tickets);
      expectEqual(
        heads.map(({ version }): WriteOutcome => (version === 1 ? "written" : "conflict")),
        outcomes,
        "tickets that are stored, as their changes said",
      );
    },
  },
  {
    id: "write/race/behind-an-open-insert",
    rule: "A change that stores a ticket beside a record that an open transaction stores too leaves no ticket once that has committed.",
    async run({ storage, otherProcess }) {
      const workspaceId = "acme";
      for (const kind of ["customer", "event", "workspace"] as const) {
        const contested = aKey({ kind, workspaceId, id: "contested" });
        const ticket = aKey({ workspaceId, id: `beside-${kind}` });
        const { first, meanwhile } = await whileOpen({
          store: storage,
          beside: otherProcess,
          first: (session) => outcomeOf(session, aChange([aHead(contested)])),
          meanwhile: () => outcomeOf(otherProcess.auto, aChange([aHead(ticket), aHead(contested)])),
        });
        expectEqual([first, meanwhile], ["written", "conflict"], `both writers of the ${kind}`);
        expectEqual((await headOf(storage.auto, ticket)).version, 0, `the ticket beside the ${kind}`);
      }
    },
  },
  {
    id: "write/race/behind-an-open-write",
    rule: "A write of a record that an open transaction has written is a conflict, unless that is rolled back.",
    async run({ storage, otherProcess }) {
      for (const end of ["commit", "rollback"] as const) {
        const key = await stored(storage.auto, aKey());
        const write = (state: string) => aChange([aHead(key, { expected: 1, state })]);
        const { first, meanwhile } = await whileOpen({
          store: storage,
          beside: otherProcess,
          first: (session) => outcomeOf(session, write("inside")),
          meanwhile: () => outcomeOf(otherProcess.auto, write("outside")),
          end,
        });
        expectEqual(first, "written", "the write inside");
        if (end === "commit") expectEqual(meanwhile, "conflict", "the write outside");
        const isOutside = end === "rollback" && meanwhile === "written";
        const stands = { commit: "inside", rollback: isOutside ? "outside" : { text: "first" } }[end];
        expectEqual((await headOf(storage.auto, key)).state, stands, `the document after a ${end}`);
        expectTrue(["written", "conflict"].includes(meanwhile), "a write that meets another says so");
      }
    },
  },
];
