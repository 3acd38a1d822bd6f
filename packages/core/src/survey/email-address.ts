/** The trimmed address when `value` is exactly one valid e-mail address, else null (S14). */
export function singleAddress(value: string | null): string | null {
  const address = value?.trim() ?? "";
  return /^[^\s@,;<>"()\p{C}]+@[^\s@,;<>"()\p{C}]+$/u.test(address) ? address : null;
}
