import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { builtInPack } from '../films.ts';

type Part = { n: number; accuracy: number; interval: [number, number] };
type Losses = { loss: number; accuracy: number };

/** What `cargo xtask train --json` prints in its last line, as far as it is compared. */
export type NativeRun = {
  train: Part;
  validation: Part;
  test: Part;
  epochs: { stage: string; train: Losses; validation: Losses }[];
};

/** Trains on the built-in films natively, with the same recipe as the page. */
export const trainNatively = async (...options: string[]): Promise<NativeRun> => {
  const films = fileURLToPath(builtInPack);
  const cargo = spawn('cargo', ['xtask', 'train', films, '--json', '--no-cache', ...options], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  cargo.stdout.setEncoding('utf8').on('data', (piece: string) => (said += piece));
  const [code] = await once(cargo, 'close');
  if (code !== 0) throw new Error(`cargo xtask train ended with ${code}`);
  return JSON.parse(said.trimEnd().split('\n').at(-1) ?? '');
};
