import type { StandingTexts } from "../view-texts.ts";

/** How operators compare, in Arabic. */
export const arabicStandings: StandingTexts = {
  estimate: "التقدير",
  estimateTip: "المتوسط {average}، التقدير {estimate}، فترة الثقة 95%: {low}–{high}",
  place: "المركز {place}:",
  sharedPlace: "المركز {place} مشترك:",
  noEstimate: "لا شيء يبيّن كيف تتفاوت الردود",
  takesNoPart: "خارج المقارنة",
  byChance:
    "الفروق بين الموظفين لا تتجاوز ما تُحدثه الصدفة وحدها بهذا العدد القليل من الردود، لذلك رُتّبوا بالاسم.",
  byEstimate: "رُتّب الموظفون حسب تقديرهم، والأفضل أولًا. ومن لا يمكن تمييزه عمّن قبله يشاركه مركزه.",
  nothingVaries: "لا شيء يبيّن بعدُ كيف تتفاوت ردود الموظف الواحد، لذلك رُتّب الموظفون بالاسم.",
  howCompared: "كيف يُقارن الموظفون",
  estimateIs:
    "التقدير هو المتوسط مقرّبًا من متوسط جميع الموظفين بقدر نصيب الصدفة فيه: كثيرًا مع ردود قليلة، ويكاد لا يتغير مع ردود كثيرة. والشريط هو فترة الثقة 95% له.",
  rankabilityIs: "من الفروق بين الموظفين {share} أكثر من صدفة. ومن {least} فصاعدًا يُرتّبون حسب التقدير.",
};
