/** How groups compare, and the page of one operator, in English; part of `english`. */
export const englishStandings = {
  estimate: "Estimate",
  estimateTip: "average {average}, estimate {estimate}, 95% confidence interval {low}–{high}",
  place: "Place {place}:",
  sharedPlace: "Place {place}, shared:",
  noEstimate: "nothing shows how answers vary",
  takesNoPart: "takes no part in the comparison",
  byChance:
    "The differences between operators are within what chance alone makes of so few answers, so they stand by name.",
  byChanceValues:
    "The differences between these values are within what chance alone makes of so few answers, so they stand by name.",
  byEstimate:
    "They stand by their estimate, best first. Those that cannot be told from the one before share a place.",
  nothingVaries: "Nothing shows yet how answers vary within one group, so they stand by name.",
  howCompared: "How these are compared",
  estimateIs:
    "The estimate is the average, drawn towards that of all by as much as chance has a part in it: far with few answers, hardly with many. The bar is its 95% confidence interval.",
  rankabilityIs:
    "Of these differences {share} are more than chance. From {least} on the order is that of the estimates.",
  byAttribute: "By attribute",
  compareBy: "Compare by",
  compareNothing: "No comparison",
  compare: "Compare",
  value: "Value",
  otherValues: "All other values",
  withoutValue: "Without a value",
  valuesOverlap:
    "A ticket can have several of these values: it counts once in each, so together they are more than the whole.",
  noValues: "No surveys or responses in these days.",
  onlyWhere: "Only tickets whose {attribute} is {value}.",
  isWhere: "{attribute}: {value}",
  ownSurveys: "My customer satisfaction",
  ownOnly: "Answers to tickets that you resolved first, and nobody else’s.",
  ownEmpty: "No answers in these days yet. Those to tickets that you resolve first stand here.",
  byWeek: "By week",
  week: "Week",
} as const;
