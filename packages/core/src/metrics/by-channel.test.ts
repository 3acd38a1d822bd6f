import { expect, test } from "vitest";
import type { PartCounts } from "../ports/store/counts.ts";
import { byChannel } from "./by-channel.ts";

const part = (channel: string, counts: Partial<PartCounts>): PartCounts => ({
  part: `channel:${channel}`,
  day: "2026-01-05",
  sent: 0,
  answered: 0,
  ratings: [0, 0, 0, 0, 0],
  notAsked: 0,
  ...counts,
});
const whole = {
  sent: [
    { day: "2026-01-05", count: 8 },
    { day: "2026-01-06", count: 4 },
  ],
  ratings: [
    { day: "2026-01-05", rating: 5, count: 2 },
    { day: "2026-01-06", rating: 2, count: 3 },
  ],
} as const;

test("each channel has what went out and what was answered in it; mail is the rest; all of them are the whole", () => {
  // S47, S80, S82
  const parts = [
    part("chat", { sent: 3, ratings: [0, 1, 0, 0, 1] }),
    part("chat", { day: "2026-01-06", sent: 1, ratings: [0, 1, 0, 0, 0] }),
    part("phone", { ratings: [0, 0, 0, 0, 1] }),
  ];
  expect(byChannel({ parts, whole, prefix: "channel:", mail: "email" })).toEqual([
    // 2 + 5 + 2 = 9 of three answers.
    { channel: "chat", sent: 4, responses: 3, averageRating: 3 },
    // 12 − 4 sent; of 2 × 5 + 3 × 2 = 16 points 9 + 5 are others'.
    { channel: "email", sent: 8, responses: 1, averageRating: 2 },
    { channel: "phone", sent: 0, responses: 1, averageRating: 5 },
  ]);
});

test("while there is nothing but mail, nothing is told of channels", () => {
  expect(byChannel({ parts: [], whole, prefix: "channel:", mail: "email" })).toEqual([]);
});

test("a channel in which nothing was answered has no average, and one of nothing is left out", () => {
  const parts = [part("chat", { sent: 12, ratings: [0, 3, 0, 0, 2] }), part("sms", {})];
  expect(byChannel({ parts, whole, prefix: "channel:", mail: "email" })).toEqual([
    { channel: "chat", sent: 12, responses: 5, averageRating: 3.2 },
  ]);
  const unanswered = [part("chat", { sent: 2 })];
  expect(byChannel({ parts: unanswered, whole, prefix: "channel:", mail: "email" })[1]).toEqual({
    channel: "chat",
    sent: 2,
    responses: 0,
    averageRating: null,
  });
});
