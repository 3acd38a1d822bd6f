/** True for a Date of any realm, invalid ones included: tests in Jest have a `Date` of their own, where `instanceof` fails. */
export function isDate(value: unknown): value is Date {
  return Object.prototype.toString.call(value) === "[object Date]";
}
