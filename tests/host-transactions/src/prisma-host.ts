import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { fromPrisma, type PrismaTransaction } from "@csat/core/transactions";
import { PrismaMariaDb } from "@prisma/adapter-mariadb";
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

const adapters = {
  postgresql: (url: string) => new PrismaPg({ connectionString: url, max: 4 }),
  mysql: (url: string) => new PrismaMariaDb(url.replace(/^mysql:/, "mariadb:")),
};

/** Prisma over its driver adapter: the way that needs no engine of its own. */
export function prismaHost(provider: keyof typeof adapters): HostLibrary {
  return {
    name: "fromPrisma",
    async open(url) {
      const generated = await generate(provider);
      // What Prisma has just generated.
      const { PrismaClient } = (await import(generated)) as {
        readonly PrismaClient: new (options: object) => PrismaClient;
      };
      const client = new PrismaClient({ adapter: adapters[provider](url) });
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
}

/** Makes the client of a schema with one table; it reads none of it. Answers the file. */
async function generate(provider: string): Promise<string> {
  const output = new URL(`node_modules/.prisma-${provider}/`, folder).pathname;
  const schema = `${output}schema-in.prisma`;
  await mkdir(output, { recursive: true });
  await writeFile(
    schema,
    `generator client {
  provider = "prisma-client-js"
  output   = "./client"
}
datasource db {
  provider = "${provider}"
}
model Ticket {
  id String @id
}
`,
  );
  const prisma = new URL("node_modules/.bin/prisma", folder).pathname;
  await promisify(execFile)(prisma, ["generate", "--schema", schema], {
    cwd: folder.pathname,
    // Generating needs no engine either; without this line one is fetched.
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: "/bin/true", CHECKPOINT_DISABLE: "1" },
  });
  return `${output}client/index.js`;
}
