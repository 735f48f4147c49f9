/** What a route answers. */
export interface Answer {
  readonly status: number;
  /** JSON, or bytes that are sent as they are; undefined sends none. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal, in GitHub's words. */
export class Refusal extends Error {
  override name = "Refusal";
  readonly status: number;
  /** What a 422 says about single fields. */
  readonly errors: readonly unknown[] | undefined;

  constructor(status: number, message: string, errors?: readonly unknown[]) {
    super(message);
    this.status = status;
    this.errors = errors;
  }

  /** The refusal as GitHub sends it. */
  get answer(): Answer {
    return {
      status: this.status,
      body: {
        message: this.message,
        ...(this.errors ? { errors: this.errors } : {}),
        documentation_url: "https://docs.github.com/rest",
        status: String(this.status),
      },
    };
  }
}

/** The refusal for what is not there, or may not be known. */
export function notFound(): Refusal {
  return new Refusal(404, "Not Found");
}

/** @throws Refusal 404 when there is nothing. */
export function found<Value>(value: Value | undefined): Value {
  if (value === undefined) throw notFound();
  return value;
}
