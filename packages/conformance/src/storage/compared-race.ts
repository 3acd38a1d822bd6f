import { compareText, type Key, type Store } from "@csat/core";
import { expectEqual, expectTrue } from "../assertions.ts";
import { aChange, aHead, aKey, someKeys, uniqueId } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { whileOpen } from "../open-transaction.ts";
import { headOf, mustWrite, outcomeOf, stored } from "../steps.ts";

/** A ticket and a customer of one workspace, both stored. */
async function both(session: Parameters<typeof stored>[0]) {
  const ticket = await stored(session, aKey());
  const customer = await stored(session, aKey({ kind: "customer", workspaceId: ticket.workspaceId }));
  const writesTicket = aChange([aHead(ticket, { expected: 1, state: "ticket" })], {
    compared: [{ key: customer, expected: 1 }],
  });
  const writesCustomer = aChange([aHead(customer, { expected: 1, state: "customer" })], {
    compared: [{ key: ticket, expected: 1 }],
  });
  return { ticket, customer, writesTicket, writesCustomer };
}

/** Records that one writer compares while another one writes them. */
export const comparedRaceCases: readonly StorageCase[] = [
  {
    id: "write/compared/race/behind-an-open-write",
    rule: "A change that compares a record which an open transaction has written is a conflict, unless that is rolled back.",
    async run({ storage, otherProcess }) {
      for (const end of ["commit", "rollback"] as const) {
        const { ticket, customer, writesTicket } = await both(storage.auto);
        const { meanwhile } = await whileOpen({
          store: storage,
          beside: otherProcess,
          first: (session) => mustWrite(session, aChange([aHead(customer, { expected: 1, state: "newer" })])),
          meanwhile: () => outcomeOf(otherProcess.auto, writesTicket),
          end,
        });
        if (end === "commit") expectEqual(meanwhile, "conflict", "the change that compared it");
        expectTrue(["written", "conflict"].includes(meanwhile), "a change that meets a writer says so");
        const { version } = await headOf(storage.auto, ticket);
        expectEqual(version, meanwhile === "written" ? 2 : 1, `the ticket after a ${end}`);
      }
    },
  },
  {
    id: "write/compared/race/transactions-wait",
    rule: "In a transaction a change that compares what another one has written waits for its end, and conflicts where that committed.",
    async run({ storage, otherProcess }) {
      for (const [end, outcome] of [
        ["commit", "conflict"],
        ["rollback", "written"],
      ] as const) {
        const { customer, writesTicket } = await both(storage.auto);
        const { meanwhile } = await whileOpen({
          store: storage,
          beside: otherProcess,
          first: (session) => mustWrite(session, aChange([aHead(customer, { expected: 1, state: "newer" })])),
          meanwhile: () => otherProcess.own((session) => outcomeOf(session, writesTicket)),
          end,
        });
        expectEqual(meanwhile, outcome, `the change that waited, after a ${end}`);
      }
    },
  },
  {
    id: "write/compared/race/before-a-writer",
    rule: "What a transaction compared stays as it was until its end: a writer that came meanwhile waits, or is in conflict.",
    async run({ storage, otherProcess }) {
      for (const isOwn of [false, true]) {
        const { ticket, customer, writesTicket } = await both(storage.auto);
        const write = aChange([aHead(customer, { expected: 1, state: "newer" })]);
        const { meanwhile } = await whileOpen({
          store: storage,
          beside: otherProcess,
          first: (session) => mustWrite(session, writesTicket),
          meanwhile: () =>
            isOwn
              ? otherProcess.own((session) => outcomeOf(session, write))
              : outcomeOf(otherProcess.auto, write),
          after: async (session) => {
            expectEqual((await headOf(session, customer)).version, 1, "what was compared, before the end");
          },
        });
        expectEqual((await headOf(storage.auto, ticket)).version, 2, "the ticket");
        if (isOwn) expectEqual(meanwhile, "written", "a transaction that waited");
        const { version } = await headOf(storage.auto, customer);
        expectEqual(version, meanwhile === "written" ? 2 : 1, "what was compared, afterwards");
      }
    },
  },
  {
    id: "write/compared/race/together",
    rule: "Changes that compare one record hold up none of each other, in transactions and out of them.",
    async run({ storage, otherProcess }) {
      const { customer, writesTicket } = await both(storage.auto);
      const { workspaceId } = customer;
      const another = () =>
        aChange([aHead(aKey({ workspaceId }))], { compared: [{ key: customer, expected: 1 }] });
      const { meanwhile } = await whileOpen({
        store: storage,
        beside: otherProcess,
        first: (session) => mustWrite(session, writesTicket),
        meanwhile: () =>
          Promise.all([
            outcomeOf(otherProcess.auto, another()),
            otherProcess.own((session) => outcomeOf(session, another())),
          ]),
      });
      expectEqual(meanwhile, ["written", "written"], "the others");
      const many = Array.from({ length: 20 }, (_, place) =>
        outcomeOf((place % 2 === 0 ? storage : otherProcess).auto, another()),
      );
      expectEqual(new Set(await Promise.all(many)), new Set(["written"]), "20 at once");
    },
  },
  {
    id: "write/compared/race/each-other",
    rule: "Of two changes that each write what the other one compares one is written at most, in transactions exactly one, and none is a victim.",
    async run({ storage, otherProcess }) {
      // Several rounds: whether two writers really meet is up to the machine.
      for (let round = 0; round < 20; round++) {
        const { ticket, customer, writesTicket, writesCustomer } = await both(storage.auto);
        const isOwn = round % 2 === 0;
        let runs = 0;
        const outcomes = await Promise.all(
          ([writesTicket, writesCustomer] as const).map((change, place) => {
            const store = place === 0 ? storage : otherProcess;
            if (!isOwn) return outcomeOf(store.auto, change);
            return store.own((session) => {
              runs += 1;
              return outcomeOf(session, change);
            });
          }),
        );
        const written = outcomes.filter((outcome) => outcome === "written").length;
        if (isOwn) expectEqual([written, runs], [1, 2], "changes written by transactions, and their runs");
        expectTrue(written <= 1, "one of two is written at most");
        const versions = (await storage.auto.read([ticket, customer])).map(({ version }) => version);
        expectEqual(
          versions,
          outcomes.map((outcome) => (outcome === "written" ? 2 : 1)),
          "what stands",
        );
      }
    },
  },
  {
    // S57
    id: "write/compared/race/each-other-of-one-kind",
    rule: "Two transactions that each write the customer whom the other compares never deadlock: both lock in key order, and one is written.",
    async run({ storage, otherProcess }) {
      const { workspaceId } = aKey();
      const [one = aKey(), other = aKey()] = someKeys(2, { kind: "customer", workspaceId });
      for (const key of [one, other]) await stored(storage.auto, key);
      let runs = 0;
      const write = (store: Store<unknown>, key: Key, compared: Key) =>
        store.own((session) => {
          runs += 1;
          const change = aChange([aHead(key, { expected: 1 })], {
            compared: [{ key: compared, expected: 1 }],
          });
          return outcomeOf(session, change);
        });
      // Both wait for the first key, which somebody holds: who locked the second one before would hold it by then.
      const { meanwhile } = await whileOpen({
        store: storage,
        beside: otherProcess,
        first: (session) => session.read([{ ...one, lock: true }]),
        meanwhile: () => Promise.all([write(storage, one, other), write(otherProcess, other, one)]),
      });
      expectEqual(meanwhile.toSorted(compareText), ["conflict", "written"], "the outcomes");
      expectEqual(runs, 2, "runs of two transactions of which none is a victim");
    },
  },
  {
    id: "write/compared/race/stored-meanwhile",
    rule: "A change that compares a record as not stored is in conflict once a transaction that stores it has committed.",
    async run({ storage, otherProcess }) {
      const ticket = await stored(storage.auto, aKey());
      const customer = aKey({ kind: "customer", workspaceId: ticket.workspaceId, id: uniqueId("customer") });
      const change = (expected: number) =>
        aChange([aHead(ticket, { expected })], { compared: [{ key: customer, expected: 0 }] });
      await whileOpen({
        store: storage,
        beside: otherProcess,
        first: (session) => mustWrite(session, aChange([aHead(customer)])),
        meanwhile: async () => {},
      });
      expectEqual(await outcomeOf(otherProcess.auto, change(1)), "conflict", "the change afterwards");
      const inside = await otherProcess.own((session) => outcomeOf(session, change(1)));
      expectEqual(inside, "conflict", "the change afterwards, in a transaction");
    },
  },
];
