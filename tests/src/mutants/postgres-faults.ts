import { type Fault, faultsIn } from "./fault.ts";

/** Faults in what `@csat/postgres` writes: locks, versions, leases, and what stands beside records. */
export const postgresFaults: readonly Fault[] = [
  ...faultsIn("postgres/src/write-statement.ts", [
    [
      "an older version is taken",
      "bulk/write/another-version-conflicts",
      "coalesce(l.v, 0) <> x.e",
      "coalesce(l.v, 0) < x.e",
    ],
    [
      "records are compared without a lock",
      "locks/bulk/stored-records-in-opposite-orders",
      "order by x.w, x.i for update of h ${skip}",
      "order by x.w, x.i",
    ],
    [
      "a bulk write locks in the order of its changes",
      "locks/bulk/stored-records-in-opposite-orders",
      "order by x.w, x.i for update of h ${skip}",
      "order by x.c for update of h ${skip}",
    ],
    [
      "every holder may settle",
      "bulk/lease/write/somebody-else",
      "d.lease_id = x.li and",
      "d.lease_id is not null and",
    ],
    [
      "a lease that ran out holds",
      "bulk/lease/write/after-it-ran-out",
      "and d.lease_until > clock_timestamp()",
      "",
    ],
    [
      "a lost lease hides a conflict",
      "bulk/lease/write/conflicts-come-first",
      "from lost where c not in (select c from conflicted)",
      "from lost",
    ],
    [
      "the lease of an equal id elsewhere holds",
      "bulk/lease/write/equal-ids",
      "on d.workspace_id = x.w and d.id = x.i\n  where x.li",
      "on d.id = x.i\n  where x.li",
    ],
    [
      "a record without a row is leased to anybody",
      "bulk/lease/write/absent-record",
      "where x.li is not null and not ${isHeld(kind)}",
      "where x.li is not null and ${isLocked(kind)} and not ${isHeld(kind)}",
    ],
    [
      "new records of a conflict are stored",
      "bulk/write/whole/conflict-stores-nothing-new",
      'select ${valuesOf(kind)} from ${name(kind, "in")} x join sound using (c)',
      'select ${valuesOf(kind)} from ${name(kind, "in")} x',
    ],
    [
      "records of a conflict are updated",
      "bulk/write/whole/conflict-changes-nothing-that-stands",
      'from ${name(kind, "in")} x join done using (c)\n  where h.workspace_id',
      'from ${name(kind, "in")} x\n  where h.workspace_id',
    ],
    [
      "a version counts by two",
      "bulk/write/versions-count-the-writes",
      "version = h.version + 1",
      "version = h.version + 2",
    ],
    [
      "setting what is due keeps the lease",
      "bulk/lease/setting-due-ends-it",
      "ready = false, lease_id = null, lease_until = null",
      "ready = false",
    ],
    [
      "a lease that is given back ran out",
      "bulk/lease/given-back",
      "lease_until = case when x.le = 0 then null else",
      "lease_until = case when x.le < 0 then null else",
    ],
    [
      "a lease is extended from its end on",
      "bulk/lease/extended-from-now",
      "else clock_timestamp() + x.le",
      "else d.lease_until + x.le",
    ],
    [
      "ending due work forgets the workspace",
      "bulk/isolation/workspaces",
      "x.d = 3 and d.workspace_id = x.w and d.id = x.i",
      "x.d = 3 and d.id = x.i",
    ],
    [
      "giving back a lease forgets the workspace",
      "bulk/isolation/leases",
      "x.le is not null and d.workspace_id = x.w and d.id = x.i",
      "x.le is not null and d.id = x.i",
    ],
  ]),
  ...faultsIn("postgres/src/write-sides.ts", [
    [
      "forgetting forgets the workspace",
      "forget/nothing-else",
      "where t.workspace_id = x.w and ${sql",
      "where ${sql",
    ],
    ["links of a customer with the ticket's id go too", "forget/nothing-else", " and t.kind = 'ticket'", ""],
    [
      "forgotten events take due work of another workspace along",
      "forget/nothing-else",
      "using forgotten_events x where d.workspace_id = x.w and d.id = x.i",
      "using forgotten_events x where d.id = x.i",
    ],
    [
      "events that were delivered already stay",
      "forget/after-the-end",
      "e using forgotten_locked x where e.workspace_id = x.w and e.id = x.i",
      "e using forgotten_locked x where e.workspace_id = x.w and e.id = x.i and exists (select 1 from ${tables.due_events} d where d.workspace_id = e.workspace_id and d.id = e.id)",
    ],
    [
      "entries of a change are told backwards",
      "journal/equal-times",
      "order by x.c, x.n",
      "order by x.c, x.n desc",
    ],
    [
      "an answer of an equal ticket elsewhere moves too",
      "isolation/workspaces",
      '["resolved_by", "b", "text"]])}\n  where a.workspace_id = x.w and a.ticket_id = x.i',
      '["resolved_by", "b", "text"]])}\n  where a.ticket_id = x.i',
    ],
    [
      "the last answer wins",
      "answers/put-once",
      '["slices", "sl", "text", "text[]"],\n      ],\n      otherwise: "on conflict do nothing",',
      '["slices", "sl", "text", "text[]"],\n      ],\n      otherwise: "on conflict (workspace_id, ticket_id) do update set rating = excluded.rating",',
    ],
    ["answers are not counted", "counts/by-day-and-resolver", '...["sent", "answered", ', '...["sent", '],
  ]),
  ...faultsIn("postgres/src/write-rows.ts", [
    [
      "what is counted of a part is counted of the whole",
      "parts/by-part-and-day",
      'if (notAsked === 0 && parts.every((part) => part === ""))',
      "if (notAsked === 0)",
    ],
    ["a change is counted in its first part alone", "parts/literal-prefix", "else row.parts.push(part);", ""],
    ["a line loses the date that it was told", "history/as-it-was-told", "ea: eligibleAt", "ea: null"],
  ]),
  ...faultsIn("postgres/src/write-compared.ts", [
    [
      "a record that is compared is not locked",
      "bulk/write/compared/race/behind-an-open-write",
      "for share of h",
      "-- of h",
    ],
    [
      "changes that compare one record hold up each other",
      "bulk/write/compared/race/together",
      "for share of h",
      "for update of h",
    ],
    [
      "what is compared with 0 may be stored",
      "bulk/write/compared/another-version-conflicts",
      "where x.e = 0 and h.version > 0",
      "where false",
    ],
    [
      "a record that was only locked counts as stored",
      "bulk/write/compared/in-transactions",
      "where x.e = 0 and h.version > 0",
      "where x.e = 0",
    ],
    [
      "an equal id elsewhere is compared",
      "write/compared/by-many-changes",
      "(x.w, x.i, x.e) not in (select l.w, l.i, l.v from ${locked} l)",
      "x.e not in (select l.v from ${locked} l)",
    ],
  ]),
  ...faultsIn("postgres/src/write-changes.ts", [
    [
      "two new records of a change are stored one by one",
      "write/race/behind-an-open-insert",
      "if (heads.length + compared.length < 2 ||",
      "if (heads.length + compared.length < 1_000 ||",
    ],
    [
      "what a write meets was lost, not in conflict",
      "write/another-version-conflicts",
      'changes.map(() => "conflict")',
      'changes.map(() => "lost_lease")',
    ],
  ]),
  ...faultsIn("postgres/src/batched.ts", [
    [
      "calls for one record share a statement",
      "write/race/behind-another-record",
      "own.some((key) => keys.has(key) ||",
      "own.some((key) => keys.has(JSON.stringify(key)) ||",
    ],
  ]),
  ...faultsIn("postgres/src/read-heads.ts", [
    [
      "what is not stored is not locked",
      "locks/absent-records-too",
      '0${values} from ${input(sql.placeholder("keys"))} order by',
      '0${values} from ${input(sql.placeholder("keys"))} where exists (select 1 from ${table} s where s.workspace_id = x.w and s.id = x.i) order by',
    ],
    [
      "a locking read locks nothing",
      "locks/the-following-write-succeeds",
      "do update set version = h.version where false",
      "do nothing",
    ],
    [
      "a link opens whatever has the id",
      "tokens/open-records",
      "where k.kind = ${sql.raw(`'${kind}'`)} and ${",
      "where ${",
    ],
    [
      "a link opens an equal id of another workspace",
      "isolation/workspaces",
      "on h.workspace_id = k.workspace_id and h.id = k.id",
      "on h.id = k.id",
    ],
  ]),
];
