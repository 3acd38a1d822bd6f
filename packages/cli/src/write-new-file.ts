import { lstat, open, rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { usageError } from "./usage-error.ts";

/**
 * Writes `text` to a file that is not there yet, for its owner alone (mode 600). It is written under `PATH.part` and is
 * whole when it gets its name; when the text breaks off, both are gone. What already stands at either name, a link, a
 * pipe or a folder too, is neither opened nor replaced.
 * @throws CsatError `invalid_input` when one of the names is taken, or the file cannot be made there; else what `text` threw
 */
export async function writeNewFile(text: AsyncIterable<string>, path: string): Promise<void> {
  // The answer comes before the work; what turns up meanwhile is found by `wx` below.
  if (await isTaken(path)) throw taken(path);
  const draft = `${path}.part`;
  const handle = await create(draft);
  try {
    await pipeline(Readable.from(text), handle.createWriteStream());
    await (await create(path)).close();
    // Over the empty file of ours: a rename alone would replace whatever had come there.
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function isTaken(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch {
    // Why it cannot be looked at, its making tells.
    return false;
  }
}

/** `wx` makes a file or fails; it follows no link. */
async function create(path: string) {
  try {
    return await open(path, "wx", 0o600);
  } catch (error) {
    const code: unknown = Reflect.get(Object(error), "code");
    if (code === "EEXIST") throw taken(path);
    throw usageError(
      `${path} cannot be made (${String(code)}). Name a file in a folder that is there and yours.`,
    );
  }
}

function taken(path: string) {
  return path.endsWith(".part")
    ? usageError(
        `${path} is there already: of an export that was killed, or of one that still runs. Nothing was written. Look at it, remove it, and run again.`,
      )
    : usageError(`${path} is there already. Nothing was written. Remove it, or name another file.`);
}
