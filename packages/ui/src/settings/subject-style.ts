/** Of the subject above the mail in the preview's frame, whoever writes it there. */
export const subjectStyle =
  "margin:0;padding:12px 16px;border-bottom:1px solid;font:600 14px/1.5 system-ui,sans-serif";
