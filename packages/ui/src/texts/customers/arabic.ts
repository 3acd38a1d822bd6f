import type { CustomerTexts } from "../view-texts.ts";

/** Customers whom nobody asks, in Arabic. */
export const arabicCustomers: CustomerTexts = {
  couldNotBeDelivered: "تعذّر تسليم الاستبيان",
  suppressedCustomers: "عملاء لا نسألهم",
  suppressedNote: "لا تُحفظ العناوين، لذلك لا تعرض القائمة أيًّا منها: ابحث عن العميل بعنوانه.",
  suppressedColumn: "لماذا لا يُسألون",
  sinceColumn: "منذ",
  nobodySuppressed: "يمكن سؤال الجميع: لم يُلغِ أحد الاشتراك ولم تعُد أي رسالة.",
  olderEntries: "إدخالات أقدم",
  newestEntries: "أحدث الإدخالات",
  lookUpCustomer: "البحث عن عميل",
  customerAddress: "عنوان البريد الإلكتروني",
  customerId: "معرّف العميل",
  lookUp: "بحث",
  whatStands: "ما يمنع سؤال هذا العميل",
  nothingStands: "لا شيء: يمكن سؤال هذا العميل.",
  neverAskThem: "لا تسألوا هذا العميل",
  askThemAgain: "رفع",
  consentGivenOn: "اليوم الذي وافق فيه العميل",
  consentNote: "لا يُرفع إلغاء الاشتراك إلا بموافقة العميل، ويُحفظ يومها.",
  allCustomers: "جميع العملاء الذين لا نسألهم",
};
