/** One database server as a compose file or a cluster's manifest starts it. */
export interface StartedServer {
  readonly image: string;
  /** Settings by name, in upper case as most images have them; empty value where it comes from elsewhere. */
  readonly settings: ReadonlyMap<string, string>;
  /** Words of its command. */
  readonly command: string;
  /** Settings come from a file or an anchor that is not read here. */
  readonly hasMore: boolean;
}

interface Kind {
  readonly image: RegExp;
  readonly name: string;
  /** Why it lets everybody in; undefined where it asks for a password. */
  readonly openBecause: (server: StartedServer) => string | undefined;
}

const yes = /^(?:true|yes|1|on)$/i;

function missing(
  { settings, hasMore, command }: StartedServer,
  setting: RegExp,
  option: RegExp,
): boolean {
  return (
    !hasMore &&
    !option.test(command) &&
    ![...settings.keys()].some((name) => setting.test(name))
  );
}

function saysYes({ settings }: StartedServer, name: RegExp): boolean {
  return [...settings].some(
    ([key, value]) => name.test(key) && yes.test(value),
  );
}

const kinds: readonly Kind[] = [
  {
    image:
      /(?:^|\/)(?:mongo|mongodb|mongodb-community-server|percona-server-mongodb)$/,
    name: "MongoDB",
    openBecause: (server) =>
      missing(
        server,
        /ROOT_?(?:USER|PASSWORD)|MONGODB_PASSWORD/,
        /--auth\b|--keyFile\b|--config\b/,
      )
        ? "it has no root user, so it asks nobody for a password"
        : undefined,
  },
  {
    image: /(?:^|\/)(?:redis|redis-stack(?:-server)?|valkey|keydb|dragonfly)$/,
    name: "Redis",
    openBecause: (server) =>
      missing(server, /PASSWORD|REDIS_ARGS/, /requirepass|aclfile|\.conf\b/)
        ? "it has no password"
        : undefined,
  },
  {
    image: /(?:^|\/)(?:elasticsearch|opensearch)$/,
    name: "Elasticsearch",
    openBecause: ({ settings }) =>
      /^false$/i.test(settings.get("XPACK.SECURITY.ENABLED") ?? "") ||
      yes.test(settings.get("DISABLE_SECURITY_PLUGIN") ?? "") ||
      yes.test(settings.get("PLUGINS.SECURITY.DISABLED") ?? "")
        ? "its security is switched off"
        : undefined,
  },
  {
    image:
      /(?:^|\/)(?:postgres|postgresql|postgis|pgvector|timescaledb(?:-ha)?)$/,
    name: "Postgres",
    openBecause: ({ settings }) =>
      settings.get("POSTGRES_HOST_AUTH_METHOD") === "trust"
        ? "it trusts every connection"
        : undefined,
  },
  {
    image: /(?:^|\/)(?:mysql|mariadb|mysql-server|percona)$/,
    name: "MySQL",
    openBecause: (server) =>
      saysYes(server, /^(?:MYSQL|MARIADB)_ALLOW_EMPTY(?:_ROOT)?_PASSWORD$/) ||
      saysYes(server, /^ALLOW_EMPTY_PASSWORD$/)
        ? "its root user has no password"
        : undefined,
  },
  {
    image: /(?:^|\/)neo4j$/,
    name: "Neo4j",
    openBecause: ({ settings }) =>
      settings.get("NEO4J_AUTH") === "none"
        ? "its authentication is switched off"
        : undefined,
  },
  {
    image: /(?:^|\/)graphql-engine$/,
    name: "Hasura",
    openBecause: (server) =>
      missing(
        server,
        /^HASURA_GRAPHQL_(?:ADMIN_SECRET|ACCESS_KEY)/,
        /--admin-secret\b/,
      )
        ? "it has no admin secret, so every caller is its administrator"
        : undefined,
  },
];

/** Which database an image starts, and why it lets everybody in. */
export function openServer(
  server: StartedServer,
): { readonly name: string; readonly because: string } | undefined {
  const image = server.image
    .replace(/@.*$/, "")
    .replace(/:[^/]*$/, "")
    .toLowerCase();
  const kind = kinds.find((one) => one.image.test(image));
  const because = kind?.openBecause(server);
  return kind && because !== undefined
    ? { name: kind.name, because }
    : undefined;
}

/** Ports on which databases listen by default. */
export const databasePorts: ReadonlySet<number> = new Set([
  1433, 1521, 3306, 5432, 5433, 5984, 6379, 7474, 7687, 8086, 9042, 9200, 9300,
  11211, 27017, 27018,
]);
