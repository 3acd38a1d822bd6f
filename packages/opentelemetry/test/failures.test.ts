import type { DeliveryResult, MailOutcome } from "@csat/core";
import { SpanStatusCode } from "@opentelemetry/api";
import { expect, test } from "vitest";
import { aWorld } from "./a-world.ts";

type World = Awaited<ReturnType<typeof aWorld>>;

/** Status and `error.type` of the last span of that name. */
function last({ spans }: World, name: string) {
  const span = spans().findLast((one) => one.name === name);
  return [span?.status.code, span?.attributes["error.type"]];
}

/** The `error.type`s beside a counter. */
async function errorTypes({ collected }: World, counter: string) {
  const metrics = (await collected()).flatMap((scope) => scope.metrics);
  const points = metrics.find(({ descriptor }) => descriptor.name === counter)?.dataPoints ?? [];
  return points.map(({ attributes }) => attributes["error.type"]);
}

test.each<readonly [MailOutcome, string]>([
  [{ kind: "refused", error: "550 5.1.1 <dana@example.com> is unknown" }, "recipient_refused"],
  [{ kind: "unavailable", error: "450", concerns: "recipient" }, "recipient_unavailable"],
  [{ kind: "unavailable", error: "550 5.4.5", concerns: "sender" }, "sender_unavailable"],
  [{ kind: "unavailable", error: "ECONNREFUSED", concerns: "route" }, "route_unavailable"],
  [{ kind: "unavailable", error: "451", concerns: "unknown" }, "unavailable"],
  [{ kind: "unknown", error: "broke after DATA" }, "indeterminate"],
])("a mail that ends as %j fails its span and its counter as %s", async (outcome, errorType) => {
  const world = await aWorld();
  await world.resolve();
  world.mailer.answerNext(outcome);
  await world.clock.advance({ hours: 1 });
  await world.csat.runDue();
  expect(last(world, "csat.send_survey")).toEqual([SpanStatusCode.ERROR, errorType]);
  expect(await errorTypes(world, "csat.mails.failed")).toEqual([errorType]);
});

test.each<readonly [string | undefined, string]>([
  ["503", "503"],
  ["ECONNREFUSED", "ECONNREFUSED"],
  [undefined, "_OTHER"],
  ["dana@example.com said no", "_OTHER"],
])("a delivery whose transport says %j fails its span and its counter as %s", async (said, errorType) => {
  const result: DeliveryResult = {
    ok: false,
    retryable: true,
    retryAfterMs: null,
    error: "HTTP 503",
    ...(said === undefined ? {} : { errorType: said }),
  };
  const world = await aWorld({ result: () => result });
  await answered(world);
  await world.csat.runDue();
  expect(last(world, "csat.deliver_event")).toEqual([SpanStatusCode.ERROR, errorType]);
  expect(await errorTypes(world, "csat.deliveries.failed")).toEqual([errorType]);
});

test("what went well has no error.type", async () => {
  const world = await aWorld({ result: () => ({ ok: true }) });
  await answered(world);
  await world.csat.runDue();
  for (const { status, attributes } of world.spans())
    expect([status.code, attributes["error.type"]]).toEqual([SpanStatusCode.UNSET, undefined]);
  expect((await world.collected()).flatMap((scope) => scope.metrics)).not.toEqual(
    expect.arrayContaining([
      expect.objectContaining({ descriptor: expect.objectContaining({ name: "csat.mails.failed" }) }),
    ]),
  );
});

test("a survey that cannot be looked at fails its span by the reason of the journal", async () => {
  const world = await aWorld();
  await world.resolve();
  world.tickets.failWith(new Error("down"));
  await world.clock.advance({ hours: 1 });
  await world.csat.runDue();
  expect(last(world, "csat.send_survey")).toEqual([SpanStatusCode.ERROR, "ticket_source_failed"]);
});

async function answered(world: World): Promise<void> {
  await world.resolve();
  await world.clock.advance({ hours: 1 });
  await world.csat.runDue();
  const [, token = ""] = /\/r\/([\w-]+)/.exec(world.mailer.sent[0]?.text ?? "") ?? [];
  await world.csat.submitResponse({ token, rating: 1 });
}
