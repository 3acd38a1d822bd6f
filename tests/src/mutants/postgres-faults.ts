import type { Fault } from "./fault.ts";

const fault = (file: string, name: string, right: string, wrong: string): Fault => ({
  name,
  file: `postgres/src/${file}.ts`,
  right,
  wrong,
});

/** Faults in `@csat/postgres`: what goes wrong in SQL. */
export const postgresFaults: readonly Fault[] = [
  fault(
    "surveys/arm-surveys",
    "a resolution at the time of the leaving arms",
    "input.resolved_at <= t.left_at",
    "input.resolved_at < t.left_at",
  ),
  fault(
    "surveys/arm-surveys",
    "a ticket is surveyed again after a mail that may have arrived",
    "s.status in ('canceled', 'skipped', 'failed') and s.may_have_reached",
    "false and s.may_have_reached",
  ),
  fault(
    "surveys/arm-surveys",
    "a batch is answered in another order",
    "const outcomes = outcomesInOrder<ArmOutcome>({",
    "const outcomes = ((given: { outcomes: readonly ArmOutcome[] }) => given.outcomes)({",
  ),
  fault(
    "claim-due",
    "leases are ignored",
    "(d.lease_until is null or d.lease_until <= clock_timestamp())",
    "true",
  ),
  fault("claim-due", "what is due exactly now is not claimed", "d.wake_at <= ${now}", "d.wake_at < ${now}"),
  fault("claim-due", "a flood goes first", "order by head.rank, head.wake_at", "order by head.wake_at"),
  fault(
    "claim-due",
    "a wake-up of an older generation is obeyed",
    "s.generation = ${generation}::int",
    "${generation}::int is not null",
  ),
  fault("surveys/begin-send", "a lease that ran out may begin", "and d.lease_until > clock_timestamp()", ""),
  fault(
    "surveys/begin-send",
    "the lease is not renewed",
    "set lease_until = clock_timestamp() + ${send.leaseForMs}::float8 * interval '1 millisecond'",
    "set lease_until = d.lease_until + ${send.leaseForMs}::float8 * interval '0 millisecond'",
  ),
  fault(
    "surveys/settle-send",
    "the attempt of an outage counts",
    "s.attempts - case when s.begun and not ${done.countsAsAttempt}::boolean then 1 else 0 end",
    "s.attempts + case when ${done.countsAsAttempt}::boolean then 0 else 0 end",
  ),
  fault(
    "surveys/claim-surveys",
    "statuses of a newer release are sent",
    "s.status in ('scheduled', 'sending')",
    "s.status not in ('sent', 'answered', 'canceled')",
  ),
  fault(
    "resolutions",
    "an automation at the same time comes first",
    "resolved_at, actor_id nulls last",
    "resolved_at, actor_id nulls first",
  ),
  fault("resolutions", "an erased ticket is written again", "where not t.erased and (", "where ("),
  fault(
    "outbox",
    "a late holder settles",
    "and d.lease_id = ${leaseId}::text and ${wakeAt} is not null",
    "and ${leaseId}::text is not null and ${wakeAt} is not null",
  ),
  fault("outbox", "a replay keeps the attempts", 'state: "pending", attempts: 0,', 'state: "pending",'),
  fault(
    "list-responses",
    "a window holds its end",
    "r.responded_at < ${window.until",
    "r.responded_at <= ${window.until",
  ),
  fault(
    "list-responses",
    "a page repeats its last row",
    "(r.responded_at, r.survey_id) < (",
    "(r.responded_at, r.survey_id) <= (",
  ),
  fault(
    "journal",
    "equal times are in any order",
    "order by j.at, j.entry_number",
    "order by j.at, j.entry_number desc",
  ),
  fault(
    "settings",
    "fields that are not named fall back to defaults",
    'case when ${named("subject")} then excluded.subject else saved.subject end',
    'case when ${named("subject")} then excluded.subject else excluded.subject end',
  ),
];
