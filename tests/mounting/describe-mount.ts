import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, test } from "vitest";
import { aDesk, type Desk, type Handler } from "./a-desk.ts";
import { type MountingRule, mountingRules } from "./contract.ts";

/** A server that runs: where, and how to end it. */
export interface Running {
  readonly origin: string;
  close(): Promise<unknown>;
}

/** How a host mounts the handler. */
export interface Mount {
  readonly name: string;
  /** What the handler is told of where it is. `/csat` by default. */
  readonly basePath?: string;
  /** Where it answers to the outside, when that is elsewhere. */
  readonly servedAt?: string;
  start(handler: Handler): Promise<Running>;
}

/** Runs rules, the whole contract by default, over real HTTP on a server of its own for each mount. */
export function describeMounts(
  framework: string,
  mounts: readonly Mount[],
  rules: readonly MountingRule[] = mountingRules,
): void {
  describe.each(mounts)(`${framework} $name`, ({ basePath = "/csat", servedAt = basePath, start }) => {
    let desk: Desk;
    let running: Running;
    beforeAll(async () => {
      desk = await aDesk(basePath);
      running = await start(desk.handler);
    });
    afterAll(() => running.close());
    for (const { rule, run } of rules) {
      test(rule, () => run({ desk, url: `${running.origin}${servedAt}` }));
    }
  });
}

/** Serves a listener of node:http on a free port. */
export async function serve(listener: RequestListener): Promise<Running> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on TCP has such an address.
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
