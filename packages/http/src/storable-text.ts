/** Says why a text cannot be stored, null when it can: NUL and halves of surrogate pairs fit into no UTF-8 database. */
export function unstorable(text: string): string | null {
  if (text.includes("\0")) return "must not contain the NUL character";
  if (/\p{Surrogate}/u.test(text)) return "must not contain half a surrogate pair";
  return null;
}
