import type { StandingTexts } from "../view-texts.ts";

/** How groups compare, and the page of one operator, in Arabic. */
export const arabicStandings: StandingTexts = {
  estimate: "التقدير",
  estimateTip: "المتوسط {average}، التقدير {estimate}، فترة الثقة 95%: {low}–{high}",
  place: "المركز {place}:",
  sharedPlace: "المركز {place} مشترك:",
  noEstimate: "لا شيء يبيّن كيف تتفاوت الردود",
  takesNoPart: "خارج المقارنة",
  byChance:
    "الفروق بين الموظفين لا تتجاوز ما تُحدثه الصدفة وحدها بهذا العدد القليل من الردود، لذلك رُتّبوا بالاسم.",
  byChanceValues:
    "الفروق بين هذه القيم لا تتجاوز ما تُحدثه الصدفة وحدها بهذا العدد القليل من الردود، لذلك رُتّبت بالاسم.",
  byEstimate: "الترتيب حسب التقدير، والأفضل أولًا. وما لا يمكن تمييزه عمّا قبله يشاركه مركزه.",
  nothingVaries: "لا شيء يبيّن بعدُ كيف تتفاوت الردود داخل المجموعة الواحدة، لذلك الترتيب بالاسم.",
  howCompared: "كيف تجري المقارنة هنا",
  estimateIs:
    "التقدير هو المتوسط مقرّبًا من متوسط الجميع بقدر نصيب الصدفة فيه: كثيرًا مع ردود قليلة، ويكاد لا يتغير مع ردود كثيرة. والشريط هو فترة الثقة 95% له.",
  rankabilityIs: "من هذه الفروق {share} أكثر من صدفة. ومن {least} فصاعدًا يكون الترتيب حسب التقدير.",
  byAttribute: "حسب السمة",
  compareBy: "المقارنة حسب",
  compareNothing: "بلا مقارنة",
  compare: "قارن",
  value: "القيمة",
  otherValues: "كل القيم الأخرى",
  withoutValue: "بلا قيمة",
  valuesOverlap: "قد تكون للتذكرة عدة قيم من هذه: تُحسب مرة في كل منها، لذلك مجموعها أكثر من الكل.",
  noValues: "لا استبيانات ولا ردود في هذه الأيام.",
  onlyWhere: "فقط التذاكر التي {attribute} فيها {value}.",
  isWhere: "{attribute}: {value}",
  ownSurveys: "رضا عملائي",
  ownOnly: "ردود التذاكر التي حللتها أنت أولًا، لا غيرها.",
  ownEmpty: "لا ردود في هذه الأيام بعد. تظهر هنا ردود التذاكر التي تحلّها أنت أولًا.",
  byWeek: "حسب الأسبوع",
  week: "الأسبوع",
};
