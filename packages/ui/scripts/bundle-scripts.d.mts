/** A module below `src/generated`: where it belongs, and its text. */
export interface GeneratedModule {
  readonly url: URL;
  readonly text: string;
}

/** The modules that hold the scripts of `src/browser`. */
export function bundleScripts(): Promise<readonly GeneratedModule[]>;
