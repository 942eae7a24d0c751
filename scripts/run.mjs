// Runs one of the project's commands from whatever state the checkout is in: installs what is missing, builds what is
// out of date, then does the task. Plain JavaScript with Node's own modules only, for nothing may be installed yet.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const LEAST_NODE = { major: 20, minor: 19 };
const INSTALLED = join(ROOT, 'node_modules/.thermograph-install');
const BUILT = join(ROOT, 'dist/.built');
/** What the build is made of. */
const SOURCES = ['src', 'client', 'prisma', 'scripts', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];

/**
 * The commands: whether they need the build, and the module that does the work. Compiled modules run in this process,
 * so that signals reach them; TypeScript ones run through tsx.
 * @type {Readonly<Record<string, { isBuilt: boolean, module: string }>>}
 */
const TASKS = {
  demo: { isBuilt: true, module: 'dist/demo.js' },
  start: { isBuilt: true, module: 'dist/main.js' },
  simulate: { isBuilt: true, module: 'dist/simulator/main.js' },
  import: { isBuilt: true, module: 'dist/import/main.js' },
  backup: { isBuilt: true, module: 'dist/operations/backup-command.js' },
  restore: { isBuilt: true, module: 'dist/operations/restore-command.js' },
  build: { isBuilt: false, module: 'scripts/build.ts' },
  dev: { isBuilt: false, module: 'scripts/dev.ts' },
  generate: { isBuilt: false, module: 'scripts/generate.ts' },
  test: { isBuilt: false, module: 'scripts/test.ts' },
  bench: { isBuilt: false, module: 'bench/run.ts' },
};

checkNode();
const [name = ''] = process.argv.splice(2, 1);
const task = TASKS[name] ?? fail(`no task ${name}; known are ${Object.keys(TASKS).join(', ')}`);
install();
if (task.isBuilt) {
  if (isBuildStale()) tsx('scripts/build.ts');
  await import(pathToFileURL(join(ROOT, task.module)).href);
} else {
  tsx(task.module, ...process.argv.slice(2));
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > LEAST_NODE.major || (major === LEAST_NODE.major && minor >= LEAST_NODE.minor)) return;
  fail(`Node ${LEAST_NODE.major}.${LEAST_NODE.minor} or later is needed, this is ${process.versions.node}`);
}

/** Installs the locked packages unless they are there. */
function install() {
  if (isInstalled()) return;
  process.stderr.write('Installing packages; this happens once and takes a minute or two.\n');
  run('npm', ['ci', '--no-fund', '--no-audit'], { shell: process.platform === 'win32' });
  writeFileSync(INSTALLED, process.versions.modules);
}

/** True if every locked package is there in its version (optional ones may be missing), made for this Node. */
function isInstalled() {
  const hidden = join(ROOT, 'node_modules/.package-lock.json');
  if (!existsSync(hidden)) return false;
  if (existsSync(INSTALLED) && readFileSync(INSTALLED, 'utf8') !== process.versions.modules) return false;
  const present = packagesOf(hidden);
  return Object.entries(packagesOf(join(ROOT, 'package-lock.json'))).every(
    ([path, { version, optional }]) => path === '' || optional || present[path]?.version === version,
  );
}

/**
 * @param {string} lockFile
 * @returns {Record<string, { version: string, optional?: boolean }>}
 */
function packagesOf(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
}

function isBuildStale() {
  if (!existsSync(BUILT)) return true;
  const builtAt = statSync(BUILT).mtimeMs;
  return SOURCES.some((source) => newestMs(join(ROOT, source)) > builtAt);
}

/**
 * @param {string} path
 * @returns {number}
 */
function newestMs(path) {
  const status = statSync(path);
  if (!status.isDirectory()) return status.mtimeMs;
  return Math.max(status.mtimeMs, ...readdirSync(path).map((entry) => newestMs(join(path, entry))));
}

/**
 * @param {string} module
 * @param {string[]} args
 */
function tsx(module, ...args) {
  run(process.execPath, ['--import', 'tsx', join(ROOT, module), ...args]);
}

/**
 * Runs a program in the foreground; ends with it if it fails.
 * @param {string} program
 * @param {string[]} args
 * @param {import('node:child_process').SpawnSyncOptions} options
 */
function run(program, args, options = {}) {
  // Ctrl-C goes to the whole group: the program decides, and we follow it.
  const ignore = () => {};
  process.on('SIGINT', ignore);
  const { status, error } = spawnSync(program, args, { cwd: ROOT, stdio: 'inherit', ...options });
  process.off('SIGINT', ignore);
  if (error) fail(error.message);
  if (status !== 0) process.exit(status ?? 1);
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
