import { readFileSync } from "node:fs";
import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import { forValidation, type Schema } from "./schema-dialect.js";

/** One operation as GitHub describes it. */
export interface Operation {
  /** GitHub's own id, `checks/create`. */
  readonly id: string;
  readonly parameters: readonly Parameter[];
  readonly body: { readonly required: boolean; readonly schema: Schema } | null;
  /** By status; null where an answer has no JSON body. */
  readonly responses: Readonly<Record<string, Schema | null>>;
}

/** A parameter in the path or in the query. */
interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required: boolean;
  readonly schema: Schema;
}

interface Slice {
  readonly operations: Readonly<Record<string, Operation>>;
  readonly webhooks: Readonly<Record<string, Schema>>;
  readonly schemas: Readonly<Record<string, Schema>>;
}

/** Where the contract lies, seen from the compiled file. */
export const contractFolder = new URL(
  "../../../../../test/support/local-github/contract/",
  import.meta.url,
);

/** GitHub's published descriptions, as validators that compile when first asked. */
export class Contract {
  static #shared: Contract | undefined;
  readonly operations: Readonly<Record<string, Operation>>;
  readonly #webhooks: Readonly<Record<string, Schema>>;
  readonly #ajv: Ajv;
  readonly #compiled = new Map<string, ValidateFunction>();

  private constructor(slice: Slice) {
    this.operations = slice.operations;
    this.#webhooks = slice.webhooks;
    this.#ajv = new Ajv({
      strict: false,
      logger: false,
      // The schemas are GitHub's, and each runs a few times only.
      validateSchema: false,
      code: { optimize: false },
      // Many name the same few: each is compiled once, not wherever it is named.
      inlineRefs: false,
    });
    addFormats.default(this.#ajv, { mode: "fast" });
    for (const [name, schema] of Object.entries(slice.schemas)) {
      this.#ajv.addSchema(forValidation(schema), schemaId(name));
    }
  }

  /** Reads the slice from disk, once for a process: compiling is what takes time. */
  static read(): Contract {
    const file = new URL("openapi-slice.json", contractFolder);
    Contract.#shared ??= new Contract(
      JSON.parse(readFileSync(file, "utf8")) as Slice,
    );
    return Contract.#shared;
  }

  /** What is wrong with a value by one of an operation's schemas. */
  faultsIn(label: string, schema: Schema, value: unknown): string[] {
    const validate = this.#validator(label, schema);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(sentence);
  }

  /**
   * What is wrong with a webhook's payload.
   *
   * @param name - Event and action, `pull_request.opened`, or the event alone.
   */
  faultsInWebhook(name: string, payload: unknown): string[] {
    const schema = this.#webhooks[name];
    if (!schema) return [`no webhook ${name} in the contract`];
    return this.faultsIn(`webhook ${name}`, schema, payload);
  }

  #validator(label: string, schema: Schema): ValidateFunction {
    const known = this.#compiled.get(label);
    if (known) return known;
    const validate = this.#ajv.compile(forValidation(schema));
    this.#compiled.set(label, validate);
    return validate;
  }
}

function schemaId(name: string): string {
  return `github:/components/schemas/${name}`;
}

function sentence(error: ErrorObject): string {
  const detail = JSON.stringify(error.params);
  return `${error.instancePath || "/"} ${error.message ?? error.keyword} ${detail}`;
}
