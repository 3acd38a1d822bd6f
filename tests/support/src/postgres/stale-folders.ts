import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/**
 * Removes what killed runs left behind: folders of ours whose keeper and server are both gone. A folder that is
 * in use, or that belongs to somebody else, is left alone.
 */
export function removeStaleFolders(base: string): void {
  for (const name of readdirSync(base)) {
    if (!name.startsWith("csat-postgres-")) continue;
    const folder = join(base, name);
    const keeper = firstNumber(join(folder, "keeper.pid"));
    const server = firstNumber(join(folder, "data", "postmaster.pid"));
    if (keeper === null || isRunning(keeper) || (server !== null && isRunning(server))) continue;
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Another user's folder: it does no harm, every run uses a new name.
    }
  }
}

function firstNumber(path: string): number | null {
  try {
    return Number.parseInt(readFileSync(path, "utf8"), 10) || null;
  } catch {
    return null;
  }
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, under another user.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
