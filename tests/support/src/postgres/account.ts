import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";

/** The system account a server is started as. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * The account for a private server: null means the current user.
 * Postgres and PgBouncer refuse to run as root, so root hands over to `postgres`, else to `nobody`.
 */
export function serverAccount(): Account | null {
  if (process.getuid?.() !== 0) return null;
  const accounts = readFileSync("/etc/passwd", "utf8").split("\n").map(parseAccount);
  for (const name of ["postgres", "nobody"]) {
    const account = accounts.find((candidate) => candidate?.name === name);
    if (account) return account;
  }
  throw new Error(
    "Postgres refuses to run as root and this machine has neither a postgres nor a nobody account: run the tests as an ordinary user, or set DATABASE_URL.",
  );
}

/** True when the account may run the command and it succeeds. */
export function succeedsAs(
  account: Account | null,
  { command, args }: { readonly command: string; readonly args: readonly string[] },
): boolean {
  const identity = account ? { uid: account.uid, gid: account.gid } : {};
  return spawnSync(command, args, { cwd: "/", stdio: "ignore", ...identity }).status === 0;
}

/** A temporary folder that the account can enter: TMPDIR may lie inside a home that only root reads. */
export function temporaryFolderFor(account: Account | null): string {
  const own = tmpdir();
  if (account === null || succeedsAs(account, { command: "test", args: ["-x", own] })) return own;
  return "/tmp";
}

function parseAccount(line: string): Account | null {
  const [name, , uid, gid] = line.split(":");
  return name && uid && gid ? { name, uid: Number(uid), gid: Number(gid) } : null;
}
