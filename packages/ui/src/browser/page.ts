// The script of a view that is a page of its own.
import { enhancePage } from "./enhance-page.ts";

enhancePage();
