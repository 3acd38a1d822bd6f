// `npm run bench`: what a survey costs beside the engines beneath it. Every figure is a ratio of two sides that ran in turn.
import { parseArgs } from "node:util";
import { startPrivateRedis } from "@csat-internal/test-support";
import { benchServer } from "./bench-database.ts";
import { benchPaths } from "./bench-paths.ts";
import { tableHead, tableLine } from "./bench-table.ts";
import { machineLine } from "./machine.ts";
import { measurePath } from "./measure-path.ts";

const { values } = parseArgs({
  options: {
    small: { type: "boolean", default: false },
    rounds: { type: "string" },
    only: { type: "string" },
    scale: { type: "string", default: "1" },
  },
});
const rounds = Number(values.rounds ?? (values.small ? 1 : 7));
const scale = Number(values.scale);
const only = values.only === undefined ? null : new Set(values.only.split(","));
const unknown = [...(only ?? [])].filter((id) => !benchPaths.some((path) => path.id === id));
if (!Number.isSafeInteger(rounds) || rounds < 1 || !(scale > 0 && scale <= 1) || unknown.length > 0) {
  const ids = benchPaths.map(({ id }) => id).join(", ");
  throw new Error(
    `--rounds is a whole number from 1 on; --scale is above 0 and at most 1; --only takes some of ${ids}.`,
  );
}
const print = (line: string) => void process.stdout.write(`${line}\n`);

const server = await benchServer();
const redis = process.env.REDIS_URL ? null : await startPrivateRedis();
try {
  const size = values.small ? ", a small run: its figures mean nothing" : "";
  print(`${await machineLine(server)}; ${rounds} rounds${size}\n\n${tableHead}`);
  const notes: string[] = [];
  for (const path of benchPaths.filter(({ id }) => only?.has(id) ?? true)) {
    const redisUrl = redis?.url ?? process.env.REDIS_URL ?? "";
    const measured = await measurePath(path, { server, redisUrl, rounds, isSmall: values.small, scale });
    print(tableLine(path, measured));
    for (const note of measured.notes ?? []) notes.push(`- ${path.title}: ${note}`);
  }
  if (notes.length > 0) print(`\n${notes.join("\n")}`);
} finally {
  await redis?.stop();
  await server.stop();
}
