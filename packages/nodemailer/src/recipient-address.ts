const localPart = /^([^\s\p{Cc}\p{Cs}()<>@,;:\\"[\]]+|"([^\p{Cc}\p{Cs}"\\]|\\[^\p{Cc}\p{Cs}])*")$/u;
const domain = /^([^\s\p{Cc}\p{Cs}()<>@,;:\\"[\]]+|\[[\w.:]+\])$/u;

/** True for one bare address that fits between the angle brackets of RCPT TO as it is; Unicode and quoted local parts too. */
export function isSendableTo(address: string): boolean {
  const at = address.lastIndexOf("@");
  return localPart.test(address.slice(0, Math.max(at, 0))) && domain.test(address.slice(at + 1));
}
