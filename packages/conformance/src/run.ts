import { CsatError } from "@csat/core";
import type {
  ChannelFixture,
  ConformanceCase,
  Harness,
  MailerFixture,
  SchedulerFixture,
  StorageFixture,
  TestRunner,
  WebhookTransportFixture,
} from "./case.ts";
import { channelCases } from "./channel/channel-cases.ts";
import { mailerCases } from "./mailer/mailer-cases.ts";
import { schedulerCases } from "./scheduler/scheduler-cases.ts";
import { storageCases } from "./storage/storage-cases.ts";
import { webhookTransportCases } from "./webhook-transport/webhook-transport-cases.ts";

/**
 * Proves a storage: registers every storage case with `runner`, under `name`.
 * @throws CsatError `invalid_config` when `harness.known` names a case that does not exist or gives no reason.
 */
export function testStorage<Tx>(
  name: string,
  harness: Harness<StorageFixture<Tx>>,
  runner: TestRunner,
): void {
  testCases({ name, cases: storageCases, harness, runner });
}

/**
 * Proves a scheduler: registers every scheduler case with `runner`, under `name`.
 * @throws CsatError `invalid_config` when `harness.known` names a case that does not exist or gives no reason.
 */
export function testScheduler(name: string, harness: Harness<SchedulerFixture>, runner: TestRunner): void {
  testCases({ name, cases: schedulerCases, harness, runner });
}

/**
 * Proves a mailer: registers every mailer case with `runner`, under `name`.
 * @throws CsatError `invalid_config` when `harness.known` names a case that does not exist or gives no reason.
 */
export function testMailer(name: string, harness: Harness<MailerFixture>, runner: TestRunner): void {
  testCases({ name, cases: mailerCases, harness, runner });
}

/**
 * Proves the mailer of a channel without e-mail addresses: registers every case for one with `runner`, under `name`.
 * @throws CsatError `invalid_config` when `harness.known` names a case that does not exist or gives no reason.
 */
export function testChannel(name: string, harness: Harness<ChannelFixture>, runner: TestRunner): void {
  testCases({ name, cases: channelCases, harness, runner });
}

/**
 * Proves a webhook transport: registers every case for one with `runner`, under `name`.
 * @throws CsatError `invalid_config` when `harness.known` names a case that does not exist or gives no reason.
 */
export function testWebhookTransport(
  name: string,
  harness: Harness<WebhookTransportFixture>,
  runner: TestRunner,
): void {
  testCases({ name, cases: webhookTransportCases, harness, runner });
}

/**
 * Registers `cases` with `runner`: the way to run a selection, or cases of one's own.
 * @throws CsatError `invalid_config` when `harness.known` names a case that does not exist or gives no reason.
 */
export function testCases<CaseFixture, Fixture extends CaseFixture>({
  name,
  cases,
  harness,
  runner,
}: {
  readonly name: string;
  readonly cases: readonly ConformanceCase<CaseFixture>[];
  readonly harness: Harness<Fixture>;
  readonly runner: TestRunner;
}): void {
  const known = new Map(Object.entries(harness.known ?? {}));
  refuseWrongKnown({ name, known, cases });
  runner.describe(name, () => {
    const open: { close(): Promise<void> }[] = [];
    // A case that runs into the runner's time limit never ends by itself; afterEach closes its fixture all the same.
    runner.afterEach(async () => {
      for (const fixture of open.splice(0)) await fixture.close();
    });
    for (const one of cases) {
      const reason = known.get(one.id);
      if (reason !== undefined) {
        runner.skip(`${one.id}: ${one.rule} (known: ${reason})`);
        continue;
      }
      runner.it(`${one.id}: ${one.rule}`, async () => {
        const fixture = await harness.create();
        open.push(fixture);
        await one.run(fixture);
      });
    }
  });
}

function refuseWrongKnown({
  name,
  known,
  cases,
}: {
  readonly name: string;
  readonly known: ReadonlyMap<string, string>;
  readonly cases: readonly { readonly id: string }[];
}): void {
  const ids = new Set(cases.map(({ id }) => id));
  for (const [id, reason] of known) {
    if (!ids.has(id)) {
      throw new CsatError(
        "invalid_config",
        `The harness of "${name}" knows the case "${id}", which does not exist. Take it out, or correct the id.`,
      );
    }
    if (reason.trim() === "") {
      throw new CsatError(
        "invalid_config",
        `The harness of "${name}" gives no reason for "${id}". Say why the adapter cannot keep the rule.`,
      );
    }
  }
}
