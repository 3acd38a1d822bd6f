import type { EmailTexts } from "../email-texts.ts";

/** The mail in Arabic. */
export const arabicTexts: EmailTexts = {
  subject: { named: "كيف كانت خدمتنا بشأن «{{ticket_subject}}»؟", nameless: "كيف كانت خدمتنا؟" },
  greeting: { named: "مرحبًا {{customer_name}}،", nameless: "مرحبًا بك،" },
  resolved: { named: "تم حل طلبك «{{ticket_subject}}».", nameless: "تم حل طلبك." },
  question: "ما مدى رضاك عن المساعدة التي تلقيتها من {{operator_name}}؟",
  preheader: "اختر رقمًا من 1 إلى 5. لن يستغرق الأمر سوى لحظة.",
  ratingNames: {
    1: "غير راضٍ إطلاقًا",
    2: "غير راضٍ",
    3: "محايد",
    4: "راضٍ",
    5: "راضٍ جدًا",
  },
  buttonLabel: "التقييم {rating} من 5",
  confirmHint: "يفتح الرقم صفحة تؤكد فيها اختيارك.",
  about: { named: "تتعلق هذه الرسالة بطلبك «{{ticket_subject}}».", nameless: "تتعلق هذه الرسالة بطلبك." },
  reason: {
    named: "وصلتك لأن {{workspace_name}} حلّ هذا الطلب ويسألك عن رأيك مرة واحدة.",
    nameless: "وصلتك لأن فريق الدعم لدينا حلّ هذا الطلب ويسألك عن رأيك مرة واحدة.",
  },
  optOut: "إيقاف هذه الاستبيانات",
  sentenceGap: " ",
  fallbacks: {
    customer_name: "بك",
    ticket_subject: "طلبك",
    workspace_name: "الدعم",
    operator_name: "فريقنا",
  },
};
