import { readFileSync } from 'node:fs';

type Sentences = { [key: string]: string | Sentences };
type Values = Record<string, string | number>;

export const LANGUAGES = ['en', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

const read = (language: Language): Sentences =>
  JSON.parse(
    readFileSync(new URL(`../../app/text/locales/${language}.json`, import.meta.url), 'utf8'),
  );
const sentences = { en: read('en'), es: read('es') };

let spoken: Language = 'en';

/** From here on `say` and `begin` give the sentences of this language; each test begins in English. */
export const speak = (language: Language) => {
  spoken = language;
};

/** `{{ n }}`, or `{{ n | film | films }}`. */
const HOLE = /\{\{\s*(\w+)\s*(?:\|\s*(.*?)\s*\|\s*(.*?)\s*)?\}\}/g;

/** The sentence of the locale file under `key`, such as `look.heading`, with its values put in. */
export const say = (key: string, values: Values = {}, language = spoken): string =>
  find(key, language).replace(HOLE, (_, name: string, one?: string, other?: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`${key} needs a value for ${name}`);
    return (Number(value) === 1 ? one : other) ?? String(value);
  });

/** The words of the sentence up to its first value: for where that cannot be known beforehand. */
export const begin = (key: string, language = spoken): string =>
  find(key, language).split('{{')[0]!.trim();

/** Each sentence of a language as a pattern for the whole of a text, by its key. */
export const patterns = (language: Language): Map<string, RegExp> => {
  const all = new Map<string, RegExp>();
  const visit = (section: Sentences, above: string) => {
    for (const [name, value] of Object.entries(section)) {
      const key = above + name;
      if (typeof value === 'object') visit(value, `${key}.`);
      else all.set(key, pattern(value));
    }
  };
  visit(sentences[language], '');
  return all;
};

const pattern = (sentence: string): RegExp => {
  const holes = [...sentence.matchAll(HOLE)].map(([, , one, other]) =>
    one === undefined ? '.+' : `(?:${escaped(one)}|${escaped(other!)})`,
  );
  // A no-break space before % reads as a space, as in the words of the page.
  const words = sentence.replaceAll('\u00a0', ' ').replace(HOLE, '\0').split('\0').map(escaped);
  return new RegExp(`^${words.map((part, at) => part + (holes[at] ?? '')).join('')}$`, 's');
};

const escaped = (words: string) => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const find = (key: string, language: Language): string => {
  let found: string | Sentences | undefined = sentences[language];
  for (const part of key.split('.')) found = typeof found === 'object' ? found[part] : undefined;
  if (typeof found !== 'string') throw new Error(`there is no sentence ${key} in ${language}`);
  return found;
};
