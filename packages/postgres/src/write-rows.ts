import {
  addCounts,
  type Change,
  type CountDelta,
  type CountRow,
  type Due,
  type HeadChange,
  type HeadKind,
  type JournalRow,
  toCountRow,
  toEntryRow,
} from "@csat/core";

/** The parts of a write, each the rows of one kind. A part without rows is left out of the statement. */
export type Part =
  | HeadKind
  | ComparedPart
  | "forget"
  | "token"
  | "named"
  | "put"
  | "move"
  | "exclusion"
  | "journal"
  | "delta"
  | "spread";

/** Records of this kind that are compared and left as they are. */
export type ComparedPart = `vs_${HeadKind}`;

/** Rows of a write as they travel: `c` is the place of the change they belong to, `w` its workspace, `i` an id. */
export type Rows = ReadonlyMap<Part, readonly object[]>;

/** What a due row becomes: 1 waits, 2 was given up, 3 goes. */
type DueCode = 1 | 2 | 3;

/** Everything that changes write, as rows. */
export function rowsOfChanges(changes: readonly Change[]): Rows {
  const rows = new Map<Part, object[]>();
  for (const [c, change] of changes.entries()) {
    for (const head of change.heads) {
      const row = headRow(c, head);
      addRow(rows, head.key.kind, isAlone(change) ? { ...row, f: true } : row);
    }
    for (const { key, expected: e } of change.compared ?? [])
      addRow(rows, `vs_${key.kind}`, { c, w: key.workspaceId, i: key.id, e });
  }
  return new Map([...rows, ...sideRows(changes)]);
}

/** What changes write beside their records, as rows. */
export function sideRows(changes: readonly Change[]): Rows {
  const rows = new Map<Part, object[]>();
  const add = (part: Part, row: object) => addRow(rows, part, row);
  for (const [c, change] of changes.entries()) {
    for (const { hash, key } of change.tokens ?? [])
      add("token", { c, h: hash, k: key.kind, w: key.workspaceId, i: key.id });
    const ticket = change.heads.find(({ key }) => key.kind === "ticket")?.key;
    if (ticket === undefined) continue;
    const { workspaceId: w, id: i } = ticket;
    if (change.forget === true) add("forget", { c, w, i });
    for (const u of change.customers ?? []) add("named", { c, w, i, u });
    const { answer } = change;
    if (answer?.kind === "put") {
      const { surveyId, rating, comment, respondedAt, resolvedBy, slices = [] } = answer;
      const [b, sl] = [resolvedBy ?? "", arrayOf(slices)];
      add("put", { c, w, i, s: surveyId, r: rating, m: comment, at: respondedAt, b, sl });
    } else if (answer?.kind === "move") add("move", { c, w, i, b: answer.resolvedBy ?? "" });
    else if (answer?.kind === "mark") add("exclusion", { c, w, i, x: answer.excluded });
    for (const [n, entry] of (change.journal ?? []).entries())
      add("journal", { c, n, w, i, ...journalRow(entry) });
    for (const { parts, notAsked, ...figures } of deltaRows(change.deltas ?? [])) {
      // What is counted of the whole alone is written as if there were no parts.
      if (notAsked === 0 && parts.every((part) => part === "")) add("delta", { c, w, ...figures });
      else add("spread", { c, w, ...figures, parts: arrayOf(parts), notAsked });
    }
  }
  return rows;
}

type DeltaRow = Omit<CountRow, "part"> & { readonly parts: string[] };

/** Counts of one day, resolver and figures are one row, whatever the number of parts: an answer counts alike in each of them. */
function deltaRows(deltas: readonly CountDelta[]): readonly DeltaRow[] {
  const rows = new Map<string, DeltaRow>();
  // Added up: a row counts once in each of its parts.
  for (const delta of addCounts(deltas)) {
    const { part, ...figures } = toCountRow(delta);
    const key = Object.values(figures).join(" ");
    const row = rows.get(key);
    if (row === undefined) rows.set(key, { ...figures, parts: [part] });
    else row.parts.push(part);
  }
  return [...rows.values()];
}

function journalRow(entry: JournalRow): object {
  const { at, event, reason, actorId, eligibleAt, facts } = toEntryRow(entry);
  return { at, e: event, r: reason, a: actorId, ea: eligibleAt, fa: facts };
}

/** As Postgres spells an array: drivers spell theirs in several ways. */
function arrayOf(texts: readonly string[]): string {
  return `{${texts.map((text) => `"${text.replace(/["\\]/g, "\\$&")}"`).join(",")}}`;
}

function addRow(rows: Map<Part, object[]>, part: Part, row: object): void {
  const list = rows.get(part);
  if (list === undefined) rows.set(part, [row]);
  else list.push(row);
}

/** True for one new record by itself, where nothing is compared: it can be inserted before anything is compared. */
export function isAlone({ heads: [head, ...others], compared = [] }: Change): boolean {
  return others.length + compared.length === 0 && head?.expected === 0 && head.lease === undefined;
}

function headRow(c: number, { key, expected, state, cells, due, lease }: HeadChange): object {
  return {
    c,
    w: key.workspaceId,
    i: key.id,
    e: expected,
    s: state,
    ...(cells?.kind === "ticket" ? { sa: cells.sentAt, rb: cells.resolvedBy } : {}),
    ...(cells?.kind === "customer" ? { su: cells.suppressedAt } : {}),
    ...(cells?.kind === "event" ? { ca: cells.createdAt, ti: cells.ticketId, de: cells.dead } : {}),
    ...(due === undefined ? {} : dueRow(due)),
    ...(lease === undefined ? {} : { li: lease.id, le: lease.extendMs }),
  };
}

function dueRow(due: Due | null): object {
  const code = (d: DueCode) => d;
  if (due === null) return { d: code(3) };
  return due.kind === "waiting"
    ? {
        d: code(1),
        wa: due.wakeAt,
        fd: due.firstDueAt,
        ...(due.failing === undefined ? {} : { fr: due.failing }),
      }
    : { d: code(2), fa: due.failedAt, fr: due.reason };
}
