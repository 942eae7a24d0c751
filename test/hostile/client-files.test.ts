import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const BUILT = fileURLToPath(new URL('../../dist/client', import.meta.url));

describe.skipIf(!existsSync(BUILT))('what browsers are given', () => {
  const files = existsSync(BUILT) ? readdirSync(BUILT, { recursive: true, encoding: 'utf8' }) : [];
  const texts = files.filter((path) => /\.(js|css|html|webmanifest)$/.test(path));

  it('is code without its source, and without paths of whoever built it', () => {
    expect(texts.length).toBeGreaterThan(10);
    expect(files.filter((path) => path.endsWith('.map'))).toStrictEqual([]);
    for (const path of texts) {
      expect(readFileSync(join(BUILT, path), 'utf8'), path).not.toMatch(/sourceMappingURL|\/node_modules\/|file:\/\//);
    }
  });

  it('runs under the policy that forbids scripts and styles within the page', () => {
    const page = readFileSync(join(BUILT, 'index.html'), 'utf8');
    expect(page).not.toMatch(/<script(?![^>]* src=)[^>]*>|<style|\son\w+=|\sstyle=|javascript:/);
    expect(page).not.toMatch(/(src|href)="(https?:)?\/\//);
  });
});
