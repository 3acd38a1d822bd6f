import { expectEqual } from "../assertions.ts";
import { aChange, aHead, aKey, kinds, minute, someKeys, waiting } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { claim, claimOne, mustWrite, outcomeOf, rewritten, stored } from "../steps.ts";
import { aWhole, everything, everywhere, nothing, traces } from "../traces.ts";

/** A change is written whole or not at all. */
export const writeWholeCases: readonly StorageCase[] = [
  {
    id: "write/whole/everything-of-a-change",
    rule: "One change writes records of every kind, due work, links, the answer, the journal and counts.",
    async run({ storage, otherProcess }) {
      const whole = aWhole();
      await mustWrite(storage.auto, everywhere(whole));
      expectEqual(await traces(otherProcess, whole), everything, "what another process sees");
    },
  },
  {
    id: "write/whole/conflict-leaves-no-trace",
    rule: "A change whose ticket, customer, event or workspace conflicts leaves nothing: no record, link, answer, entry, count or due work.",
    async run({ storage }) {
      for (const [place, kind] of kinds.entries()) {
        const whole = aWhole();
        const change = everywhere(whole);
        await stored(storage.auto, whole[kind]);
        const outcome = await outcomeOf(storage.auto, change);
        expectEqual(outcome, "conflict", `the outcome where the ${kind} stands already`);
        const versions = kinds.map((_, other) => (other === place ? 1 : 0));
        const events = kind === "event" ? 1 : 0;
        expectEqual(
          await traces(storage, whole),
          { ...nothing, versions, events },
          `what a conflict of the ${kind} leaves`,
        );
      }
    },
  },
  {
    id: "write/whole/conflict-stores-nothing-new",
    rule: "A change whose stored ticket is at another version stores no new record that stands beside it.",
    async run({ storage }) {
      const { ticket, event } = aWhole();
      await stored(storage.auto, ticket);
      const cells = { kind: "event", createdAt: minute(120), ticketId: ticket.id, dead: false } as const;
      const change = aChange([{ ...aHead(ticket), expected: 7 }, aHead(event, { cells, due: waiting() })]);
      expectEqual(await outcomeOf(storage.auto, change), "conflict", "the outcome of an older version");
      const [head] = await storage.auto.read([event]);
      expectEqual(head?.version, 0, "the version of the event that a conflict left");
    },
  },
  {
    id: "write/whole/several-of-one-kind",
    rule: "A change of several records of one kind, new and stored ones, writes each once, with what is due of it.",
    async run({ storage }) {
      const workspaceId = aKey().workspaceId;
      const events = someKeys(3, { kind: "event", workspaceId });
      for (const expected of [0, 1]) {
        const heads = events.map((key) => aHead(key, { expected, due: waiting() }));
        expectEqual(await outcomeOf(storage.auto, aChange(heads)), "written", "the outcome of the change");
        const versions = (await storage.auto.read(events)).map(({ version }) => version);
        expectEqual(versions, [expected + 1, expected + 1, expected + 1], "the versions of its records");
      }
      const claimed = await claim(storage.auto, { kind: "event" });
      expectEqual(claimed.length, 3, "events that are due");
    },
  },
  {
    id: "write/whole/conflict-changes-nothing-that-stands",
    rule: "A conflicting change leaves what stands as it was: documents, cells, due work and the rows beside them.",
    async run({ storage }) {
      for (const kind of kinds) {
        const whole = aWhole(aKey({ id: `ticket-of-${kind}` }));
        await mustWrite(storage.auto, everywhere(whole));
        const before = await traces(storage, whole);
        const second = everywhere({ ...whole, hash: `another ${whole.hash}` });
        const heads = second.heads.map((head) => ({
          ...head,
          expected: head.key.kind === kind ? 7 : 1,
          due: head.due === undefined ? undefined : null,
        }));
        const outcome = await outcomeOf(
          storage.auto,
          aChange(
            heads.map(({ key, due, ...head }) =>
              aHead(key, { ...head, ...(due === undefined ? {} : { due }) }),
            ),
            { ...second, forget: true },
          ),
        );
        expectEqual(outcome, "conflict", `the outcome with a stale ${kind}`);
        expectEqual(await traces(storage, whole), before, `what stands after a conflict of the ${kind}`);
        expectEqual(await storage.auto.byToken(`another ${whole.hash}`), null, "the link of the conflict");
        await claim(storage.auto, { kind: "ticket" });
        await claim(storage.auto, { kind: "event" });
      }
    },
  },
  {
    id: "write/whole/lost-lease-leaves-no-trace",
    rule: "A change that lost its lease leaves nothing either.",
    async run({ storage }) {
      const whole = aWhole();
      const change = everywhere(whole);
      await stored(storage.auto, whole.ticket, { due: waiting() });
      await claimOne(storage.auto);
      const lease = { id: "of somebody else", extendMs: null };
      const heads = change.heads.map((head) =>
        head.key.kind === "ticket"
          ? aHead(head.key, { state: head.state, cells: head.cells, expected: 1, lease })
          : head,
      );
      expectEqual(await outcomeOf(storage.auto, aChange(heads, change)), "lost_lease", "the outcome");
      expectEqual(
        await traces(storage, whole),
        { ...nothing, versions: [1, 0, 0, 0] },
        "what stands: the ticket as it was, leased by another",
      );
    },
  },
  {
    id: "write/whole/beside-sound-changes",
    rule: "In one write with conflicts and lost leases every other change is written whole.",
    async run({ storage }) {
      const [sound, stale, lost] = [
        aWhole(aKey({ workspaceId: "a" })),
        aWhole(aKey({ workspaceId: "b" })),
        aWhole(aKey({ workspaceId: "c" })),
      ];
      await stored(storage.auto, stale.customer);
      const lostHeads = everywhere(lost).heads.map((head) =>
        head.key.kind === "event" ? { ...head, lease: { id: "nobody's", extendMs: null } } : head,
      );
      const outcomes = await storage.auto.write([
        everywhere(sound),
        everywhere(stale),
        { ...everywhere(lost), heads: lostHeads },
      ]);
      expectEqual(outcomes, ["written", "conflict", "lost_lease"], "the outcomes");
      expectEqual(await traces(storage, sound), everything, "the sound change");
      const dueOfSound = everything.due;
      expectEqual(
        await traces(storage, stale),
        { ...nothing, versions: [0, 1, 0, 0], due: dueOfSound },
        "the conflict",
      );
      expectEqual(await traces(storage, lost), { ...nothing, due: dueOfSound }, "the lost lease");
    },
  },
  {
    id: "write/whole/cells-follow-the-version",
    rule: "A later version replaces document and cells alike.",
    async run({ storage }) {
      const whole = aWhole();
      await mustWrite(storage.auto, everywhere(whole));
      await rewritten(storage.auto, whole.event, {
        cells: { kind: "event", createdAt: minute(130), ticketId: whole.ticket.id, dead: true },
        state: { text: "second" },
      });
      const { items } = await storage.lists.events(whole.ticket.workspaceId, {
        limit: 10,
        cursor: null,
        dead: true,
      });
      expectEqual(items, [{ key: whole.event, version: 2, state: { text: "second" } }], "the dead events");
      const sentAt = minute(62);
      const ticket = { kind: "ticket", sentAt, resolvedBy: "eve" } as const;
      await rewritten(storage.auto, whole.ticket, { cells: ticket });
      const window = { from: minute(0), until: minute(24 * 60) };
      const answers = { workspaceId: whole.ticket.workspaceId, window, limit: 10, cursor: null };
      const [row] = (await storage.lists.answers(answers)).items;
      expectEqual(row?.sentAt, sentAt, "when the survey was sent");
    },
  },
];
