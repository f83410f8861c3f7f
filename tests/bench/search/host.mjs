// A static host that sends gzip and records what it sent; optionally as slow as a phone's network.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".ico": "image/x-icon",
  ".png": "image/png",
};
const GZIPPED = new Set([".html", ".css", ".js", ".json", ".svg"]);
const CHUNK = 4096;

/** 1.6 Mbit/s shared by all responses, each delayed by 150 ms. Chromium's own throttling does not apply to workers. */
export const PHONE = { latency: 150, bytesPerSecond: 200_000 };

export async function host(folder) {
  const bodies = new Map();
  const state = { sent: [], net: undefined, free: 0 };

  async function body(path) {
    if (!bodies.has(path)) {
      const bytes = await readFile(join(folder, path)).catch(() => undefined);
      bodies.set(path, bytes !== undefined && GZIPPED.has(extname(path)) ? gzipSync(bytes) : bytes);
    }
    return bodies.get(path);
  }

  /** There is one link: pieces of all responses share one queue. */
  async function send(response, bytes, net) {
    await sleep(net.latency);
    for (let at = 0; at < bytes.length && !response.destroyed; at += CHUNK) {
      const piece = bytes.subarray(at, at + CHUNK);
      state.free = Math.max(state.free, performance.now()) + (piece.length / net.bytesPerSecond) * 1000;
      const wait = state.free - performance.now();
      if (wait > 1) await sleep(wait);
      response.write(piece);
    }
    response.end();
  }

  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://host").pathname)).replace(/^\/+/, "");
    const bytes = await body(path);
    state.sent.push({ path, bytes: bytes?.length ?? 0, at: performance.now() });
    const type = extname(path);
    response.writeHead(bytes === undefined ? 404 : 200, {
      "content-type": TYPES[type] ?? "application/octet-stream",
      "cache-control": "max-age=600",
      ...(bytes === undefined ? {} : { "content-length": bytes.length }),
      ...(bytes !== undefined && GZIPPED.has(type) ? { "content-encoding": "gzip" } : {}),
    });
    if (state.net === undefined || bytes === undefined) response.end(bytes);
    else await send(response, bytes, state.net);
  });
  await new Promise((done, failed) => server.once("error", failed).listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    /** What was sent for search since the last call: excludes the page itself, its style, its pictures. */
    taken() {
      const found = state.sent.filter(({ path }) => path !== "search.html" && !/\.(css|ico|svg|png|jpg|webp)$/.test(path));
      state.sent = [];
      return { bytes: found.reduce((sum, { bytes }) => sum + bytes, 0), requests: found.length, paths: found.map(({ path, bytes }) => `${path} ${bytes}`) };
    },
    slow(net) {
      state.net = net;
      state.free = 0;
    },
    close: () => new Promise((done) => (server.close(done), server.closeAllConnections())),
  };
}
