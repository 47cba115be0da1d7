// Serves the built site on this computer, with the headers that a host would send.
//
//   node serve.mjs [--port N] [--base /a/b/] [--exact] [--open] [--dist FOLDER] [--log]
//
// --exact: fail if the port is taken, instead of trying the next ones.
// --dist: another site than that in dist/.
// --log: a line `STATUS BYTES ADDRESS` for each answer, with the bytes that were sent.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import sirv from 'sirv';
import { headersFor, readRules } from './headers.mjs';

const HOST = '127.0.0.1';
const PORTS_TRIED = 20;

const { values: options } = parseArgs({
  options: {
    base: { type: 'string', default: '/' },
    dist: { type: 'string', default: fileURLToPath(new URL('../dist/', import.meta.url)) },
    exact: { type: 'boolean', default: false },
    log: { type: 'boolean', default: false },
    open: { type: 'boolean', default: false },
    port: { type: 'string', default: '8117' },
  },
});
const base = `/${options.base}/`.replace(/\/+/g, '/');
const firstPort = Number(options.port);
if (!Number.isInteger(firstPort) || firstPort < 1 || firstPort > 65535) {
  console.error(`error: ${options.port} is no port: give a number from 1 to 65535.`);
  process.exit(1);
}

const { dist } = options;
if (!existsSync(join(dist, 'index.html'))) {
  console.error(`error: there is no site in ${dist}: run \`cargo xtask build\` first.`);
  process.exit(1);
}
const rules = readRules(join(dist, 'headers.json'));

const files = sirv(dist, {
  dev: true, // looks at the files anew at each request
  etag: true,
  setHeaders: (response, path) => {
    for (const [name, value] of headersFor(rules, path)) response.setHeader(name, value);
  },
});

const server = createServer((request, response) => {
  const notFound = () => {
    response.statusCode = 404;
    response.end('Not found');
  };
  if (options.log) {
    const { url, socket } = request;
    const before = socket.bytesWritten;
    response.on('finish', () => console.log(`${response.statusCode} ${socket.bytesWritten - before} ${url}`));
  }
  if (!request.url?.startsWith(base)) return notFound();
  request.url = request.url.slice(base.length - 1);
  files(request, response, notFound);
});

let port = firstPort;
server.on('error', (error) => {
  const taken = /** @type {NodeJS.ErrnoException} */ (error).code === 'EADDRINUSE';
  if (taken && !options.exact && port < firstPort + PORTS_TRIED) {
    port += 1;
    server.listen(port, HOST);
    return;
  }
  console.error(taken ? `error: port ${port} is taken: choose another with --port.` : error);
  process.exit(1);
});
server.on('listening', () => {
  const url = `http://${HOST}:${port}${base}`;
  console.log(`Firstread is at ${url}`);
  if (options.open) openInBrowser(url);
});
server.listen(port, HOST);

/** @param {string} url */
function openInBrowser(url) {
  const openers = { darwin: 'open', win32: 'explorer' };
  const program = process.platform in openers ? Reflect.get(openers, process.platform) : 'xdg-open';
  spawn(program, [url], { stdio: 'ignore', detached: true })
    .on('error', () => console.log('No browser could be opened: please open the address yourself.'))
    .unref();
}
