import { handler } from "../../../csat.ts";

// Every method: what the handler does not take, it refuses with 405 and the ones it does.
export {
  handler as DELETE,
  handler as GET,
  handler as HEAD,
  handler as OPTIONS,
  handler as PATCH,
  handler as POST,
  handler as PUT,
};
