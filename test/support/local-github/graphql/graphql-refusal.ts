/** A refusal that GraphQL answers beside the data, with GitHub's word for its kind. */
export class GraphqlRefusal extends Error {
  override name = "GraphqlRefusal";
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}
