// Whether other engines say of exported networks what Firstread says: `node e2e/witness/make.mjs [FOLDER]` writes the table of
// docs/export.md. FOLDER has NAME.onnx, NAME.input (20 images, float32) and NAME.probabilities; without it, networks whose weights are drawn are
// made (`model-files/examples/witness_files.rs`). Installs pinned engines from PyPI, npm and crates.io into a folder of the cache; not in the test command.

import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PYTHON = ['onnx==1.23.2', 'onnxruntime==1.32.0', 'openvino==2026.4.1', 'opencv-python-headless==5.0.0.93', 'numpy==2.4.6'];
const WEB = 'onnxruntime-web@1.30.0';
/** Of probabilities. */
const MOST = 1e-4;

const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '..', '..');
const home = process.env['WITNESS_HOME'] ?? join(tmpdir(), 'firstread-witness');
mkdirSync(home, { recursive: true });

/** @param {string} command @param {string[]} words @param {string} cwd */
const run = (command, words, cwd = root) => execFileSync(command, words, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1 << 26 });

const python = join(home, 'venv', 'bin', 'python');
if (!existsSync(python)) run('python3', ['-m', 'venv', join(home, 'venv')]);
run(python, ['-m', 'pip', 'install', '--quiet', ...PYTHON]);
const packages = join(home, 'npm');
mkdirSync(packages, { recursive: true });
run('npm', ['install', '--silent', '--ignore-scripts', '--prefix', packages, WEB], packages);
cpSync(join(here, 'engines'), join(home, 'engines'), { recursive: true });
run('cargo', ['build', '--quiet', '--release'], join(home, 'engines'));

let [folder] = process.argv.slice(2);
if (!folder) {
  folder = mkdtempSync(join(tmpdir(), 'firstread-networks-'));
  console.log(run('cargo', ['run', '--quiet', '--release', '--package', 'model-files', '--example', 'witness_files', '--', folder]));
}

const said = [
  run(python, [join(here, 'engines.py'), folder]),
  run('node', [join(here, 'web.mjs'), folder, join(packages, 'node_modules')]),
  run(join(home, 'engines', 'target', 'release', 'engines'), [folder]),
];
/** @type {{ engine: string, version: string, name: string, away?: number, error?: string }[]} */
const lines = said.flatMap((text) => text.trim().split('\n')).map((line) => JSON.parse(line));
const names = [...new Set(lines.map(({ name }) => name))];
const engines = [...new Set(lines.map(({ engine }) => engine))];
console.log(`| engine | version | ${names.join(' | ')} |\n| --- | --- |${' --- |'.repeat(names.length)}`);
for (const engine of engines) {
  const own = lines.filter((line) => line.engine === engine);
  const cells = names.map((name) => own.find((line) => line.name === name)).map((line) => line?.error ?? line?.away?.toExponential(1) ?? '');
  console.log(`| ${engine} | ${own[0]?.version} | ${cells.join(' | ')} |`);
}
if (!lines.every(({ away }) => away !== undefined && away <= MOST)) process.exit(1);
