import { sampleDesk } from "@csat-examples/sample-desk";
import { onTestFinished } from "vitest";
import { type Host, openHost } from "./open-host.ts";

/** What stands behind a host's page. */
export interface HostPage {
  /** Thirty days of surveys; nothing by default. */
  readonly hasHistory?: boolean;
}

/** Serves a page of a host with `<csat-view>` in it until the test ends. */
export async function aHostPage({ hasHistory = false }: HostPage = {}): Promise<Host> {
  const host = await openHost({
    isOpen: false,
    ...(hasHistory ? { deskAt: aDeskWithHistory } : {}),
  });
  onTestFinished(host.close);
  return host;
}

async function aDeskWithHistory(publicUrl: string) {
  const { csat, close } = await sampleDesk({ publicUrl });
  onTestFinished(close);
  return csat;
}
