const names =
  "(?:admins?|administration|administrator|admin-?(?:panel|dashboard|area|console|portal)|dashboard-admin|back-?office|super-?admin|administrador|administracion|painel-admin)";

const segment = new RegExp(`^${names}$`, "i");
const address = new RegExp(
  `^(?:https?://[^/]+)?/(?:[a-z]{2}(?:-[a-z]{2})?/)?${names}(?:[/?#*]|$)`,
  "i",
);
const routed =
  /^(?:app|pages|routes|views|screens|api|functions|controllers|apps)$/i;
const aside =
  /^(?:lib|libs|utils?|helpers?|components?|hooks|types|services|stores?|i18n|locales|config|emails?|schemas?|models|constants|assets|styles|public|node_modules|packages)$/i;

/** Whether an address leads to the admins' part of a site. */
export function isAdminAddress(text: string): boolean {
  return text.length < 200 && address.test(text);
}

/** Whether a file is a page or an endpoint of the admins by its place. */
export function isAdminRoute(path: string): boolean {
  const parts = path.split("/");
  const start = parts.findIndex((part) => routed.test(part));
  if (start < 0) return false;
  const below = parts.slice(start + 1);
  if (below.slice(0, -1).some((part) => aside.test(part))) return false;
  return below.some((part, index) =>
    isAdminPart(part, index === below.length - 1),
  );
}

/** `admin`, `(admin)`, `admin+`, `_admin.users.tsx`, `admin.controller.ts`, `AdminDashboard.tsx`. */
function isAdminPart(part: string, isFile: boolean): boolean {
  if (!isFile) return segment.test(part.replace(/^[(_]+|[)+]+$/g, ""));
  const pieces = part
    .split(".")
    .slice(0, -1)
    .map((piece) => piece.replace(/^[(_]+|[)+]+$/g, ""));
  return (
    pieces.some((piece) => segment.test(piece)) ||
    /^(?:Super)?Admin(?:[A-Z]\w*)?$/.test(pieces[0] ?? "")
  );
}

/** Whether a path names the admins anywhere: what stands there may lead to other admin pages. */
export function namesAdmin(path: string): boolean {
  return /admin|back-?office/i.test(path);
}
