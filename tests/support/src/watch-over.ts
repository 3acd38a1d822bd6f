import { type ChildProcess, spawn } from "node:child_process";

/**
 * Ends a server and removes its folder should this process be killed: its end of the pipe closes then. Kill the watcher
 * when the server has ended.
 */
export function watchOver({ pid, folder }: { readonly pid: number; readonly folder: string }): ChildProcess {
  const script = 'cat >/dev/null; kill -9 "$1" 2>/dev/null; rm -rf "$2"';
  const watcher = spawn("sh", ["-c", script, "sh", String(pid), folder], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  // Without a shell (Windows) nothing watches.
  watcher.on("error", () => {});
  watcher.stdin.on("error", () => {});
  watcher.unref();
  return watcher;
}
