import type { EmailTexts } from "../email-texts.ts";

/** The mail in Arabic. */
export const arabicTexts: EmailTexts = {
  subject: "كيف كانت خدمتنا بشأن «{{ticket_subject}}»؟",
  bodyIntro:
    "مرحبًا {{customer_name}}،\n\n" +
    "تم حل طلبك «{{ticket_subject}}». ما مدى رضاك عن المساعدة التي تلقيتها من {{operator_name}}؟",
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
  footer:
    "تتعلق هذه الرسالة بطلبك «{{ticket_subject}}». وصلتك لأن {{workspace_name}} حلّ هذا الطلب ويسألك عن رأيك مرة واحدة.",
  fallbacks: {
    customer_name: "بك",
    ticket_subject: "طلبك",
    workspace_name: "الدعم",
    operator_name: "فريقنا",
  },
};
