import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const BASE = '/a/b/';

/** What the server has sent: a line of its log. */
export type Answer = { status: number; bytes: number; path: string };

/** A server of a test's own, in a process that can be ended: `stop` is the network gone. */
export class Host {
  /** Beside the port of the suite's own server. */
  readonly port = Number(process.env.PORT ?? '8129') + 500;
  readonly url = `http://127.0.0.1:${this.port}${BASE}`;
  readonly origin = new URL(this.url).origin;
  answers: Answer[] = [];
  #process: ChildProcess | undefined;

  constructor(readonly folder: string) {}

  async start() {
    const options = ['--port', String(this.port), '--base', BASE, '--dist', this.folder, '--exact', '--log'];
    const server = spawn(process.execPath, [fileURLToPath(new URL('serve.mjs', import.meta.url)), ...options], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#process = server;
    let begun = () => {};
    const ready = new Promise<void>((resolve) => {
      begun = resolve;
    });
    let rest = '';
    server.stdout.on('data', (text: Buffer) => {
      const lines = (rest + text.toString()).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const [, status, bytes, path] = line.match(/^(\d+) (\d+) (\S+)$/) ?? [];
        if (path) this.answers.push({ status: Number(status), bytes: Number(bytes), path });
        else if (line.startsWith('Firstread is at')) begun();
      }
    });
    const ended = once(server, 'exit').then(([code]) => {
      throw new Error(`the server of this test has ended (${code}): is port ${this.port} taken?`);
    });
    ended.catch(() => {}); // heard only until it is ready
    await Promise.race([ready, ended]);
  }

  async stop() {
    const server = this.#process;
    this.#process = undefined;
    if (!server) return;
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
  }
}
