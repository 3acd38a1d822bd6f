import { errorHeaders } from "../error-response.ts";
import { pageHeaders } from "../security-headers.ts";
import { layout, type PageContent } from "./layout.ts";

/** Answers a page of the public face, with the headers that guard it. */
export async function pageResponse(status: number, content: PageContent): Promise<Response> {
  const { html, css } = await layout(content);
  return new Response(html, {
    status,
    headers: { ...(await pageHeaders(css)), ...errorHeaders(status) },
  });
}
