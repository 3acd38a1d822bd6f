import type { CsatConfig } from "../../src/config.ts";
import type { Report } from "../../src/doctor/report.ts";
import { runCsat } from "./run-csat.ts";

/** What `doctor --json` printed, by the name of the check. */
export async function reportsOf(
  config: CsatConfig,
  { options = "", now }: { readonly options?: string; readonly now?: () => Date } = {},
): Promise<{
  readonly exitCode: number;
  readonly stdout: string;
  readonly found: Readonly<Record<string, Report>>;
}> {
  const words = `doctor --json ${options}`.trim();
  const { exitCode, stdout } = await runCsat(words, { config, ...(now === undefined ? {} : { now }) });
  const { reports }: { readonly reports: readonly Report[] } = JSON.parse(stdout);
  return { exitCode, stdout, found: Object.fromEntries(reports.map((report) => [report.check, report])) };
}
