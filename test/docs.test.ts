import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** What a reader is led to. */
const DOCUMENTS = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'docs/architecture.md',
  'docs/drivers.md',
  'docs/performance.md',
  'SECURITY.md',
  'docs/operations.md',
  'docs/gallery.md',
];
/** Folders made by a command, so absent from a fresh checkout. */
const MADE = ['node_modules', 'dist', 'data'];

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const entries = readdirSync(ROOT).filter((name) => !MADE.includes(name));

/** What stands in backticks outside of code blocks. */
function quoted(text: string): string[] {
  const prose = text.replaceAll(/^```[\s\S]*?^```/gm, '');
  return [...prose.matchAll(/`([^`\n]+)`/g)].map(([, inner]) => inner as string);
}

/** Paths of this repository: those below a folder of it, and files of the root by their name. */
function pathsIn(text: string): string[] {
  const words = quoted(text).flatMap((inner) => inner.split(' '));
  const isBelow = (word: string) => word.includes('/') && entries.includes(word.split('/')[0] ?? '');
  const isOfRoot = (word: string) =>
    /^([A-Z]+\.md|LICENSE|Dockerfile|package\.json|tsconfig\.json|biome\.json)$/.test(word);
  return words.filter((word) => (isBelow(word) || isOfRoot(word)) && !/[<>{}*]/.test(word));
}

/** Targets of links that stay within the repository. */
function linksIn(text: string): string[] {
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target as string);
  return targets.filter((target) => !/^(\w+:|#)/.test(target)).map((target) => target.split('#')[0] as string);
}

describe.each(DOCUMENTS)('%s', (document) => {
  it('names paths, links and commands that exist', () => {
    const text = read(document);
    expect(pathsIn(text).filter((path) => !existsSync(join(ROOT, path)))).toStrictEqual([]);
    expect(linksIn(text).filter((path) => !existsSync(join(ROOT, dirname(document), path)))).toStrictEqual([]);
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const commands = [...text.matchAll(/\bnpm (?:run ([\w-]+)|(start|test)\b)/g)].map(
      ([, task, short]) => task ?? short,
    );
    expect(commands.filter((name) => !(String(name) in scripts))).toStrictEqual([]);
  });
});

describe('the documents', () => {
  it('name enough for this to mean something', () => {
    const count = DOCUMENTS.flatMap((document) => pathsIn(read(document))).length;
    expect(count).toBeGreaterThan(25);
  });

  it('show every picture there is, each in the light and in the dark, and no other', () => {
    const shown = (document: string) =>
      [...read(document).matchAll(/(?:src|srcset)="([^"]+)"/g)].map(([, path]) =>
        join(dirname(document), path as string),
      );
    const images = readdirSync(join(ROOT, 'docs/images')).map((file) => join('docs/images', file));
    expect(shown('docs/gallery.md').sort()).toStrictEqual(images.sort());
    expect(images.filter((path) => path.endsWith('-light.webp')).length * 2).toBe(images.length);
    expect(shown('README.md').length).toBeGreaterThan(4);
    expect(shown('README.md').filter((path) => !images.includes(path))).toStrictEqual([]);
  });

  it('explain every setting', () => {
    const config = read('src/config.ts');
    const settings = [...config.matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name]) => name as string);
    expect(settings.length).toBeGreaterThan(8);
    const explained = quoted(read('README.md'));
    expect(settings.filter((name) => !explained.includes(name))).toStrictEqual([]);
  });

  it('say nothing of the machine they were written on', () => {
    const texts = DOCUMENTS.map(read).join('\n');
    expect(texts.match(/\/(home|root|work|tmp|Users)\/\S+/g)).toBeNull();
  });
});
