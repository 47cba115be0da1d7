import { readFileSync } from 'node:fs';

type Sentences = { [key: string]: string | Sentences };

const english: Sentences = JSON.parse(
  readFileSync(new URL('../../app/locales/en.json', import.meta.url), 'utf8'),
);

/** The sentence of the locale file under `key`, such as `look.heading`, with its values put in. */
export const say = (key: string, values: Record<string, string | number> = {}): string => {
  const sentence = find(key);
  const filled = sentence.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`${key} needs a value for ${name}`);
    return String(value);
  });
  return filled;
};

/** The words of the sentence up to its first value: for where that cannot be known beforehand. */
export const begin = (key: string): string => find(key).split('{{')[0]!.trim();

const find = (key: string): string => {
  let found: string | Sentences | undefined = english;
  for (const part of key.split('.')) found = typeof found === 'object' ? found[part] : undefined;
  if (typeof found !== 'string') throw new Error(`there is no sentence ${key}`);
  return found;
};
