import { singleAddress } from "./email-address.ts";

/**
 * The one spelling by which a customer is known (S60): white space around it gone, lower case, a domain in ASCII. Takes
 * any text: what is no address of the internet, such as the number of another channel, is trimmed and in lower case. What it
 * answers, it answers again as it is.
 */
export function normalAddress(address: string): string {
  return (singleAddress(address) ?? address).trim().toLowerCase();
}
