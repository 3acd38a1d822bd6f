/** A ticket of a workspace, by their ids alone. */
interface SampledTicket {
  readonly workspaceId: string;
  readonly ticketId: string;
}

/**
 * True for a ticket that belongs to the `percent` (1 to 100) of its workspace's tickets that are asked (S62). The same
 * on every machine and at any time; who belongs to a smaller share belongs to each larger one. Two workspaces choose
 * independently of each other.
 */
export function isInSample({ percent, ...ticket }: SampledTicket & { readonly percent: number }): boolean {
  return placeInSample(ticket) < percent;
}

/** Where a ticket stands among all of its workspace, from 0 to below 100: it is in each sample of more percent than that. */
export function placeInSample({ workspaceId, ticketId }: SampledTicket): number {
  // Its length says where the workspace ends: "a" with "bc" is not "ab" with "c".
  const hash = murmurHash3(`${workspaceId.length}:${workspaceId}${ticketId}`);
  return (hash * 100) / 2 ** 32;
}

/**
 * MurmurHash3_x86_32 with seed 0 of the text's UTF-8, 0 to 2^32 − 1. By Austin Appleby, in the public domain
 * (https://github.com/aappleby/smhasher, src/MurmurHash3.cpp): each bit of a key changes each bit of the hash with
 * probability one half, so that ids which follow each other are spread evenly. It keeps no secret.
 */
export function murmurHash3(text: string): number {
  const bytes = new TextEncoder().encode(text);
  const blocks = new DataView(bytes.buffer);
  const behindBlocks = bytes.length - (bytes.length % 4);
  let hash = 0;
  for (let at = 0; at < behindBlocks; at += 4) {
    hash = rotate(hash ^ mixed(blocks.getUint32(at, true)), 13);
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
  }
  const tail = bytes.subarray(behindBlocks).reduceRight((sum, byte) => (sum << 8) | byte, 0);
  hash ^= mixed(tail);
  hash ^= bytes.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function mixed(block: number): number {
  return Math.imul(rotate(Math.imul(block, 0xcc9e2d51), 15), 0x1b873593);
}

function rotate(bits: number, by: number): number {
  return (bits << by) | (bits >>> (32 - by));
}
