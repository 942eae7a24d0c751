import { readdirSync, readFileSync } from 'node:fs';
import { dirname, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync, Visitor } from 'vite';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** One file of TypeScript and what the parser found in it. */
export interface SourceFile {
  /** From the root of the repository, e.g. `src/domain/clock.ts`. */
  readonly path: string;
  readonly code: string;
  /** Imports and re-exports; relative ones as paths from the root. */
  readonly imports: readonly string[];
  /** Lines of each function. */
  readonly functions: readonly { readonly name: string; readonly lines: number }[];
  /** What it uses of the surroundings: `Date.now`, `new Date()`, `setTimeout()`, `process.env` and the like. */
  readonly globals: readonly string[];
  /** State that lives as long as the module: `let`, and containers that begin empty. */
  readonly moduleState: readonly string[];
  /** Exported functions, classes and types without a docstring. */
  readonly undocumented: readonly string[];
}

/** All files below a folder that are written by hand. */
export function readSources(folder: string): SourceFile[] {
  return readdirSync(`${ROOT}${folder}`, { recursive: true, encoding: 'utf8' })
    .map((path) => posix.join(folder, path))
    .filter((path) => /\.tsx?$/.test(path) && !path.includes('/generated/'))
    .sort()
    .map((path) => parseSource(path, readFileSync(`${ROOT}${path}`, 'utf8')));
}

type Parsed = ReturnType<typeof parseSync>;
type Statement = Parsed['program']['body'][number];

/** What a file of this content would be. */
export function parseSource(path: string, code: string): SourceFile {
  const parsed = parseSync(path, code);
  if (parsed.errors.length > 0) throw new Error(`${path}: ${parsed.errors[0]?.message}`);
  const { body } = parsed.program;
  return {
    path,
    code,
    imports: specifiers(parsed, code).map((name) => (name.startsWith('.') ? posix.join(dirname(path), name) : name)),
    ...visit(parsed, code),
    moduleState: body.flatMap(stateOf),
    undocumented: body.filter((statement) => isBare(statement, code)).map((statement) => firstLine(code, statement)),
  };
}

function specifiers({ module }: Parsed, code: string): string[] {
  const reExports = module.staticExports.flatMap(({ entries }) => entries.map((entry) => entry.moduleRequest?.value));
  const dynamic = module.dynamicImports.map(({ moduleRequest: { start, end } }) => code.slice(start + 1, end - 1));
  const all = [...module.staticImports.map((entry) => entry.moduleRequest.value), ...reExports, ...dynamic];
  return [...new Set(all.filter((name) => name !== undefined))];
}

function visit({ program }: Parsed, code: string): Pick<SourceFile, 'functions' | 'globals'> {
  const functions: { name: string; lines: number }[] = [];
  const globals: string[] = [];
  const measure = (node: { start: number; end: number }) => {
    const lines = code.slice(node.start, node.end).split('\n').length;
    functions.push({ name: firstLine(code, node), lines });
  };
  new Visitor({
    FunctionDeclaration: measure,
    FunctionExpression: measure,
    ArrowFunctionExpression: measure,
    MemberExpression({ object, property }) {
      if (object.type === 'Identifier' && property.type === 'Identifier')
        globals.push(`${object.name}.${property.name}`);
    },
    NewExpression({ callee, arguments: given }) {
      if (callee.type === 'Identifier' && given.length === 0) globals.push(`new ${callee.name}()`);
    },
    CallExpression({ callee }) {
      if (callee.type === 'Identifier') globals.push(`${callee.name}()`);
    },
  }).visit(program);
  return { functions, globals };
}

function stateOf(statement: Statement): string[] {
  const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
  if (declaration?.type !== 'VariableDeclaration') return [];
  return declaration.declarations.flatMap(({ id, init }) => {
    const isEmpty =
      (init?.type === 'ArrayExpression' && init.elements.length === 0) ||
      (init?.type === 'ObjectExpression' && init.properties.length === 0) ||
      (init?.type === 'NewExpression' && init.callee.type === 'Identifier' && isEmptyContainer(init));
    return declaration.kind !== 'const' || isEmpty ? [id.type === 'Identifier' ? id.name : id.type] : [];
  });
}

function isEmptyContainer({ callee, arguments: given }: { callee: object; arguments: readonly unknown[] }): boolean {
  return given.length === 0 && 'name' in callee && /^(Weak)?(Map|Set)$/.test(String(callee.name));
}

function isBare(statement: Statement, code: string): boolean {
  if (statement.type !== 'ExportNamedDeclaration' || statement.declaration === null) return false;
  return (
    statement.declaration.type !== 'VariableDeclaration' && !code.slice(0, statement.start).trimEnd().endsWith('*/')
  );
}

function firstLine(code: string, { start }: { readonly start: number }): string {
  const number = code.slice(0, start).split('\n').length;
  return `${number}: ${code.slice(start, start + 60).split('\n')[0]}`;
}
