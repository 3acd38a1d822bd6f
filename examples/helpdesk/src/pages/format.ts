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

/** How far off a time is, in its largest unit, rounded: "in 23 h", "in 3 days", "in a moment". */
export function formatWait(from: Date, until: Date): string {
  const minutes = Math.round((until.getTime() - from.getTime()) / 60_000);
  if (minutes < 1) return "in a moment";
  if (minutes < 60) return `in ${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `in ${hours} h` : `in ${Math.round(hours / 24)} days`;
}
