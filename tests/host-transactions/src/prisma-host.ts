import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { fromPrisma, type PrismaTransaction } from "@csat/core/transactions";
import { PrismaPg } from "@prisma/adapter-pg";
import { type HostLibrary, untyped } from "./host.ts";

/** What is used of the client that Prisma generates. */
interface PrismaClient extends PrismaTransaction {
  $transaction<Result>(
    work: (tx: PrismaTransaction) => Promise<Result>,
    options: { readonly isolationLevel?: string; readonly timeout: number },
  ): Promise<Result>;
  $disconnect(): Promise<void>;
}

const folder = new URL("..", import.meta.url);

/** Prisma over its driver adapter: the way that needs no engine of its own. */
export const prismaHost: HostLibrary = {
  name: "fromPrisma",
  async open(url) {
    const prisma = new URL("node_modules/.bin/prisma", folder).pathname;
    await promisify(execFile)(prisma, ["generate", "--schema", "schema.prisma"], {
      cwd: folder.pathname,
      // Generating needs no engine either; without this line one is fetched.
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: "/bin/true", CHECKPOINT_DISABLE: "1" },
    });
    const generated = new URL("node_modules/.prisma-client/index.js", folder).pathname;
    // What Prisma has just generated.
    const { PrismaClient } = (await import(generated)) as {
      readonly PrismaClient: new (options: object) => PrismaClient;
    };
    const client = new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: 4 }) });
    return {
      transaction: (work, level) =>
        client.$transaction((tx) => work(fromPrisma(tx)), {
          ...(level === undefined ? {} : { isolationLevel: "Serializable" }),
          // Of Prisma's own clock, which knows nothing of a busy machine.
          timeout: 600_000,
        }),
      ofDatabase: () => fromPrisma(client),
      ofNothing: () => fromPrisma(untyped(undefined)),
      close: () => client.$disconnect(),
    };
  },
};
