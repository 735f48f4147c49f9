/** The methods under which a route module exports its handlers. */
export const httpMethods: ReadonlySet<string> = new Set([
  "GET",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "HEAD",
  "OPTIONS",
  "ALL",
]);

/** Whether an exported name is that of a method which does something; a preflight answer does not. */
export function isMethodName(name: string): boolean {
  return httpMethods.has(name) && name !== "OPTIONS";
}

/**
 * The URL path that a path of route files stands for, with `:name` and `*`.
 *
 * @param segments - Folders and file stem below the routes folder, for example `(shop)/orders/[id]`.
 */
export function urlPath(segments: string): string {
  const parts = segments
    .split("/")
    .filter((part) => part !== "" && part !== "index")
    .filter((part) => !/^\(.*\)$/.test(part) && !part.startsWith("@"))
    .map(parameterOf);
  return `/${parts.join("/")}`;
}

function parameterOf(segment: string): string {
  if (/^\[{1,2}\.{3}/.test(segment)) return "*";
  return segment
    .replace(/\[{1,2}([\w-]+)(?:=\w+)?\]{1,2}/g, ":$1")
    .replace(/^\(\.+\)/, "");
}

/** Two paths as one; a trailing slash is dropped. */
export function joinUrl(...parts: readonly string[]): string {
  const whole = parts
    .flatMap((part) => part.split("/"))
    .filter((part) => part !== "")
    .join("/");
  return `/${whole}`;
}

/** The path of a file without its extension. */
export function withoutExtension(path: string): string {
  return path.replace(/\.[cm]?[jt]sx?$/, "");
}
