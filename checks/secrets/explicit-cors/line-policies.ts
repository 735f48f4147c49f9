import type { Opening, PolicyMark } from "./marks.js";

/** How one kind of file writes a policy in a line of its own. */
interface LineForm {
  readonly files: RegExp;
  /** A line that opens. */
  readonly opens: RegExp;
  readonly kind: "any" | "default" | "reflected";
  readonly means: string;
}

const header = "the Access-Control-Allow-Origin header";

const forms: readonly LineForm[] = [
  {
    files: /(^|\/)_headers$/,
    opens: /^\s+access-control-allow-origin\s*:\s*\*\s*$/i,
    kind: "any",
    means: header,
  },
  {
    files: /nginx|\.conf(?:\.\w+)?$|\.htaccess$|(^|\/)Caddyfile$|\.vhost$/i,
    opens:
      /^\s*(?:add_header|more_set_headers|proxy_set_header|(?:Response)?Header\s+(?:always\s+)?(?:set|add|append|merge)|header\s+(?:\S+\s+)?)\s*["']?Access-Control-Allow-Origin["':]?\s+["']?\*/i,
    kind: "any",
    means: header,
  },
  {
    files: /nginx|\.conf(?:\.\w+)?$|\.htaccess$/i,
    opens:
      /^\s*(?:add_header|more_set_headers)\s+["']?Access-Control-Allow-Origin["':]?\s+["']?\$http_origin/i,
    kind: "reflected",
    means: header,
  },
  {
    files: /\.config$/i,
    opens: /<add\s+name="Access-Control-Allow-Origin"\s+value="\*"/i,
    kind: "any",
    means: header,
  },
  {
    files:
      /(^|\/)\.env(?:\.(?!example|sample|template|dist|local|dev|test|ci)[\w-]+)?$/i,
    opens:
      /^\s*(?:export\s+)?(?:[A-Z0-9]+_)*(?:CORS(?:_ALLOW(?:ED)?)?_(?:ORIGINS?|DOMAINS?)|ALLOW(?:ED)?_ORIGINS?)\s*=\s*["']?\*["']?\s*$/,
    kind: "any",
    means: "this setting",
  },
  {
    files: /\.tf$/,
    opens: /^\s*allow(?:ed)?_origins\s*=\s*\[[^\]]*"\*"/,
    kind: "any",
    means: "this configuration",
  },
  {
    files: /\.(?:php|go|rb|java|kt|cs|rs|ex)$/,
    opens: /Access-Control-Allow-Origin["']?\s*(?:[,:=]|=>|\)\s*,)\s*["']?\*/i,
    kind: "any",
    means: header,
  },
  {
    files: /\.php$/,
    opens:
      /Access-Control-Allow-Origin:\s*["']?\s*\.\s*\$_SERVER\[\s*["']HTTP_ORIGIN|Access-Control-Allow-Origin:\s*\{?\$_SERVER\[/i,
    kind: "reflected",
    means: header,
  },
  {
    files: /(^|\/)config\/cors\.php$/,
    opens: /["']allowed_origins["']\s*=>\s*\[\s*["']\*["']/,
    kind: "any",
    means: "allowed_origins",
  },
  {
    files: /\.(?:java|kt)$/,
    opens:
      /@CrossOrigin\s*(?:$|\(\s*(?:\)|(?:origins\s*=\s*)?\{?\s*"\*"))|[aA]llowedOrigin(?:s|Patterns)?\(\s*(?:(?:List|Arrays)\.\w+\(\s*)?"\*"/,
    kind: "any",
    means: "this policy",
  },
  {
    files: /\.cs$/,
    opens:
      /\.AllowAnyOrigin\(\)|SetIsOriginAllowed\(\s*\(?\w+\)?\s*=>\s*true\s*\)/,
    kind: "any",
    means: "this policy",
  },
  {
    files: /\.go$/,
    opens:
      /\bAllowAllOrigins:\s*true|\bAllow(?:ed)?Origins:\s*\[\]string\{\s*"\*"|\bcors\.(?:Default|AllowAll)\(\)|middleware\.CORS\(\)/,
    kind: "any",
    means: "this policy",
  },
  {
    files: /\.rb$/,
    opens: /^\s*origins\s*\(?\s*["']\*["']/,
    kind: "any",
    means: "this policy",
  },
];

/** Files whose lines are looked at. */
export function hasLinePolicies(path: string): boolean {
  return forms.some(({ files }) => files.test(path));
}

/** The policies that a file states in lines of its own: servers, platforms, other languages. */
export function linePolicies(path: string, text: string): PolicyMark[] {
  const fitting = forms.filter(({ files }) => files.test(path));
  const lines = text.split("\n");
  return lines.flatMap((line, index) => {
    if (line.length > 2_000 || /^\s*(?:#|\/\/|\*|<!--)/.test(line)) return [];
    const form = fitting.find(({ opens }) => opens.test(line));
    if (form === undefined) return [];
    if (form.kind === "reflected" && isTestedBefore(lines, index)) return [];
    const opening: Opening = { kind: form.kind, line: index + 1 };
    return [policyIn(form, opening, lines, index, path)];
  });
}

function policyIn(
  form: LineForm,
  opening: Opening,
  lines: readonly string[],
  index: number,
  path: string,
): PolicyMark {
  const around = lines.slice(Math.max(0, index - 8), index + 9).join("\n");
  const route = routeBefore(lines, index);
  const methods = /allowed?_methods\s*=\s*\[([^\]]*)\]/.exec(around)?.[1];
  return {
    type: "policy",
    means: form.means,
    line: index + 1,
    openings: [opening],
    credentials: credentialsNear.test(around),
    scope:
      path.endsWith(".tf") && /bucket|allowed_origins/.test(around)
        ? "bucket"
        : "app",
    ...(route !== undefined && { route }),
    ...(methods !== undefined && {
      methods: methods.toUpperCase().match(/[A-Z]+/g) ?? [],
    }),
  };
}

const credentialsNear =
  /access-control-allow-credentials["']?(?:\)?\s*[,:=]|=>|\s)\s*["']?true|allow_?credentials["']?\s*(?:[:=(]|=>)\s*(?:true|["']true)|supports_credentials["']\s*=>\s*true|AllowCredentials\(\)|AllowCredentials:\s*true|^[ \t]*credentials:\s*true|setAllowCredentials\(true|allowCredentials\(true/im;

/** `if ($http_origin ~* …) {` above: the header is only given to those who pass. */
function isTestedBefore(lines: readonly string[], index: number): boolean {
  for (let at = index; at >= Math.max(0, index - 30); at--) {
    const line = lines[at] ?? "";
    if (/if\s*\(\s*\$http_origin|in_array\(|SetEnvIf|preg_match/.test(line))
      return true;
    if (/^\s*(?:location|server)\b/.test(line)) return false;
  }
  return false;
}

/** The path or file pattern that a line stands under. */
function routeBefore(
  lines: readonly string[],
  index: number,
): string | undefined {
  for (let at = index; at >= Math.max(0, index - 60); at--) {
    const line = lines[at] ?? "";
    const location =
      /^\s*location\s+(?:[=~^*]+\s*)?(\S.*?)\s*\{/.exec(line)?.[1] ??
      /^\s*<(?:FilesMatch|Files|Location|LocationMatch)\s+"?([^">]+)/i.exec(
        line,
      )?.[1] ??
      /^(\/\S*|https?:\/\/\S+)\s*$/.exec(line)?.[1];
    if (location !== undefined) return location;
    if (/^\s*server\s*\{/.test(line)) return undefined;
  }
  return undefined;
}
