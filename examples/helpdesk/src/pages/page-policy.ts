/** Pages load their own style sheet and script, and nothing from elsewhere. */
export const pagePolicy =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; " +
  "connect-src 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'";
