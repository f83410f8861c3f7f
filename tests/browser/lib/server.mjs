// A plain static host: serves files under a prefix, without directory indexes, and 404.html for everything else.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".xml": "application/xml",
  ".txt": "text/plain; charset=utf-8",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".webp": "image/webp",
  ".svg": "image/svg+xml",
  ".ico": "image/x-icon",
};

/** @returns {{ url: string, close: () => Promise<void> }} the address of the portal's root */
export async function serve(portal, prefix = "/", port = 0) {
  const server = createServer(async (request, response) => {
    const path = pathOf(request.url, prefix);
    const found = path !== null && portal.files.has(path);
    const file = found ? path : "404.html";
    try {
      const body = await readFile(join(portal.folder, file));
      response.writeHead(found ? 200 : 404, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((done, failed) => server.once("error", failed).listen(port, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${server.address().port}${prefix}`,
    close: () => new Promise((done) => (server.close(done), server.closeAllConnections())),
  };
}

/** A port that is free now, outside the range of ephemeral ports. */
export async function freePort() {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const server = createServer();
    const free = await new Promise((done) => server.once("error", () => done(false)).listen(port, "127.0.0.1", () => done(true)));
    if (!free) continue;
    await new Promise((done) => server.close(done));
    return port;
  }
}

function pathOf(url, prefix) {
  try {
    const path = decodeURIComponent(new URL(url, "http://host").pathname);
    return path.startsWith(prefix) ? path.slice(prefix.length) : null;
  } catch {
    return null;
  }
}
