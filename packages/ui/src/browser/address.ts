/** Where a view's handler is mounted. */
export interface Mount {
  readonly origin: string;
  /** Path of the handler, without a trailing slash; empty at the root. */
  readonly basePath: string;
}

/** Reads the mount from the address of one of its views; null when it is none. */
export function mountOf({ origin, pathname }: URL): Mount | null {
  // Greedy: the base path may hold /api/ as well.
  const basePath = /^(.*)\/api\/(?:analytics|customers|my|settings|tickets|webhooks)(?:\/|$)/.exec(
    pathname,
  )?.[1];
  return basePath === undefined ? null : { origin, basePath };
}

/** True for addresses that the handler answers with a view. Files to save, ticket pages and other sites are left to the browser. */
export function isView(url: URL, mount: Mount): boolean {
  return isOfHandler(url, mount) && !isFile(url);
}

/** True for what is to be saved. */
export function isFile({ pathname }: URL): boolean {
  return pathname.endsWith(".csv");
}

/** True for addresses of the handler's operators' routes, files to save among them. */
export function isOfHandler({ origin, pathname }: URL, mount: Mount): boolean {
  return origin === mount.origin && pathname.startsWith(`${mount.basePath}/api/`);
}
