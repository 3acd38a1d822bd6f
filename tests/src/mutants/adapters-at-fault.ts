import type { Fault } from "./fault.ts";
import { memoryFaults } from "./memory-faults.ts";
import { memoryPruneFaults } from "./memory-prune-faults.ts";
import { memoryReadFaults } from "./memory-read-faults.ts";
import { mysqlFaults } from "./mysql-faults.ts";
import { mysqlPruneFaults } from "./mysql-prune-faults.ts";
import { mysqlReadFaults } from "./mysql-read-faults.ts";
import { postgresFaults } from "./postgres-faults.ts";
import { postgresPruneFaults } from "./postgres-prune-faults.ts";
import { postgresReadFaults } from "./postgres-read-faults.ts";
import { postgresWriteOneFaults } from "./postgres-write-one-faults.ts";

/** An adapter of ours, how its kit is run, and what is planted into it. */
export interface AdapterAtFault {
  readonly name: string;
  /** The file that runs the kit on it, beside this one. */
  readonly entry: string;
  readonly faults: readonly Fault[];
}

/** All of them. */
export const adaptersAtFault: readonly AdapterAtFault[] = [
  {
    name: "@csat/memory",
    entry: "./memory-kit.ts",
    faults: [...memoryFaults, ...memoryReadFaults, ...memoryPruneFaults],
  },
  {
    name: "@csat/postgres",
    entry: "./postgres-kit.ts",
    faults: [...postgresFaults, ...postgresWriteOneFaults, ...postgresReadFaults, ...postgresPruneFaults],
  },
  {
    name: "@csat/mysql",
    entry: "./mysql-kit.ts",
    faults: [...mysqlFaults, ...mysqlReadFaults, ...mysqlPruneFaults],
  },
];
