import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";

/** Answers one request; never rejects. */
export type Handler = (
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<void>;

/** Handlers by exact path. May be added to while the server runs. */
export type Routes = Map<string, Handler>;

/** Time for a sender to get its headers out; the front door itself bounds the body. */
const headersTimeoutMs = 10_000;
/** Last resort above the front door's own deadline. */
const requestTimeoutMs = 30_000;
const maxConnections = 2_000;

/** A plain HTTP server over the routes; everything else is 404. TLS belongs to the proxy in front. */
export function createHttpServer(routes: Routes): Server {
  const server = createServer(
    {
      headersTimeout: headersTimeoutMs,
      requestTimeout: requestTimeoutMs,
      connectionsCheckingInterval: 1_000,
      maxHeaderSize: 16 * 1024,
    },
    (request, response) => {
      const handler = routes.get(pathOf(request)) ?? notFound;
      // A sender that goes away in the middle is no event of ours.
      response.on("error", () => undefined);
      void handler(request, response);
    },
  );
  server.maxConnections = maxConnections;
  return server;
}

/** Starts listening. @returns the port in use, which matters when 0 was asked for. */
export function listen(
  server: Server,
  port: number,
  host: string,
): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}

/** Answers with a body. */
export function respond(
  response: ServerResponse,
  status: number,
  contentType: string,
  body: string,
): void {
  response.writeHead(status, {
    "content-type": contentType,
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
  });
  response.end(body);
}

function pathOf(request: IncomingMessage): string {
  const [path = ""] = (request.url ?? "").split("?", 1);
  return path;
}

const notFound: Handler = async (request, response) => {
  const unread = !request.complete;
  if (unread) response.setHeader("connection", "close");
  respond(response, 404, "text/plain; charset=utf-8", "Not found.\n");
};
