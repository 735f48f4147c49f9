import { describe, expect, test } from "@jest/globals";
import { databaseDefaultDeny } from "#checks/secrets/database-default-deny/check.js";
import { buildProject } from "#model/build-project.js";
import { aSnapshot, type Files } from "#support/a-snapshot.js";

function judged(files: Files): string[] {
  const project = buildProject(aSnapshot({ files }), {
    checks: [databaseDefaultDeny],
  });
  const outcome = databaseDefaultDeny.evaluate(project);
  if (outcome.status === "unknown") return [`unknown: ${outcome.because}`];
  if (outcome.status !== "broken") return [outcome.status];
  return outcome.findings.map(
    ({ rule, path, lines, atMost }) =>
      `${rule} ${path}:${String(lines.start)}${atMost ? ` ${atMost}` : ""}`,
  );
}

describe("servers of databases", () => {
  const compose = (service: string, name = "docker-compose.prod.yml") =>
    judged({ [name]: `services:\n  db:\n${service.replace(/^/gm, "    ")}\n` });
  const published = 'ports:\n  - "27017:27017"';

  test.each([
    ["mongo without a root user", `image: mongo:7\n${published}`],
    [
      "redis without a password",
      `image: redis:7-alpine\ncommand: redis-server --appendonly yes\nports: ["6379:6379"]`,
    ],
    [
      "postgres that trusts",
      `image: postgres:16\nenvironment:\n  POSTGRES_HOST_AUTH_METHOD: trust\nports:\n  - "0.0.0.0:5432:5432"`,
    ],
    [
      "elasticsearch without security",
      `image: docker.elastic.co/elasticsearch/elasticsearch:8.1.0\nenvironment:\n  - xpack.security.enabled=false\nports:\n  - 9200:9200`,
    ],
    [
      "mysql with an empty password",
      `image: mysql:8\nenvironment:\n  MYSQL_ALLOW_EMPTY_PASSWORD: "yes"\nports:\n  - target: 3306\n    published: 3306`,
    ],
    [
      "hasura without an admin secret",
      `image: hasura/graphql-engine:v2\nports:\n  - "8080:8080"`,
    ],
  ])("%s", (_, service) => {
    expect(compose(service)).toEqual([
      expect.stringMatching(
        /^database-without-authentication docker-compose\.prod\.yml:\d+$/,
      ),
    ]);
  });

  test("weighs less where the file may be for a laptop, and nothing where it says so", () => {
    const service = `image: mongo\n${published}`;
    expect(compose(service, "docker-compose.yml")).toEqual([
      "database-without-authentication docker-compose.yml:5 advise",
    ]);
    expect(compose(service, "docker-compose.dev.yml")).toEqual([
      "inapplicable",
    ]);
  });

  test.each([
    [
      "the port stays on the host",
      `image: mongo\nports:\n  - "127.0.0.1:27017:27017"`,
    ],
    ["nothing is published", "image: redis:7"],
    [
      "a root user is set",
      `image: mongo\n${published}\nenvironment:\n  - MONGO_INITDB_ROOT_USERNAME=app`,
    ],
    ["settings come from a file", `image: mongo\n${published}\nenv_file: .env`],
    [
      "a password is asked for",
      `image: redis\n${published}\ncommand: ["redis-server", "--requirepass", "x"]`,
    ],
    ["the image is no database", `image: mongo-express\n${published}`],
  ])("holds where %s", (_, service) => {
    expect(compose(service)).toEqual(["holds"]);
  });

  test("in a cluster, more where a service opens it to the outside", () => {
    const pod = `apiVersion: apps/v1
kind: StatefulSet
spec:
  template:
    spec:
      containers:
        - name: mongo
          image: mongo:7
`;
    const service = (type: string) =>
      `---\nkind: Service\nspec:\n  type: ${type}\n  ports:\n    - port: 27017\n`;

    expect(judged({ "k8s/db.yaml": pod + service("LoadBalancer") })).toEqual([
      "database-without-authentication k8s/db.yaml:8",
    ]);
    expect(judged({ "k8s/db.yaml": service("ClusterIP") + pod })).toEqual([
      "database-without-authentication k8s/db.yaml:14 advise",
    ]);
    expect(
      judged({
        "k8s/db.yaml": `${pod}          env:\n            - name: MONGO_INITDB_ROOT_USERNAME\n              valueFrom: {}\n`,
      }),
    ).toEqual(["holds"]);
  });

  test("Terraform that opens a database's port to everybody", () => {
    const group = (port: number, network: string) =>
      `resource "aws_security_group" "db" {\n  ingress {\n    from_port = ${String(port)}\n    to_port = ${String(port)}\n    cidr_blocks = ["${network}"]\n  }\n}\n`;

    expect(judged({ "main.tf": group(5432, "0.0.0.0/0") })).toEqual([
      "database-exposed main.tf:5",
    ]);
    expect(judged({ "main.tf": group(5432, "10.0.0.0/8") })).toEqual(["holds"]);
    expect(judged({ "main.tf": group(443, "0.0.0.0/0") })).toEqual(["holds"]);
    expect(
      judged({
        "main.tf":
          'resource "aws_db_instance" "a" {\n  publicly_accessible = true\n}',
      }),
    ).toEqual(["database-exposed main.tf:2 advise"]);
  });

  test("addresses without a user, elsewhere than here", () => {
    const at = (address: string) =>
      judged({ "src/db.ts": `export const u = "${address}";` });

    expect(at("mongodb://db.shop-prod.com:27017/shop")).toEqual([
      "database-without-authentication src/db.ts:1 advise",
    ]);
    for (const fine of [
      "mongodb://localhost:27017/shop",
      "redis://cache:6379",
      "redis://10.1.2.3:6379",
      "mongodb://app:secret@db.shop-prod.com/shop",
      "mongodb://your-host.com/db",
      "mongodb://db.prod.svc:27017",
    ])
      expect(at(fine)).toEqual(["inapplicable"]);
  });
});

describe("Firestore's roles", () => {
  const rules = (write: string) =>
    judged({
      "firestore.rules": `service cloud.firestore { match /databases/{db}/documents {
function data() { return request.resource.data; }
function isAdmin() { return get(/databases/$(db)/documents/users/$(request.auth.uid)).data.role == 'admin'; }
function isUser(user) { return user.name is string && user.role in ['admin', 'user']; }
match /users/{userId} { allow update: if request.auth.uid == userId && ${write}; }
match /orders/{id} { allow write: if isAdmin(); }
}}`,
    });

  test.each([
    "isUser(request.resource.data)",
    "data().name.size() < 100",
    "data().keys().hasOnly(['name', 'role'])",
    "resource.data.team == data().team",
  ])("are free where the owner's update asks only: %s", (write) => {
    expect(rules(write)).toEqual(["owner-writes-standing firestore.rules:5"]);
  });

  test.each([
    "data().role == resource.data.role",
    "request.resource.data.role == 'user'",
    "data().role in ['user', 'guest']",
    "data().keys().hasOnly(['name'])",
    "data().diff(resource.data).affectedKeys().hasOnly(['name'])",
    "!data().diff(resource.data).affectedKeys().hasAny(['role'])",
    "request.auth.token.admin == true",
    "isAdmin()",
  ])("are held where it asks: %s", (write) => {
    expect(rules(write)).toEqual(["holds"]);
  });
});

describe("platforms", () => {
  test("Hasura: what the anonymous role may do without a filter", () => {
    const table = (permission: string) =>
      judged({
        "hasura/metadata/tables/users.yaml": `table:\n  name: users\n  schema: public\n${permission}`,
      });

    expect(
      table(
        "delete_permissions:\n  - role: anonymous\n    permission:\n      filter: {}\n",
      ),
    ).toEqual(["anyone-may-write hasura/metadata/tables/users.yaml:5"]);
    expect(
      table(
        'select_permissions:\n  - role: anonymous\n    permission:\n      columns: "*"\n      filter: {}\n',
      ),
    ).toEqual([
      "personal-data-for-everyone hasura/metadata/tables/users.yaml:5",
    ]);
    expect(
      table(
        "select_permissions:\n  - role: anonymous\n    permission:\n      columns:\n        - name\n      filter: {}\n",
      ),
    ).toEqual(["holds"]);
    expect(
      table(
        "update_permissions:\n  - role: anonymous\n    permission:\n      filter:\n        id:\n          _eq: X-Hasura-User-Id\n",
      ),
    ).toEqual(["holds"]);
    expect(
      table(
        "delete_permissions:\n  - role: admin\n    permission:\n      filter: {}\n",
      ),
    ).toEqual(["holds"]);
  });

  test("PocketBase: an empty rule is anyone's, null is nobody's, and a later migration counts", () => {
    const first = `migrate((app) => {
  const collection = new Collection({
    "id": "pbc_1",
    "name": "posts",
    "listRule": "",
    "updateRule": "",
    "deleteRule": null,
  });
  return app.save(collection);
}, (app) => { unmarshal({ "updateRule": "" }); });`;
    const second = `migrate((app) => {
  const collection = app.findCollectionByNameOrId("pbc_1");
  unmarshal({ "updateRule": "@request.auth.id = author" }, collection);
});`;

    expect(judged({ "pb_migrations/1_a.js": first })).toEqual([
      "open-rules pb_migrations/1_a.js:6",
    ]);
    expect(
      judged({ "pb_migrations/1_a.js": first, "pb_migrations/2_b.js": second }),
    ).toEqual(["holds"]);
    expect(
      judged({
        "pb_schema.json":
          '[\n{"name": "posts", "deleteRule": "", "listRule": ""}]',
      }),
    ).toEqual(["open-rules pb_schema.json:2"]);
  });

  test("Appwrite: permissions of everybody", () => {
    const collection = (permission: string, name = "notes") =>
      judged({
        "appwrite.json": `{"collections": [{"name": "${name}", "$permissions": [\n${JSON.stringify(permission)}]}]}`,
      });

    expect(collection('update("any")')).toEqual(["open-rules appwrite.json:2"]);
    expect(collection('read("any")', "profiles")).toEqual([
      "open-rules appwrite.json:2",
    ]);
    expect(collection('delete("users")')).toEqual([
      "rules-open-to-users appwrite.json:2 advise",
    ]);
    for (const fine of [
      'read("any")',
      'create("users")',
      'update("team:admins")',
    ])
      expect(collection(fine)).toEqual(["holds"]);
  });

  test("Convex: a public mutation that changes documents and never asks who calls", () => {
    const mutation = (body: string, kind = "mutation") =>
      judged({
        "convex/notes.ts": `import { ${kind} } from "./_generated/server";\nexport const change = ${kind}({ args: {}, handler: async (ctx, args) => { ${body} } });`,
      });

    expect(mutation("await ctx.db.delete(args.id);")).toEqual([
      "function-without-caller convex/notes.ts:2",
    ]);
    for (const fine of [
      "const identity = await ctx.auth.getUserIdentity(); if (!identity) throw new Error(); await ctx.db.delete(args.id);",
      "await requireOwner(ctx, args.id); await ctx.db.delete(args.id);",
      "await ctx.db.insert('hits', {});",
    ])
      expect(mutation(fine)).toEqual(["holds"]);
    expect(
      mutation("await ctx.db.delete(args.id);", "internalMutation"),
    ).toEqual(["holds"]);
  });

  test("Firebase: the app asks, and no file has the rules", () => {
    expect(
      judged({
        "src/a.ts": 'import { getDoc } from "firebase/firestore"; getDoc();',
      }),
    ).toEqual([
      "unknown: the app asks Firestore, and no file has the security rules; commit them, so that they can be judged",
    ]);
  });
});
