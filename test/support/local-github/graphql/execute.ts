import { readFileSync } from "node:fs";
import {
  buildSchema,
  graphql,
  type GraphQLError,
  type GraphQLSchema,
} from "graphql";
import { contractFolder } from "../contract/contract.js";
import type { Answer } from "../http/answer.js";
import type { Call, Route } from "../http/route.js";
import { isoSeconds } from "../world/notation.js";
import { actorView } from "./actor-view.js";
import { GraphqlRefusal } from "./graphql-refusal.js";
import { repositoryView, type Context } from "./repository-view.js";

let schema: GraphQLSchema | undefined;

/** The part of GitHub's schema that is answered. */
function subsetSchema(): GraphQLSchema {
  schema ??= buildSchema(
    readFileSync(new URL("github-subset.graphql", contractFolder), "utf8"),
  );
  return schema;
}

/** All of GraphQL is one route. */
export const graphqlRoute: Route = {
  operation: "POST /graphql",
  asks: "installation",
  handle: answerQuery,
};

const root = {
  rateLimit: (_: unknown, { call }: Context) => ({
    cost: 1,
    limit: 5000,
    nodeCount: 0,
    remaining: 4999,
    used: 1,
    resetAt: isoSeconds(new Date(call.world.now().getTime() + 3_600_000)),
  }),
  repository: (
    { owner, name }: { owner: string; name: string },
    { call }: Context,
  ) => {
    const repository = call.world.findRepository(owner, name);
    if (repository && call.sees(repository)) return repositoryView(repository);
    throw new GraphqlRefusal(
      "NOT_FOUND",
      `Could not resolve to a Repository with the name '${owner}/${name}'.`,
    );
  },
  user: ({ login }: { login: string }, { call }: Context) => {
    const account = call.world.accounts.find(login);
    if (account?.type === "User") return actorView(call.world, account);
    throw new GraphqlRefusal(
      "NOT_FOUND",
      `Could not resolve to a User with the login of '${login}'.`,
    );
  },
};

async function answerQuery(call: Call): Promise<Answer> {
  const { query, variables, operationName } = call.body;
  const contextValue: Context = { call };
  const result = await graphql({
    schema: subsetSchema(),
    source: String(query),
    rootValue: root,
    contextValue,
    variableValues: variables as Record<string, unknown> | null | undefined,
    operationName: operationName as string | null | undefined,
  });
  noteInvalid(call, result.errors);
  return {
    status: 200,
    body: {
      ...(result.data === undefined ? {} : { data: result.data }),
      ...(result.errors ? { errors: result.errors.map(asGithub) } : {}),
    },
  };
}

/** An error that is no refusal says that the query, or a view, does not fit the schema. */
function noteInvalid(
  { world }: Call,
  errors: readonly GraphQLError[] | undefined,
): void {
  const faults = (errors ?? [])
    .filter(({ originalError }) => !(originalError instanceof GraphqlRefusal))
    .map((error) => error.originalError?.stack ?? error.message);
  if (faults.length === 0) return;
  world.violations.push({
    kind: "request",
    operation: "POST /graphql",
    faults,
  });
}

function asGithub(error: GraphQLError) {
  const { originalError } = error;
  return {
    ...(originalError instanceof GraphqlRefusal
      ? { type: originalError.type }
      : {}),
    ...error.toJSON(),
  };
}
