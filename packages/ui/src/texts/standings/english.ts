/** How operators compare, in English; part of `english`. */
export const englishStandings = {
  estimate: "Estimate",
  estimateTip: "average {average}, estimate {estimate}, 95% confidence interval {low}–{high}",
  place: "Place {place}:",
  sharedPlace: "Place {place}, shared:",
  noEstimate: "nothing shows how answers vary",
  takesNoPart: "takes no part in the comparison",
  byChance:
    "The differences between operators are within what chance alone makes of so few answers, so they stand by name.",
  byEstimate:
    "Operators stand by their estimate, best first. Those who cannot be told from the one before share a place.",
  nothingVaries: "Nothing shows yet how the answers of one operator vary, so operators stand by name.",
  howCompared: "How operators are compared",
  estimateIs:
    "The estimate is the average, drawn towards that of all operators by as much as chance has a part in it: far with few answers, hardly with many. The bar is its 95% confidence interval.",
  rankabilityIs:
    "Of the differences between operators, {share} are more than chance. From {least} on they stand by estimate.",
} as const;
