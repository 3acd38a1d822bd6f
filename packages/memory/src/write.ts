import type { AnswerChange, Change, HeadChange, JournalRow, Json, Key, WriteOutcome } from "@csat/core";
import { count } from "./counts.ts";
import { draftTables, keyText, type Tables, ticketText } from "./tables.ts";

/** Writes each change whole or not at all, one after the other. */
export function write(tables: Tables, changes: readonly Change[]): readonly WriteOutcome[] {
  return changes.map((change) => {
    const refusal = refusalOf(tables, change);
    if (refusal !== null) return refusal;
    const draft = draftTables(tables);
    apply(draft, change);
    draft.commit();
    return "written";
  });
}

/** Every record is compared before any is written. */
function refusalOf(tables: Tables, { heads, compared = [] }: Change): WriteOutcome | null {
  if ([...heads, ...compared].some(({ key, expected }) => versionOf(tables, key) !== expected))
    return "conflict";
  return heads.some((head) => !holdsLease(tables, head)) ? "lost_lease" : null;
}

function versionOf(tables: Tables, key: Key): number {
  return tables.heads.get(keyText(key))?.head.version ?? 0;
}

function holdsLease(tables: Tables, { key, lease }: HeadChange): boolean {
  if (lease === undefined) return true;
  const held = tables.due.get(keyText(key))?.lease ?? null;
  return held !== null && held.id === lease.id && held.until > tables.leaseClock.now();
}

function apply(tables: Tables, { heads, forget, tokens, customers, answer, journal, deltas }: Change): void {
  const ticket = heads.find(({ key }) => key.kind === "ticket")?.key;
  if (ticket !== undefined && forget === true) forgetTicket(tables, ticket);
  for (const head of heads) writeHead(tables, head);
  const createdAt = tables.leaseClock.now();
  for (const { hash, key } of tokens ?? []) tables.tokens.set(hash, { key, createdAt });
  if (ticket === undefined) return;
  for (const customer of customers ?? []) {
    const { workspaceId, id: ticketId } = ticket;
    const named = { workspaceId, customer, ticketId };
    tables.customerTickets.set(JSON.stringify([workspaceId, customer, ticketId]), named);
  }
  if (answer !== undefined) writeAnswer(tables, ticket, answer);
  if (journal !== undefined) {
    const rows = journal.map((entry) => ({ entry: asKept(entry), number: tables.nextEntry() }));
    tables.journal.set(keyText(ticket), [...(tables.journal.get(keyText(ticket)) ?? []), ...rows]);
  }
  for (const delta of deltas ?? []) count(tables, ticket.workspaceId, delta);
}

function writeHead(tables: Tables, { key, expected, state, cells, due, lease }: HeadChange): void {
  const text = keyText(key);
  tables.heads.set(text, { head: { key, version: expected + 1, state: asJson(state) }, cells });
  if (due === null) tables.due.delete(text);
  else if (due !== undefined) tables.due.set(text, { key, due, lease: null });
  else if (lease !== undefined && lease.extendMs !== null) extendLease(tables, text, lease.extendMs);
}

/** As a database keeps it: without fields that are undefined. */
function asJson(state: Json): Json {
  return JSON.parse(JSON.stringify(state)) as Json; // What was made of a document is one.
}

function asKept({ facts, ...entry }: JournalRow): JournalRow {
  return facts === undefined ? entry : { ...entry, facts: asJson(facts) };
}

function extendLease(tables: Tables, text: string, extendMs: number): void {
  const row = tables.due.get(text);
  if (row === undefined || row.lease === null) return;
  const until = new Date(tables.leaseClock.now().getTime() + extendMs);
  tables.due.set(text, { ...row, lease: extendMs === 0 ? null : { ...row.lease, until } });
}

function writeAnswer(tables: Tables, ticket: Key, answer: AnswerChange): void {
  const text = keyText(ticket);
  const row = tables.answers.get(text);
  if (answer.kind === "put") {
    if (row !== undefined) return;
    const { surveyId, rating, comment, respondedAt, resolvedBy, slices = [] } = answer;
    const { workspaceId, id: ticketId } = ticket;
    const response = { workspaceId, ticketId, surveyId, rating, comment, respondedAt };
    tables.answers.set(text, { response, resolvedBy, excluded: false, slices });
    return;
  }
  if (row === undefined) return;
  const { kind: _, ...changed } = answer;
  tables.answers.set(text, { ...row, ...changed });
}

function forgetTicket(tables: Tables, ticket: Key): void {
  const text = keyText(ticket);
  tables.answers.delete(text);
  tables.journal.delete(text);
  for (const [hash, { key }] of tables.tokens.entries())
    if (keyText(key) === text) tables.tokens.delete(hash);
  for (const [pair, named] of tables.customerTickets.entries())
    if (ticketText(named) === text) tables.customerTickets.delete(pair);
  for (const [event, { head, cells }] of tables.heads.entries()) {
    if (
      cells?.kind !== "event" ||
      cells.ticketId !== ticket.id ||
      head.key.workspaceId !== ticket.workspaceId
    )
      continue;
    tables.heads.delete(event);
    tables.due.delete(event);
  }
}
