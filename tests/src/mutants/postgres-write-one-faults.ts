import { type Fault, faultsIn } from "./fault.ts";

/** Faults in how `@csat/postgres` writes a change by itself. */
export const postgresWriteOneFaults: readonly Fault[] = [
  ...faultsIn("postgres/src/write-one.ts", [
    [
      "one change: an older version is taken",
      "write/another-version-conflicts",
      'and h.version = ${value(kind, "e", "int")} ${behind()}',
      'and h.version >= ${value(kind, "e", "int")} ${behind()}',
    ],
    [
      "one change: in a transaction any version is taken",
      "write/in-transactions-too",
      'and h.version = ${value(kind, "e", "int")} returning',
      "returning",
    ],
    [
      "one change: records are compared without a lock",
      "locks/the-following-write-succeeds",
      'for update ${sql.raw(skipsLocked ? "skip locked" : "")}',
      "",
    ],
    [
      "one change: every holder may settle",
      "lease/write/somebody-else",
      'd.lease_id = ${value(kind, "lease_id", "text")}',
      "d.lease_id is not null",
    ],
    [
      "one change: a lease that ran out holds",
      "lease/write/after-it-ran-out",
      "and d.lease_until > clock_timestamp() ${behind} for update",
      "${behind} for update",
    ],
    [
      "one change: a lost lease hides a conflict",
      "lease/write/conflicts-come-first",
      "select c, 'lost_lease' from ${sql.raw(last)} where not exists (select from held)",
      "select 0, 'lost_lease' where not exists (select from held)",
    ],
    [
      "one change: the lease of an equal id elsewhere holds",
      "lease/write/equal-ids",
      'd where ${isThe("d", kind)} and d.lease_id',
      'd where d.id = ${value(kind, "i", "text")} and d.lease_id',
    ],
    [
      "one change: setting what is due keeps the lease",
      "lease/setting-due-ends-it",
      "reason = excluded.reason, ready = false, lease_id = null, lease_until = null",
      "reason = excluded.reason, ready = false",
    ],
    [
      "one change: a lease that is given back ran out",
      "lease/given-back",
      "lease_until = case when ${extend} = 0 then null else",
      "lease_until = case when ${extend} < 0 then null else",
    ],
    [
      "one change: a version counts by two",
      "write/versions-count-the-writes",
      "set version = h.version + 1",
      "set version = h.version + 2",
    ],
    [
      "one change: a new record beside a conflict is stored",
      "write/whole/conflict-stores-nothing-new",
      'where not exists (select from ${table} there where ${isThe("there", kind)}) ${behind} on conflict',
      'where not exists (select from ${table} there where ${isThe("there", kind)}) on conflict',
    ],
    [
      "one change: records of a conflict are updated",
      "write/whole/conflict-changes-nothing-that-stands",
      "${update(tables, kind)} from done where",
      "${update(tables, kind)} where",
    ],
    [
      "one change: what is no longer due stays due",
      "failed/until-it-is-retried",
      'if (due === "end")',
      'if (due === "end" && kind === "event")',
    ],
  ]),
  ...faultsIn("postgres/src/write-compared.ts", [
    [
      "one change: any version that is compared is taken",
      "write/compared/another-version-conflicts",
      'select 0 as c ${from} and h.version = ${value("e", "int")} ${behind}',
      'select 0 as c ${from} and h.version > ${value("e", "int")} - 2 ${behind}',
    ],
    [
      "one change: a record that is compared is not locked",
      "write/compared/race/before-a-writer",
      'for share ${sql.raw(skipsLocked ? "skip locked" : "")}\n)`;\n}\n\n/** The part',
      "\n)`;\n}\n\n/** The part",
    ],
    [
      "one change: those that compare one record hold up each other",
      "write/compared/race/together",
      'for share ${sql.raw(skipsLocked ? "skip locked" : "")}\n)`;\n}\n\n/** The part',
      'for update ${sql.raw(skipsLocked ? "skip locked" : "")}\n)`;\n}\n\n/** The part',
    ],
    [
      "one change: what is compared with 0 may be stored",
      "write/compared/another-version-conflicts",
      'where not exists (select ${from} and h.version > ${value("e", "int")})',
      'where not exists (select ${from} and h.version < ${value("e", "int")})',
    ],
    [
      "one change: a record that was only locked counts as stored",
      "write/compared/in-transactions",
      'where not exists (select ${from} and h.version > ${value("e", "int")})',
      'where not exists (select ${from} and h.version >= ${value("e", "int")})',
    ],
    [
      "one change: locks are not taken in the order of ids",
      "write/compared/race/each-other-of-one-kind",
      'isBefore ? "before" : "after"',
      '"after"',
    ],
  ]),
];
