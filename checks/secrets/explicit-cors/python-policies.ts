import type { Opening, PolicyMark } from "./marks.js";

/** Whether a Python file can state a policy. */
export function mentionsPythonCors(text: string): boolean {
  return /CORSMiddleware|flask_cors|CORS_(?:ALLOW|ORIGIN)|Access-Control-Allow-Origin|cross_origin/i.test(
    text,
  );
}

/** The policies that a Python file states: FastAPI and Starlette, Flask, Django, headers. */
export function pythonPolicies(text: string): PolicyMark[] {
  const lines = withoutRemarks(text.split("\n"));
  return [
    ...middlewarePolicies(lines),
    ...flaskPolicies(lines),
    ...djangoPolicies(lines),
    ...headerPolicies(lines),
  ];
}

/** Comments and documentation strings, blanked line by line so that line numbers stay. */
function withoutRemarks(lines: readonly string[]): string[] {
  let isInText = false;
  return lines.map((line) => {
    const quotes = line.split(/"""|'''/).length - 1;
    const isText =
      isInText || (quotes > 0 && /^\s*[rbu]?(?:"""|''')/i.test(line));
    if (quotes % 2 === 1) isInText = !isInText;
    return isText ? "" : line.replace(/(^|\s)#.*$/, "");
  });
}

/** The arguments of the call that starts on a line, joined, with the line of each. */
interface Call {
  readonly line: number;
  readonly text: string;
}

function callsOf(lines: readonly string[], name: RegExp): Call[] {
  return lines.flatMap((line, index) => {
    const found = name.exec(line);
    if (!found) return [];
    let text = line.slice(found.index);
    for (
      let at = index + 1;
      isOpen(text) && at < Math.min(lines.length, index + 40);
      at++
    )
      text += `\n${lines[at] ?? ""}`;
    return [{ line: index + 1, text }];
  });
}

function isOpen(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === "(") depth++;
    if (character === ")" && --depth === 0) return false;
  }
  return true;
}

/** A keyword argument as text, with its line. */
function argumentOf(
  call: Call,
  key: RegExp,
): { value: string; line: number } | undefined {
  const found = key.exec(call.text);
  if (!found) return undefined;
  const before = call.text.slice(
    0,
    found.index + found[0].indexOf(found[1] ?? ""),
  );
  const line = call.line + before.split("\n").length - 1;
  return { value: (found[1] ?? "").trim(), line };
}

function policy(
  means: string,
  opening: Opening,
  credentials: boolean,
): PolicyMark {
  const { line } = opening;
  return {
    type: "policy",
    means,
    line,
    openings: [opening],
    credentials,
    scope: "app",
  };
}

/** `app.add_middleware(CORSMiddleware, allow_origins=["*"])`, `Middleware(CORSMiddleware, …)` */
function middlewarePolicies(lines: readonly string[]): PolicyMark[] {
  const calls = callsOf(
    lines,
    /(?:add_middleware|Middleware)\(\s*(?:CORSMiddleware\b)?/,
  );
  return calls.flatMap((call) => {
    if (!/^[\w.]+\(\s*CORSMiddleware\b/.test(call.text)) return [];
    const credentials = /allow_credentials\s*=\s*True\b/.test(call.text);
    const pattern = argumentOf(
      call,
      /allow_origin_regex\s*=\s*(r?["'][^"'\n]*["'])/,
    );
    if (
      pattern &&
      /^r?["']\^?(?:https?:\/\/)?\.[*+]\$?["']$/.test(pattern.value)
    )
      return [
        policy(
          "CORSMiddleware",
          { kind: "reflected", line: pattern.line },
          credentials,
        ),
      ];
    const origins = argumentOf(
      call,
      /allow_origins\s*=\s*(\[[^\]]*\]|[^,\n)]+)/,
    );
    const listed = origins && listOpening(origins, lines);
    if (listed === undefined) return [];
    const opening = reflectedWith(credentials, listed);
    return [policy("CORSMiddleware", opening, credentials)];
  });
}

/** Starlette and flask_cors answer a request that carries cookies with that request's own origin. */
function reflectedWith(credentials: boolean, opening: Opening): Opening {
  return credentials && (opening.kind === "any" || opening.kind === "default")
    ? { kind: "reflected", line: opening.line }
    : opening;
}

/** A list that holds `"*"`: written there, or kept in a variable of the file. */
function listOpening(
  origins: { value: string; line: number },
  lines: readonly string[],
): Opening | undefined {
  if (/["']\*["']/.test(origins.value)) {
    const isFallback = /environ|getenv|settings|config|\bor\b/.test(
      origins.value,
    );
    return { kind: isFallback ? "unset" : "any", line: origins.line };
  }
  const [, name] = /^([A-Za-z_]\w*)$/.exec(origins.value) ?? [];
  if (name === undefined) return undefined;
  const start = lines.findIndex((line) =>
    new RegExp(`^\\s*${name}\\s*(?::[^=]+)?=[^=]`).test(line),
  );
  if (start < 0) return undefined;
  let value = "";
  for (let at = start; at < Math.min(lines.length, start + 30); at++) {
    const line = lines[at] ?? "";
    if (/["']\*["']/.test(line)) {
      const isFallback = /environ|getenv|\bor\b/.test(line);
      return { kind: isFallback ? "unset" : "any", line: at + 1 };
    }
    value += line;
    if (value.split("[").length <= value.split("]").length) break;
  }
  return undefined;
}

/** `CORS(app)`, `CORS(app, origins="*")`, `CORS(app, resources={r"/*": {"origins": "*"}})`, `@cross_origin()` */
function flaskPolicies(lines: readonly string[]): PolicyMark[] {
  if (!lines.some((line) => /flask_cors/.test(line))) return [];
  return callsOf(lines, /(?<![\w.])(?:CORS|@?cross_origin)\(/).flatMap(
    (call) => {
      const credentials = /supports_credentials["']?\s*[=:]\s*True\b/.test(
        call.text,
      );
      const stated = argumentOf(
        call,
        /origins["']?\s*[=:]\s*(\[[^\]]*\]|["'][^"'\n]*["']|[A-Za-z_][\w.]*(?:\([^)]*\))?)/,
      );
      if (stated) {
        const opening = listOpening(stated, lines);
        return opening ? [policy("flask_cors", opening, credentials)] : [];
      }
      // `CORS()` without an app is set up later, by `init_app`.
      if (/^CORS\(\s*\)/.test(call.text) || /\*\*/.test(call.text)) return [];
      return [
        policy(
          "flask_cors",
          reflectedWith(credentials, { kind: "default", line: call.line }),
          credentials,
        ),
      ];
    },
  );
}

/** `CORS_ALLOW_ALL_ORIGINS = True` */
function djangoPolicies(lines: readonly string[]): PolicyMark[] {
  const credentials = lines.some((line) =>
    /^\s*CORS_ALLOW_CREDENTIALS\s*=\s*True\b/.test(line),
  );
  return lines.flatMap((line, index) =>
    /^CORS_(?:ALLOW_ALL_ORIGINS|ORIGIN_ALLOW_ALL)\s*=\s*True\b/.test(line)
      ? [
          policy(
            "django-cors-headers",
            { kind: "any", line: index + 1 },
            credentials,
          ),
        ]
      : [],
  );
}

/** `response.headers["Access-Control-Allow-Origin"] = "*"` */
function headerPolicies(lines: readonly string[]): PolicyMark[] {
  return lines.flatMap((line, index) => {
    const found =
      /["']Access-Control-Allow-Origin["']\s*(?:\]\s*=|[,:])\s*(["']\*["']|request\.headers|origin\b)/i.exec(
        line,
      );
    if (!found) return [];
    const isAny = /\*/.test(found[1] ?? "");
    const around = lines.slice(Math.max(0, index - 8), index + 9).join("\n");
    if (
      !isAny &&
      /\bif\b.*origin|\bin\s+[\w.]*(?:ALLOWED|origins)/i.test(around)
    )
      return [];
    const credentials =
      /Access-Control-Allow-Credentials["']\s*(?:\]\s*=|[,:])\s*["']?true/i.test(
        around,
      );
    const opening: Opening = {
      kind: isAny ? "any" : "reflected",
      line: index + 1,
    };
    return [
      policy("the Access-Control-Allow-Origin header", opening, credentials),
    ];
  });
}
