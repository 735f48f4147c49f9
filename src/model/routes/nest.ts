import type {
  ClassFacts,
  CodeFacts,
  Decorator,
  FunctionFacts,
} from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";
import { definitionOfClass, methodOfClass } from "../class-methods.js";
import { resolveConstant } from "../constants.js";
import { callsIn, functionAt } from "../functions.js";
import type { Project } from "../project.js";
import type { ChainLink, Route } from "../route.js";
import { lastName, stringOf, valuesWithin } from "../value-walk.js";
import { joinUrl } from "./file-paths.js";

const verbs: Readonly<Record<string, string>> = {
  Get: "GET",
  Post: "POST",
  Put: "PUT",
  Patch: "PATCH",
  Delete: "DELETE",
  All: "*",
  Sse: "GET",
  Query: "QUERY",
  Mutation: "MUTATION",
};

/** Decorators that take a route out of the guards that hold everywhere. */
const publicDecorator =
  /^(?:is)?(?:public|skipauth\w*|noauth\w*|allowanonymous|anonymous|open|unprotected|skipjwt\w*|withoutauth)(?:route|endpoint|api|access)?$/i;

/** Controllers and resolvers of NestJS, with guards of methods, classes and the whole app. */
export function nestRoutes(project: Project): readonly Route[] {
  const files = [...project.files].filter(([, { code }]) =>
    code?.classes.some(isController),
  );
  if (files.length === 0) return [];
  const global = globalGuards(project);
  const prefix = globalPrefix(project);
  return files.flatMap(([path, { code }]) =>
    (code?.classes ?? [])
      .filter(isController)
      .flatMap((one) =>
        controllerRoutes({ project, path, global, prefix }, code, one),
      ),
  );
}

interface NestApp {
  readonly project: Project;
  readonly path: string;
  readonly global: readonly ChainLink[];
  readonly prefix: string;
}

function isController({ decorators }: ClassFacts): boolean {
  return decorators.some(({ name }) => /^(?:Controller|Resolver)$/.test(name));
}

function controllerRoutes(
  app: NestApp,
  code: CodeFacts | undefined,
  owner: ClassFacts,
): Route[] {
  const decorator = owner.decorators.find(({ name }) => name === "Controller");
  const base = controllerPaths(app, decorator);
  const outer = guardsOf(app, owner.decorators);
  const methods = (code?.functions ?? []).filter((one) =>
    one.name.startsWith(`${owner.name}.`),
  );
  return methods.flatMap((method) =>
    method.decorators
      .filter(
        ({ name }) =>
          Object.hasOwn(verbs, name) && (name !== "Query" || !decorator),
      )
      .flatMap((verb) =>
        base.map((prefix) =>
          methodRoute(app, { owner, outer, method, verb, prefix }),
        ),
      ),
  );
}

interface NestMethod {
  readonly owner: ClassFacts;
  readonly outer: readonly ChainLink[];
  readonly method: FunctionFacts;
  readonly verb: Decorator;
  readonly prefix: string;
}

function methodRoute(
  app: NestApp,
  { owner, outer, method, verb, prefix }: NestMethod,
): Route {
  const isPublic = [...owner.decorators, ...method.decorators].some(
    ({ name }) => publicDecorator.test(lastName(name)),
  );
  const kind = verbs[verb.name] ?? "*";
  const isResolver = kind === "QUERY" || kind === "MUTATION";
  const [own] = verb.arguments;
  return {
    framework: "nest",
    methods: [isResolver ? "PROCEDURE" : kind],
    path: isResolver
      ? method.name
      : joinUrl(app.prefix, prefix, stringOf(own) ?? ""),
    file: app.path,
    line: verb.line,
    handler: { path: app.path, at: method.at },
    chain: [
      ...(isPublic ? [] : app.global),
      ...outer,
      ...guardsOf(app, method.decorators),
      ...requirements(app, [...owner.decorators, ...method.decorators]),
    ],
  };
}

/** `@Roles("admin")`: what a guard reads and holds the caller to. */
function requirements(
  { path }: NestApp,
  decorators: readonly Decorator[],
): ChainLink[] {
  return decorators.flatMap(({ name, line, arguments: given }): ChainLink[] => {
    const asks =
      given.length > 0 &&
      /^(?:Roles?|Permissions?|RequireRoles?|RequirePermissions?|HasRoles?|HasPermissions?|CheckPolicies|CheckAbilities|RequireAbility|Auth|Authorized)$/.test(
        name,
      );
    return asks ? [{ name: `@${name}`, line, file: path }] : [];
  });
}

function controllerPaths(
  { project, path }: NestApp,
  decorator: Decorator | undefined,
): readonly string[] {
  const [first] = decorator?.arguments ?? [];
  const value =
    first?.kind === "object"
      ? first.entries.find(({ key }) => key === "path")?.value
      : first;
  if (value?.kind === "list")
    return value.items.map((one) => stringOf(one) ?? "");
  if (value?.kind === "name")
    return [stringOf(resolveConstant(project, path, value.name)?.value) ?? ""];
  return [stringOf(value) ?? ""];
}

/** `@UseGuards(A, B)`, also inside decorators that the project composes with `applyDecorators`. */
function guardsOf(
  { project, path }: NestApp,
  decorators: readonly Decorator[],
): ChainLink[] {
  return decorators.flatMap((one): ChainLink[] => {
    if (one.name === "UseGuards")
      return one.arguments.flatMap((guard) => guardLink(project, path, guard));
    return composedGuards(project, path, one);
  });
}

function composedGuards(
  project: Project,
  path: string,
  decorator: Decorator,
): ChainLink[] {
  const found = resolveConstant(project, path, decorator.name);
  if (found?.value.kind !== "function" || found.value.at === undefined)
    return [];
  const facts = functionAt(project, { path: found.path, at: found.value.at });
  return (facts ? callsIn(facts) : [])
    .filter(({ callee }) => callee === "UseGuards")
    .flatMap(({ call }) =>
      call.arguments.flatMap((guard) => guardLink(project, found.path, guard)),
    );
}

/** A guard's class is its `canActivate`; one that extends `AuthGuard("jwt")` is that. */
function guardLink(project: Project, path: string, guard: Value): ChainLink[] {
  const name =
    guard.kind === "name"
      ? guard.name
      : guard.kind === "call"
        ? guard.callee
        : "(computed)";
  const base: ChainLink = { name, line: guard.line, file: path, value: guard };
  const definition = definitionOfClass(project, path, name);
  if (definition === undefined) return [base];
  const ref = methodOfClass(project, definition, "canActivate");
  const parent = project.files
    .get(definition.path)
    ?.code?.classes.find((one) => one.name === definition.name)?.extends;
  const inherited: ChainLink[] =
    parent !== undefined && /^AuthGuard\b/.test(parent)
      ? [
          {
            ...base,
            name: "AuthGuard",
            value: {
              kind: "call",
              callee: "AuthGuard",
              arguments: [],
              line: guard.line,
            },
          },
        ]
      : [];
  return ref || inherited.length === 0
    ? [...inherited, { ...base, ...(ref && { ref }) }]
    : inherited;
}

/** `{ provide: APP_GUARD, useClass: X }` and `app.useGlobalGuards(new X())`. */
function globalGuards(project: Project): readonly ChainLink[] {
  return [...project.files].flatMap(([path, { code }]) => {
    if (code === undefined) return [];
    const provided = code.classes.flatMap(({ decorators }) =>
      decorators.flatMap((one) =>
        one.arguments.flatMap((value) => providedGuards(project, path, value)),
      ),
    );
    const used = code.functions.flatMap((one) =>
      callsIn(one)
        .filter(({ callee }) => lastName(callee) === "useGlobalGuards")
        .flatMap(({ call }) =>
          call.arguments.flatMap((guard) => guardLink(project, path, guard)),
        ),
    );
    return [...provided, ...used];
  });
}

function providedGuards(
  project: Project,
  path: string,
  value: Value,
): ChainLink[] {
  return valuesWithin(value).flatMap((part): ChainLink[] => {
    if (part.kind !== "object") return [];
    const entry = (key: string) =>
      part.entries.find((one) => one.key === key)?.value;
    const provide = entry("provide");
    const token = provide?.kind === "name" ? provide.name : stringOf(provide);
    if (token !== "APP_GUARD") return [];
    const guard = entry("useClass") ?? entry("useExisting");
    return guard ? guardLink(project, path, guard) : [];
  });
}

function globalPrefix(project: Project): string {
  for (const [, { code }] of project.files)
    for (const one of code?.functions ?? [])
      for (const { callee, call } of callsIn(one))
        if (lastName(callee) === "setGlobalPrefix")
          return stringOf(call.arguments[0]) ?? "";
  return "";
}
