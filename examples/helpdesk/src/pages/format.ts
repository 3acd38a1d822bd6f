const dateTime = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  timeZone: "UTC",
});

/** A time in UTC, to the minute: "23 Nov 2026, 14:05 UTC". */
export function formatTime(time: Date): string {
  return `${dateTime.format(time)} UTC`;
}
