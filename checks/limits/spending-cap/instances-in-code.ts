import { fileSide } from "#model/file-side.js";
import { callsIn, functionAt } from "#model/functions.js";
import { optionOf } from "#model/option-of.js";
import type { Project } from "#model/project.js";
import { type PlacedCallValue, provenanceOfCallee } from "#model/provenance.js";
import { valueOfName } from "#model/value-of-name.js";
import {
  allSteps,
  type CallValue,
  lastName,
  valuesOf,
} from "#model/value-walk.js";
import type { Value } from "#parse/module-facts.js";
import type { Unlimited } from "./unlimited.js";

/** Functions that code declares: those of Firebase, and of AWS in the CDK. */
export function codeFunctions(project: Project): readonly Unlimited[] {
  const hasDefault = setsFirebaseDefault(project);
  return [...project.files].flatMap(([path, { code, module }]) => {
    if (!code || fileSide(project, path) === "aside") return [];
    const imports = module?.imports ?? [];
    const isFirebase =
      !hasDefault &&
      imports.some(({ from }) => from.startsWith("firebase-functions"));
    const isCdk = imports.some(({ from }) =>
      /^(?:aws-cdk-lib|@aws-cdk\/)/.test(from),
    );
    return [
      ...(isFirebase ? firebaseFunctions(project, path) : []),
      ...(isCdk ? cdkFunctions(project, path) : []),
    ];
  });
}

function setsFirebaseDefault(project: Project): boolean {
  return [...project.files.values()].some(({ code }) =>
    code?.functions.some((facts) =>
      callsIn(facts).some(
        ({ callee, call }) =>
          lastName(callee) === "setGlobalOptions" &&
          optionOf(call.arguments[0], "maxInstances") !== undefined,
      ),
    ),
  );
}

const maker =
  /^(?:onRequest|onCall|onCallGenkit|onSchedule|onDocument\w+|onValue\w+|onObject\w+|onMessagePublished|onTaskDispatched|onRun|onCreate|onUpdate|onWrite|onPublish|onFinalize)$/;

/** @see https://firebase.google.com/docs/functions/manage-functions#set_max_instances */
function firebaseFunctions(project: Project, path: string): Unlimited[] {
  const top = functionAt(project, { path, at: -1 });
  return allSteps(top?.steps ?? []).flatMap((step): Unlimited[] => {
    const [value] = valuesOf(step);
    if (value?.kind !== "call" || !maker.test(lastName(value.callee)))
      return [];
    const placed: PlacedCallValue = { path, value, within: undefined };
    const made = provenanceOfCallee(project, placed);
    if (made !== undefined && !made.package.startsWith("firebase-functions"))
      return [];
    if (made === undefined && !/^functions\./.test(value.callee)) return [];
    const given = [
      value,
      ...(made?.calls ?? []).map((one) => one.value),
      ...onCalls(value),
    ];
    if (given.some((call) => limitsIn(project, path, call))) return [];
    const name =
      step.kind === "let"
        ? (step.bindings[0]?.local ?? "")
        : step.kind === "set"
          ? lastName(step.target)
          : "";
    return [
      {
        path,
        line: step.line,
        what: `The Firebase function ${name}`.trim(),
        setting: "maxInstances",
      },
    ];
  });
}

/** `functions.runWith({ maxInstances: 5 }).https.onCall(…)`. */
function onCalls(value: CallValue): CallValue[] {
  const found: CallValue[] = [];
  for (let at: Value | undefined = value.on; at;) {
    if (at.kind === "call") found.push(at);
    at = at.kind === "call" ? at.on : at.kind === "member" ? at.of : undefined;
  }
  return found;
}

function limitsIn(project: Project, path: string, call: CallValue): boolean {
  return call.arguments.some((value) => {
    if (value.kind === "function") return false;
    const meant =
      value.kind === "name"
        ? (valueOfName(project, { path, within: undefined }, value.name)
            ?.value ?? value)
        : value;
    return (
      optionOf(meant, "maxInstances", "concurrencyLimit") !== undefined ||
      // Options from elsewhere may say it.
      (meant.kind === "object" &&
        meant.entries.some(({ key }) => key === "..."))
    );
  });
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html */
function cdkFunctions(project: Project, path: string): Unlimited[] {
  const code = project.files.get(path)?.code;
  return (code?.functions ?? []).flatMap((facts) =>
    callsIn(facts).flatMap(({ callee, call }): Unlimited[] => {
      if (
        !/(?:^|\.)(?:NodejsFunction|DockerImageFunction|PythonFunction)$|^(?:lambda|aws_lambda)\.Function$/.test(
          callee,
        )
      )
        return [];
      const options = call.arguments[2];
      if (options?.kind !== "object") return [];
      if (
        optionOf(options, "reservedConcurrentExecutions", "...") !== undefined
      )
        return [];
      const [, id] = call.arguments;
      const name = id?.kind === "literal" ? String(id.value) : "";
      return [
        {
          path,
          line: call.line,
          what: `The Lambda function ${name}`.trim(),
          setting: "reservedConcurrentExecutions",
        },
      ];
    }),
  );
}
