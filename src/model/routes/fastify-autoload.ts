import type { FunctionFacts } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";
import { callsIn, functionAt, resolveFunction } from "../functions.js";
import type { FunctionRef } from "../function-ref.js";
import { parentFolder } from "../paths.js";
import type { Project } from "../project.js";
import type { ChainLink } from "../route.js";
import { partsOf, stringOf } from "../value-walk.js";
import { fastifyPlugin, hookNames } from "./fastify.js";
import { linkOf } from "./handlers.js";
import type { RouterCall, RouterEvent } from "./router-call.js";
import { parameterRouter } from "./router-objects.js";

const script = /\.[cm]?[jt]s$/;
const hooksFile = /(?:^|\/)\.?autohooks\.[cm]?[jt]s$/;

/**
 * `register(autoload, { dir: join(__dirname, "routes") })`: every file of the folder is a plugin under the path of its
 * folder, behind the hooks that `autohooks` files add.
 *
 * @returns undefined where something else is registered.
 * @see https://github.com/fastify/fastify-autoload
 */
export function autoloaded(
  call: RouterCall,
): readonly RouterEvent[] | undefined {
  const { project, path } = call;
  const [plugin, options] = call.call.arguments;
  if (plugin?.kind !== "name" || !isAutoload(project, path, plugin.name))
    return undefined;
  const dir = folderOf(path, entryOf(options, "dir"));
  if (dir === undefined) return [];
  const prefix = stringOf(entryOf(entryOf(options, "options"), "prefix")) ?? "";
  const isPlain = isFalse(entryOf(options, "dirNameRoutePrefix"));
  const hooks = hookReader(project, dir, options);
  return [...project.files.keys()]
    .filter((one) => one.startsWith(`${dir}/`) && script.test(one))
    .filter((one) => !hooksFile.test(one))
    .flatMap((file): RouterEvent[] => {
      const found = pluginIn(call, file);
      if (found === undefined) return [];
      const inner = isPlain ? "" : parentFolder(file).slice(dir.length);
      const place = `${prefix}${inner.replace(/\/_/g, "/:")}`;
      return [{ kind: "mount", prefix: place, links: hooks(file), ...found }];
    });
}

function isAutoload(project: Project, path: string, name: string): boolean {
  return (
    project.files
      .get(path)
      ?.module?.imports.some(
        ({ local, from }) =>
          local === name && /^(?:@fastify\/|fastify-)autoload$/.test(from),
      ) === true
  );
}

function entryOf(value: Value | undefined, key: string): Value | undefined {
  return value?.kind === "object"
    ? value.entries.find((one) => one.key === key)?.value
    : undefined;
}

function isFalse(value: Value | undefined): boolean {
  return value?.kind === "literal" && value.value === false;
}

function isTrue(value: Value | undefined): boolean {
  return value?.kind === "literal" && value.value === true;
}

/** `join(__dirname, "routes")`, by the texts in it. */
function folderOf(path: string, value: Value | undefined): string | undefined {
  if (value === undefined) return undefined;
  const texts = [value, ...partsOf(value)].flatMap((part) => {
    const text = stringOf(part);
    return text === undefined ? [] : text.split("/");
  });
  const parts = parentFolder(path).split("/");
  for (const text of texts)
    if (text === "..") parts.pop();
    else if (text !== "." && text !== "") parts.push(text);
  const named = parts.filter((part) => part !== "").join("/");
  return texts.length > 0 && named !== "" ? named : undefined;
}

function pluginIn(call: RouterCall, file: string) {
  const { project, router } = call;
  const value: Value = { kind: "name", name: "default", line: 1 };
  const { ref, isSame } = fastifyPlugin({ ...call, path: file }, value);
  const target = ref && parameterRouter(project, ref, 0, router.framework);
  return target && target.key !== router.key ? { target, isSame } : undefined;
}

/** The hooks in front of a file: those of its folder, and those of the folders around it where they cascade. */
function hookReader(
  project: Project,
  dir: string,
  options: Value | undefined,
): (file: string) => readonly ChainLink[] {
  if (!isTrue(entryOf(options, "autoHooks"))) return () => [];
  const cascades = isTrue(entryOf(options, "cascadeHooks"));
  const files = [...project.files.keys()].filter(
    (one) => one.startsWith(`${dir}/`) && hooksFile.test(one),
  );
  return (file) =>
    files
      .filter((one) => {
        const folder = parentFolder(one);
        return cascades
          ? file.startsWith(`${folder}/`)
          : parentFolder(file) === folder;
      })
      .flatMap((one) => hooksIn(project, one));
}

function hooksIn(project: Project, file: string): readonly ChainLink[] {
  const value: Value = { kind: "name", name: "default", line: 1 };
  const ref: FunctionRef | undefined = resolveFunction(project, file, value);
  const facts: FunctionFacts | undefined = ref && functionAt(project, ref);
  if (facts === undefined) return [];
  return callsIn(facts).flatMap(({ call, callee }): ChainLink[] => {
    const [name, hook] = call.arguments;
    const isHook =
      /\.addHook$/.test(callee) && hookNames.includes(stringOf(name) ?? "");
    return isHook && hook
      ? [{ ...linkOf(project, file, hook, facts), isGlobal: true }]
      : [];
  });
}
