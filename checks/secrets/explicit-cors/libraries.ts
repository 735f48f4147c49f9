import type { OptionStyle } from "./options.js";

/** A function of a library that sets a cross-origin policy. */
export interface CorsFunction extends OptionStyle {
  /** How it is called in a sentence. */
  readonly means: string;
  /** Place of the options among its arguments. */
  readonly optionsAt: number;
  /** It compares a `*` in a list like any other text. */
  readonly isStarInListText: boolean;
}

const usual: CorsFunction = {
  means: "cors()",
  optionsAt: 0,
  otherwise: "default",
  credentialsOtherwise: false,
  isStarInListText: false,
};
const express: CorsFunction = { ...usual, isStarInListText: true };

/** By package and exported name (`*` is the default export or the module itself), as their documentation states it. */
const functions: Readonly<Record<string, CorsFunction>> = {
  "cors *": express,
  "@types/cors *": express,
  "nextjs-cors *": { ...express, means: "NextCors()", optionsAt: 2 },
  "@tinyhttp/cors cors": usual,
  "@koa/cors *": usual,
  "koa-cors *": usual,
  "kcors *": usual,
  "koa2-cors *": usual,
  "hono/cors cors": usual,
  "@hono/hono/cors cors": usual,
  "hono/middleware cors": usual,
  "itty-router cors": usual,
  "itty-cors createCors": usual,
  "@middy/http-cors *": { ...usual, means: "httpCors()" },
  "remix-utils/cors/server cors": { ...usual, optionsAt: 2 },
  // Answers with `Access-Control-Allow-Credentials: true` unless it is told otherwise.
  "micro-cors *": { ...usual, credentialsOtherwise: true },
  // Reflects the request's origin and allows credentials unless it is told otherwise.
  "@elysiajs/cors cors": {
    ...usual,
    otherwise: "reflected",
    credentialsOtherwise: true,
  },
  "h3 handleCors": { ...usual, means: "handleCors()", optionsAt: 1 },
  "h3 appendCorsHeaders": {
    ...usual,
    means: "appendCorsHeaders()",
    optionsAt: 1,
  },
  "oak-cors oakCors": { ...usual, means: "oakCors()" },
  "oak-cors opineCors": { ...usual, means: "opineCors()" },
  "restify-cors-middleware *": { ...usual, means: "the CORS middleware" },
  "restify-cors-middleware2 *": { ...usual, means: "the CORS middleware" },
};

/** Plugins that are registered together with their options. */
const plugins: Readonly<Record<string, CorsFunction>> = {
  "@fastify/cors": { ...usual, means: "@fastify/cors", optionsAt: 1 },
  "fastify-cors": { ...usual, means: "fastify-cors", optionsAt: 1 },
};

/** The function of a library by where it is imported from. */
export function corsFunction(
  from: string,
  name: string,
): CorsFunction | undefined {
  const module = plainSpecifier(from);
  const key = name === "default" ? "*" : name;
  return find(functions, `${module} ${key}`);
}

/** The plugin by where it is imported from. */
export function corsPlugin(from: string): CorsFunction | undefined {
  return find(plugins, plainSpecifier(from));
}

/** `app.enableCors()` of NestJS. */
export const enableCors: CorsFunction = { ...express, means: "enableCors()" };

function find<T>(
  table: Readonly<Record<string, T>>,
  key: string,
): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** `npm:hono@4.1.0/cors`, `jsr:@hono/hono@^4/cors`, `https://esm.sh/hono/cors` to `hono/cors`. */
function plainSpecifier(from: string): string {
  if (/^https:\/\/deno\.land\/x\/cors\b/.test(from)) return "oak-cors";
  if (/^https:\/\/deno\.land\/x\/hono\b/.test(from)) return "hono/middleware";
  return from
    .replace(/^(?:npm:|jsr:|https:\/\/(?:esm\.sh|cdn\.skypack\.dev)\/)\/?/, "")
    .replace(/^((?:@[^/]+\/)?[^/@]+)@[^/]*/, "$1");
}
