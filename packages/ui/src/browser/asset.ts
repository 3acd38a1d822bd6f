// The script that hosts load: the element, and what pages with views of their own need.
import "./element.ts";
import { enhancePage } from "./enhance-page.ts";

enhancePage();
