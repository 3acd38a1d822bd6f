import type { ClaimRef, Delivery } from "@csat/core";
import { expect, test } from "vitest";
import { connections, meeting } from "./support/connections.ts";
import { aBegunSend, answerTo, aTicket, at } from "./support/survey-steps.ts";

const server = connections();
const leaseForMs = 600_000;

/** An answered survey's event, and how to claim it. */
async function anEvent() {
  const ref = aTicket();
  const { tokenHash } = await aBegunSend(server.storage(), ref);
  const answer = answerTo(tokenHash);
  await server.storage().responses.record(answer);
  const { workspaceId } = ref;
  const only = { workspaceId, id: answer.eventId };
  const claim = async (now = at(61), leaseMs = leaseForMs): Promise<ClaimRef | null> => {
    const request = { now, leaseForMs: leaseMs, limit: 1, only };
    const [claimed] = await server.storage().outbox.claimDue(request);
    return claimed === undefined ? null : { ...only, leaseId: claimed.leaseId };
  };
  const deliveries = async () => {
    const page = await server.storage().outbox.list(workspaceId, { limit: 1, cursor: null, dead: false });
    return page.items[0]?.deliveries;
  };
  return { ref, id: answer.eventId, workspaceId, claim, deliveries };
}

async function claimed(claim: () => Promise<ClaimRef | null>): Promise<ClaimRef> {
  const got = await claim();
  if (got === null) throw new Error("the event was not due");
  return got;
}

function delivery(state: Delivery["state"], retryAt: Date | null = null): Delivery {
  return { endpointId: "crm", state, attempts: 6, retryAt, lastError: state === "gave_up" ? "500" : null };
}

test.each([delivery("pending", at(70)), delivery("delivered")])(
  "a worker that wakes up late cannot overwrite what a newer one settled ($state)",
  async (late) => {
    const event = await anEvent();
    const first = await claimed(() => event.claim(at(61), 0));
    const second = await claimed(() => event.claim());
    expect(await server.storage().outbox.settle({ ...first, deliveries: [late] })).toBe("lost_lease");
    expect(await event.deliveries()).toEqual([]);
    expect(await server.storage().outbox.settle({ ...second, deliveries: [delivery("delivered")] })).toBe(
      "done",
    );
    expect(await server.storage().outbox.settle({ ...second, deliveries: [late] })).toBe("lost_lease");
    expect(await event.deliveries()).toEqual([delivery("delivered")]);
  },
);

test("a replay while the event is being delivered is not undone by the settlement that follows", async () => {
  // S54
  const event = await anEvent();
  const [dead, waiting] = [delivery("gave_up"), { ...delivery("pending", at(62)), endpointId: "chat" }];
  const first = await claimed(() => event.claim());
  await server.storage().outbox.settle({ ...first, deliveries: [dead, waiting] });
  const second = await claimed(() => event.claim(at(62)));
  expect(await server.storage().outbox.replay(event.workspaceId, event.id, at(63))).toBe(true);
  const settled = [dead, { ...waiting, state: "delivered", retryAt: null } as const];
  expect(await server.storage().outbox.settle({ ...second, deliveries: settled })).toBe("lost_lease");
  expect(await event.deliveries()).toEqual([
    { ...dead, state: "pending", attempts: 0, retryAt: at(63), lastError: null },
    waiting,
  ]);
  expect(await event.claim(at(63))).not.toBeNull();
});

test("an event is due at once, by a clock that is behind the one of the answer as well", async () => {
  const event = await anEvent();
  expect(await event.claim(at(0))).not.toBeNull();
});

test("a pending delivery without a time keeps its event unsettled and is not due", async () => {
  const event = await anEvent();
  const lease = await claimed(() => event.claim());
  await server.storage().outbox.settle({ ...lease, deliveries: [delivery("pending")] });
  expect(await event.claim(at(1_000_000))).toBeNull();
});

test("a claim that waited for nobody reads the deliveries as they are now", async () => {
  const event = await anEvent();
  const lease = await claimed(() => event.claim());
  const met = await meeting(
    server,
    ({ outbox }) => outbox.settle({ ...lease, deliveries: [delivery("pending", at(61))] }),
    () => event.claim(),
  );
  expect([met.first, met.second, met.waited]).toEqual(["done", null, false]);
  const { outbox } = server.storage();
  const only = { workspaceId: event.workspaceId, id: event.id };
  const later = await outbox.claimDue({ now: at(61), leaseForMs, limit: 1, only });
  expect(later.map(({ row }) => row.deliveries)).toEqual([[delivery("pending", at(61))]]);
});

test("an erase that waits for a settlement removes the event and its due work", async () => {
  // S56
  const event = await anEvent();
  const lease = await claimed(() => event.claim());
  const met = await meeting(
    server,
    ({ outbox }) => outbox.settle({ ...lease, deliveries: [delivery("pending", at(70))] }),
    ({ surveys }) => surveys.erase([event.ref]),
  );
  expect([met.first, met.waited]).toEqual(["done", true]);
  expect(await event.deliveries()).toBeUndefined();
  const { rows } = await server
    .pool()
    .query("select 1 from csat.due_events where workspace_id = $1", [event.workspaceId]);
  expect(rows).toEqual([]);
});
