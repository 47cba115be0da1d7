// The bench's own server. It isolates its pages, without which a browser gives no library threads; the site itself is served
// without (docs/decisions/response-headers.md).

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const HOST = '127.0.0.1';

/** @type {Record<string, string>} */
const CONTENT_TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};

const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/**
 * Serves what lies behind each address; one that ends in a slash is a folder.
 * @param {Record<string, string | Uint8Array>} places a file, a folder, or the content itself
 */
export const serve = async (places) => {
  /** What has been sent since it was last asked, by address. @type {Map<string, Uint8Array>} */
  let sent = new Map();

  const content = (/** @type {string} */ path) => {
    const exact = places[path];
    if (exact !== undefined) return typeof exact === 'string' ? readFileSync(exact) : exact;
    const folder = Object.keys(places).find((place) => place.endsWith('/') && path.startsWith(place));
    const file = normalize(path.slice(folder?.length ?? 0));
    if (!folder || file.startsWith('..')) throw new Error(`nothing at ${path}`);
    return readFileSync(join(String(places[folder]), file));
  };

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', `http://${HOST}`);
    try {
      const body = content(pathname);
      sent.set(pathname, body);
      response.writeHead(200, { ...ISOLATION, 'Content-Type': CONTENT_TYPES[extname(pathname)] ?? 'application/octet-stream', 'Cache-Control': 'no-store' });
      response.end(body);
    } catch (error) {
      response.writeHead(404, ISOLATION);
      response.end(String(error));
    }
  });
  await new Promise((resolve) => server.listen(0, HOST, () => resolve(undefined)));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    origin: `http://${HOST}:${port}`,
    takeSent: () => {
      const taken = sent;
      sent = new Map();
      return taken;
    },
    close: () => server.close(),
  };
};
