/** The forms in which a verdict can be had. */
export const formats = ["pretty", "json", "markdown"] as const;

export type Format = (typeof formats)[number];

/** Where a report goes: a file, or standard output. */
export interface Destination {
  readonly format: Format;
  readonly output?: string;
}
