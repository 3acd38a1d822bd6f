import { CsatError } from "../errors.ts";
import type { Page } from "../ports/store/lists.ts";
import { toBase64Url } from "../survey/base64url.ts";
import { sha256 } from "../survey/sha256.ts";

/** The list that a cursor belongs to: one of a workspace, whatever its filters are. */
export interface PagedList {
  readonly name: "responses" | "low ratings" | "events";
  readonly workspaceId: string;
}

const advice = "must be the nextCursor of an earlier page of this list, unchanged";

/**
 * A page whose cursor carries a check over the list it belongs to. It is no secret: a cursor shows nobody a row that the
 * query would not, and the check only tells mistakes and inventions from what a page said.
 */
export async function withCheckedCursor<Item>(list: PagedList, page: Page<Item>): Promise<Page<Item>> {
  const { items, nextCursor } = page;
  return nextCursor === null ? page : { items, nextCursor: (await checkOf(list, nextCursor)) + nextCursor };
}

/** The storage's cursor within one that a page gave; null starts at the first row. @throws CsatError `invalid_input` for any other */
export async function storageCursor(list: PagedList, cursor: string | undefined): Promise<string | null> {
  if (cursor === undefined) return null;
  const inner = cursor.slice(checkLength);
  if (cursor.slice(0, checkLength) === (await checkOf(list, inner))) return inner;
  throw new CsatError("invalid_input", `The page cannot be read: cursor ${advice}.`, {
    issues: [{ path: "cursor", message: advice }],
  });
}

// 12 bytes of a digest.
const checkLength = 16;

async function checkOf({ name, workspaceId }: PagedList, cursor: string): Promise<string> {
  const digest = await sha256(JSON.stringify(["csat cursor v1", name, workspaceId, cursor]));
  return toBase64Url(digest.slice(0, 12));
}
