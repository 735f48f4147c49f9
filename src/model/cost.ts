/** What a call is paid for. `mail` and `work` cost little alone and much in a loop; the others cost per call. */
export type CostKind =
  | "model"
  | "speech"
  | "media"
  | "message"
  | "mail"
  | "lookup"
  | "charge"
  | "work";

/** A package whose calls cost money. */
export interface CostlyPackage {
  /** Package name, or its beginning where it ends with `/` or `*`. */
  readonly name: string;
  readonly provider: string;
  readonly kind: CostKind;
  /** The way from the import to the function that is called, without its own call. */
  readonly calls: RegExp;
}

/** A host, or a part of one, whose calls cost money. */
export interface CostlyHost {
  readonly host: RegExp;
  readonly provider: string;
  readonly kind: CostKind;
  /** Only these paths cost; all of them where absent. */
  readonly path?: RegExp;
}
