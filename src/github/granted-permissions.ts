/** The permissions of an installation, as its token's answer lists them: `{ checks: "write", … }`. */
export type GrantedPermissions = Readonly<Record<string, string>>;

/** What the app cannot do without. */
export const neededPermissions: GrantedPermissions = {
  checks: "write",
  contents: "read",
  metadata: "read",
  pull_requests: "read",
};

/** What some feature needs, which is left out where it is not granted. */
export const optionalPermissions: GrantedPermissions = {
  pull_requests: "write",
  members: "read",
  merge_queues: "read",
};

const ranks: readonly string[] = ["none", "read", "write", "admin"];

/** Whether a permission is granted at least at a level. */
export function isGranted(
  granted: GrantedPermissions,
  name: string,
  level: string,
): boolean {
  const rank = ranks.indexOf(granted[name] ?? "none");
  return rank >= ranks.indexOf(level);
}

/** What of a list is not granted, as `name: level`, in the list's order. */
export function missingPermissions(
  granted: GrantedPermissions,
  wanted: GrantedPermissions = neededPermissions,
): readonly string[] {
  return Object.entries(wanted)
    .filter(([name, level]) => !isGranted(granted, name, level))
    .map(([name, level]) => `${name}: ${level}`);
}
