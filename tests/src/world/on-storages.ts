import type { DrizzleTx } from "@csat/postgres";
import { afterAll, beforeAll, describe } from "vitest";
import { aWorld, type World } from "./a-world.ts";
import { inMemory, type OpenStorage, postgresStorages } from "./storages.ts";

/** Makes a world on an emptied storage. */
export type MakeWorld = (
  change?: Omit<Parameters<typeof aWorld<DrizzleTx>>[0], "storage">,
) => Promise<World<DrizzleTx>>;

/** Declares the same tests on PGlite and on a Postgres server. */
export function onPostgres(title: string, tests: (make: MakeWorld, opened: () => OpenStorage) => void): void {
  describe.each(postgresStorages)(`${title} — on %s`, (_name, open) => {
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

/** Declares the same tests on memory, PGlite and a Postgres server. */
export function onEveryStorage(title: string, tests: (make: MakeWorld) => void): void {
  describe(`${title} — in memory`, () => {
    tests(async (change = {}) => aWorld<DrizzleTx>({ storage: inMemory(), ...change }));
  });
  onPostgres(title, (make) => tests(make));
}
