import type { DrizzleTx } from "@csat/postgres";
import { afterAll, beforeAll, describe } from "vitest";
import { aWorld, type World } from "./a-world.ts";
import type { OpenStorage } from "./open-storage.ts";
import { databases, inMemory, postgresDatabases } from "./storages.ts";

/** Makes a world on an emptied storage. */
export type MakeWorld = (
  change?: Omit<Parameters<typeof aWorld<DrizzleTx>>[0], "storage">,
) => Promise<World<DrizzleTx>>;

type OnDatabases = (title: string, tests: (make: MakeWorld, opened: () => OpenStorage) => void) => void;

/** Declares the same tests on PGlite, a Postgres server and MySQL or MariaDB. */
export const onDatabases: OnDatabases = (title, tests) => onEach(databases, title, tests);

/** Declares the same tests on PGlite and a Postgres server: they have SQL of their own. */
export const onPostgres: OnDatabases = (title, tests) => onEach(postgresDatabases, title, tests);

function onEach(those: typeof databases, ...[title, tests]: Parameters<OnDatabases>): void {
  describe.each(those)(`${title} — on %s`, (_name, open) => {
    let opened: OpenStorage | undefined;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(async () => opened?.close());
    const current = () => {
      if (opened === undefined) throw new Error("The storage is open in tests only.");
      return opened;
    };
    tests(async (change = {}) => aWorld({ storage: await current().fresh(), ...change }), current);
  });
}

/** Declares the same tests on memory, PGlite, a Postgres server and MySQL or MariaDB. */
export function onEveryStorage(title: string, tests: (make: MakeWorld) => void): void {
  describe(`${title} — in memory`, () => {
    tests(async (change = {}) => aWorld<DrizzleTx>({ storage: inMemory(), ...change }));
  });
  onDatabases(title, (make) => tests(make));
}
