export {
  type Check,
  type CsatConfig,
  type DatabaseAccess,
  type DatabaseState,
  defineConfig,
} from "./config.ts";
